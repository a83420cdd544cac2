import type { ComponentType } from 'react';
import { Navigate, useLocation } from 'react-router-dom';
import { withoutForeignParameters } from '../../page-query.js';
import { replaceTransport } from '../session/api-client.js';
import SignIn from '../session/sign-in.js';
import Confirmation from '../actions/confirmation.js';
import DrawerKeys from '../actions/drawer-keys.js';
import QueueCount from './queue-count.js';
import Shortcuts from './shortcuts.js';
import SkipLink from './skip-link.js';
import { VisitorThemeProvider } from './theme-provider.js';

replaceTransport();

/** Wraps AdminJS's application in the visitor's theme, and keeps from it what no page takes from an address. */
export default function Application({ OriginalComponent }: { OriginalComponent: ComponentType }) {
  const { pathname, search } = useLocation();
  const query = withoutForeignParameters(search);
  if (query !== null) return <Navigate replace to={{ pathname, search: query }} />;
  return (
    <VisitorThemeProvider>
      <SkipLink />
      <OriginalComponent />
      <QueueCount />
      <Shortcuts />
      <DrawerKeys />
      <Confirmation />
      <SignIn />
    </VisitorThemeProvider>
  );
}
