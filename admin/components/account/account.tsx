import { MessageBox } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import { Brand } from '../layout/brand.js';
import { Preferences } from '../layout/preferences.js';
import type { AccountState } from '../login/page-state.js';
import { FieldOf, OwnForm } from './own-form.js';
import { OwnLogins } from './own-logins.js';
import { SecondFactor } from './second-factor.js';

/** One's own account: address, password, second factor, sessions and tokens. */
export default function Account(state: AccountState) {
  const { translateButton, translateComponent } = useTranslation();
  const { home, username, isShut, done, emailPending, email } = state;
  const notice =
    done === undefined
      ? emailPending && translateComponent('Account.emailPending', { email: emailPending })
      : translateComponent(`Account.done.${done}`);
  return (
    <main className="own-account">
      <header>
        <Brand />
        <span className="own-account-actions">
          <Preferences />
          <a href={`${home}/logout`}>{translateButton('logout')}</a>
        </span>
      </header>
      <h1>{translateComponent('Account.title', { username })}</h1>
      {isShut ? (
        <MessageBox message={translateComponent('Account.shut')} variant="warning" role="status" />
      ) : (
        <p>
          <a href={home}>{translateComponent('Account.back')}</a>
        </p>
      )}
      {notice && <MessageBox message={notice} variant="success" role="status" />}
      <SecondFactor {...state} />
      {!isShut && !state.codes && (
        <>
          <OwnForm state={state} name="email">
            <FieldOf
              state={state}
              form="email"
              name="email"
              type="email"
              autoComplete="email"
              value={email}
            />
            <FieldOf state={state} form="email" name="password" autoComplete="current-password" />
          </OwnForm>
          <OwnForm state={state} name="password">
            <FieldOf state={state} form="password" name="old_password" autoComplete="current-password" />
            <FieldOf state={state} form="password" name="new_password" autoComplete="new-password" />
            <FieldOf state={state} form="password" name="new_password2" autoComplete="new-password" />
          </OwnForm>
          <OwnLogins state={state} kind="session" logins={state.sessions} />
          <OwnLogins state={state} kind="token" logins={state.tokens} />
        </>
      )}
    </main>
  );
}
