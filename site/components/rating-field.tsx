/** @jsxImportSource preact */
import type { FormState, Visit } from '../http/page.js';

const STARS = [1, 2, 3, 4, 5] as const;

/** Stars to choose from: radio buttons, each below its star. */
export function RatingField({
  form,
  name,
  visit: { text },
  state,
  value,
}: {
  form: string;
  name: string;
  visit: Visit;
  state: FormState | undefined;
  /** The chosen number of stars. */
  value: string | undefined;
}) {
  const id = `${form}-${name}`;
  const faults = (state?.name === form && state.faults[name]) || [];
  return (
    <fieldset class="field" {...(faults.length > 0 && { 'aria-describedby': `${id}-fault` })}>
      <legend>{text.review.rating}</legend>
      <div class="rate">
        {STARS.map((stars) => {
          // The summary of faults leads to the first.
          const own = stars === 1 ? id : `${id}-${stars}`;
          return (
            <>
              <input
                type="radio"
                id={own}
                name={name}
                value={stars}
                checked={value === String(stars)}
                {...(faults.length > 0 && { 'aria-invalid': 'true' })}
              />
              <label for={own}>
                <span aria-hidden="true">★</span>
                <span class="visually-hidden">{text.movie.starsChosen(stars)}</span>
              </label>
            </>
          );
        })}
      </div>
      {faults.length > 0 && (
        <p class="fault" id={`${id}-fault`}>
          {faults.join(' ')}
        </p>
      )}
    </fieldset>
  );
}
