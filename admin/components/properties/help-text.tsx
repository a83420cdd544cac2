import { type BasePropertyProps, useTranslation } from 'adminjs';

/** A field's help, for all to read: AdminJS's own is a tooltip that no keyboard and no screen reader finds. */
export default function Help({ property }: BasePropertyProps) {
  const { translateMessage } = useTranslation();
  if (!property.description) return null;
  return <span className="help">{translateMessage(property.description, property.resourceId)}</span>;
}
