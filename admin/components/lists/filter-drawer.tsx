import { useFilterDrawer } from 'adminjs';
import type { ComponentType } from 'react';

/** AdminJS's filter drawer. While it is hidden, it is inert: the keyboard and screen readers skip it. */
export default function FilterDrawer({
  OriginalComponent,
  ...props
}: {
  OriginalComponent: ComponentType<object>;
}) {
  const { isVisible } = useFilterDrawer();
  return (
    <div {...(!isVisible && { inert: '' })}>
      <OriginalComponent {...props} />
    </div>
  );
}
