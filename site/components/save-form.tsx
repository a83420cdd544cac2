/** @jsxImportSource preact */
import type { Movie } from '../api.js';
import type { Visit } from '../http/page.js';
import { SignInLink } from './sign-in-link.js';
import { Form } from './form.js';

/** The button that puts a movie on the member's watchlist, and takes it off. */
export function SaveForm({
  movie,
  visit,
  isSaved,
}: {
  movie: Pick<Movie, 'id'>;
  visit: Visit;
  isSaved: boolean;
}) {
  const { text, member } = visit;
  const label = (
    <>
      <span aria-hidden="true">{isSaved ? '✓' : '+'}</span> {text.layout.watchlist}
    </>
  );
  if (!member) {
    return <SignInLink visit={visit}>{label}</SignInLink>;
  }
  const part = `saved-${movie.id}`;
  return (
    <div data-part={part}>
      <Form visit={visit} name={part} state={undefined} labels={{}} swaps={part} class="inline">
        <button
          class="button plain"
          name="saved"
          value={isSaved ? 'no' : 'yes'}
          aria-pressed={isSaved ? 'true' : 'false'}
        >
          {label}
        </button>
      </Form>
    </div>
  );
}
