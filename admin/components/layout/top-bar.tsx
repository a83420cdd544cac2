import { Icon } from '@adminjs/design-system';
import { type ReduxState, useTranslation } from 'adminjs';
import { useSelector } from 'react-redux';
import { forgetDrafts } from '../forms/drafts.js';
import GlobalSearch from './global-search.js';
import { Preferences } from './preferences.js';

/** The bar above each page. In AdminJS's own the keyboard reaches neither the menu button nor the menus. */
export default function TopBar({ toggleSidebar }: { toggleSidebar: () => void }) {
  const { translateButton, translateComponent } = useTranslation();
  const session = useSelector((state: ReduxState) => state.session);
  const paths = useSelector((state: ReduxState) => state.paths);
  return (
    <header className="top-bar" role="banner">
      <button
        type="button"
        className="top-bar-menu"
        aria-label={translateComponent('TopBar.menu')}
        onClick={toggleSidebar}
      >
        <Icon icon="Menu" size={24} />
      </button>
      <span className="top-bar-space" />
      <GlobalSearch />
      <Preferences />
      {session && (
        <div className="top-bar-user">
          <a href={`${paths.rootPath}/account`}>{session.email}</a>
          <span>{translateComponent(`TopBar.roles.${String(session.role)}`)}</span>
        </div>
      )}
      <a className="top-bar-logout" href={paths.logoutPath} onClick={forgetDrafts}>
        <Icon icon="LogOut" aria-hidden="true" />
        <span className="top-bar-logout-text">{translateButton('logout')}</span>
      </a>
    </header>
  );
}
