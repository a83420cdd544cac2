import type { ComponentType } from 'react';
import { Themed } from './theme-provider.js';

/** AdminJS's application, in the visitor's theme. */
export default function Application({ OriginalComponent }: { OriginalComponent: ComponentType }) {
  return (
    <Themed>
      <OriginalComponent />
    </Themed>
  );
}
