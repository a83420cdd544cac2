import type { ComponentType } from 'react';
import { Navigate, useLocation } from 'react-router-dom';
import { withoutForeignParameters } from '../../page-query.js';
import { VisitorThemeProvider } from './theme-provider.js';

/** Wraps AdminJS's application in the visitor's theme, and keeps from it what no page takes from an address. */
export default function Application({ OriginalComponent }: { OriginalComponent: ComponentType }) {
  const { pathname, search } = useLocation();
  const query = withoutForeignParameters(search);
  if (query !== null) return <Navigate replace to={{ pathname, search: query }} />;
  return (
    <VisitorThemeProvider>
      <OriginalComponent />
    </VisitorThemeProvider>
  );
}
