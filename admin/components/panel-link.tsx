import { Text } from '@adminjs/design-system';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';

/** A link to a page of the panel in the theme's colour. */
export default function PanelLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Text as="span" color="primary100" fontWeight="normal">
      <Link to={to} style={{ color: 'inherit' }}>
        {children}
      </Link>
    </Text>
  );
}
