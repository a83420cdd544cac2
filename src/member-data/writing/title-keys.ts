import { foldCase } from '../../models/validation.js';
import { TITLE_MAX } from '../../models/movie-fields.js';
import type { Entry } from '../reading/entry.js';

const QUOTES: [RegExp, string][] = [
  [/[‘’ʼ]/g, "'"],
  [/[“”]/g, '"'],
  [/[–—]/g, '-'],
];

/** Articles that catalogues such as MovieLens's move to a title's end: `Matrix, The`. */
const ARTICLE =
  /^(the|a|an|der|die|das|ein|eine|le|la|les|l'|un|une|el|los|las|il|lo|gli|i|o|os|as|de|het|een|den|det) ?(.+)$/i;

/** No movie has a longer title, in whatever form its accents come. */
const LONGEST = TITLE_MAX * 3;

/** The keys under which a catalogue may have the title of an entry, the likeliest first; none for one that is too long. */
export function titleKeys({ title, originalTitle, year }: Entry): string[] {
  const spellings = [title, originalTitle]
    .filter((text) => text !== '' && text.length <= LONGEST)
    .flatMap(spellingsOf);
  const years = year === null ? [''] : ['', ` (${year})`];
  return [...new Set(years.flatMap((end) => spellings.map((text) => foldCase(`${text}${end}`))))];
}

function spellingsOf(title: string): string[] {
  const plain = QUOTES.reduce((text, [signs, sign]) => text.replaceAll(signs, sign), title);
  return [...new Set([title, plain])].flatMap((text) => {
    const [, article, rest] = ARTICLE.exec(text) ?? [];
    const isSplit = article !== undefined && (article.endsWith("'") || text[article.length] === ' ');
    return isSplit ? [text, `${rest}, ${article}`] : [text];
  });
}
