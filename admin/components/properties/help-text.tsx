import { type BasePropertyProps, useTranslation } from 'adminjs';

/** A field's help text. AdminJS's own is a tooltip, which neither the keyboard nor screen readers reach. */
export default function HelpText({ property }: BasePropertyProps) {
  const { translateMessage } = useTranslation();
  if (!property.description) return null;
  return <span className="help">{translateMessage(property.description, property.resourceId)}</span>;
}
