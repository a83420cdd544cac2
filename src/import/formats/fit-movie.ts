import { STORYLINE_MAX, TITLE_MAX } from '../../models/movie-fields.js';
import { BLANK } from '../../models/validation.js';
import type { Notes, Place } from '../faults.js';

/** The storyline of a movie whose source has none. */
export const NO_DESCRIPTION = 'No description.';

/**
 * Makes a title and storyline fit their fields. A text that is too long is truncated with an ellipsis, and noted in `cut`.
 * An empty storyline becomes "No description.", and an empty title is a fault.
 * @returns the texts, or null after a fault
 */
export function fitMovie(
  place: Place,
  { title, storyline }: { title: string; storyline: string },
  { faults, cut }: { faults: Notes; cut: Notes },
): { title: string; storyline: string } | null {
  if (title.trim() === '') {
    faults.add(place, `title: ${BLANK}`);
    return null;
  }
  const truncate = (field: string, text: string, max: number) => {
    if (text.length <= max) return text;
    const characters = [...text];
    if (characters.length <= max) return text;
    cut.add(place, `${field} cut from ${characters.length} characters to ${max}`);
    return `${characters.slice(0, max - 1).join('')}…`;
  };
  return {
    title: truncate('title', title, TITLE_MAX),
    storyline: truncate('description', storyline.trim() === '' ? NO_DESCRIPTION : storyline, STORYLINE_MAX),
  };
}
