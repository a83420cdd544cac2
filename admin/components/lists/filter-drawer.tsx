import { useFilterDrawer } from 'adminjs';
import type { ComponentType } from 'react';

/** AdminJS's drawer of filters: while it is out of sight, the keyboard and screen readers are to pass it by. */
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
