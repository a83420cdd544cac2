import type { ComponentType } from 'react';
import { VisitorThemeProvider } from './theme-provider.js';

/** Wraps AdminJS's application in the visitor's theme. */
export default function Application({ OriginalComponent }: { OriginalComponent: ComponentType }) {
  return (
    <VisitorThemeProvider>
      <OriginalComponent />
    </VisitorThemeProvider>
  );
}
