import type { BasePropertyProps } from 'adminjs';

const LENGTH = 80;

/** The beginning of a long text, for lists; the whole of it is its tooltip. */
export default function Excerpt({ property, record }: BasePropertyProps) {
  const text = String(record?.params[property.path] ?? '');
  const characters = [...text];
  return (
    <span
      title={text}
      style={{ display: 'block', minWidth: text === '' ? 0 : '14em', overflowWrap: 'anywhere' }}
    >
      {characters.length > LENGTH ? `${characters.slice(0, LENGTH).join('')}…` : text}
    </span>
  );
}
