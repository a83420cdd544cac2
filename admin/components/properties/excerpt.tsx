import type { BasePropertyProps } from 'adminjs';

const EXCERPT_LENGTH = 80;

/** The beginning of a long text, for lists; all of it where `custom.whole` is set. The tooltip has all of it. */
export default function Excerpt({ property, record }: BasePropertyProps) {
  const text = String(record?.params[property.path] ?? '');
  const characters = [...text];
  return (
    <span
      title={text}
      style={{ display: 'block', minWidth: text === '' ? 0 : '14em', overflowWrap: 'anywhere' }}
    >
      {characters.length > EXCERPT_LENGTH && property.custom.whole !== true
        ? `${characters.slice(0, EXCERPT_LENGTH).join('')}…`
        : text}
    </span>
  );
}
