/** @jsxImportSource preact */
import type { Review } from '../api.js';
import type { FormState, Visit } from '../http/page.js';
import { withNext } from '../paths.js';
import { Field, Form } from './form.js';
import { RatingField } from './rating-field.js';

/** The most characters of a review, as the API takes it. */
const REVIEW_MAX = 2_000;
const ROWS = 8;

/** A member's own review of a movie: to write it, change it and delete it. */
export function OwnReview({
  movieId,
  path,
  own,
  visit,
  form,
}: {
  movieId: number;
  /** The movie's page. */
  path: string;
  /** Null where there is none yet. */
  own: Review | null;
  visit: Visit;
  form: FormState | undefined;
}) {
  const { member, text, query } = visit;
  const { review: words } = text;
  return (
    <aside class="yours" id="yours" aria-labelledby="yours-heading">
      <div class="card">
        <h2 id="yours-heading">{words.yours}</h2>
        {!member && (
          <>
            <p>{words.invitation}</p>
            <a class="button" href={withNext('/login', visit.request.originalUrl)}>
              {words.signIn}
            </a>
          </>
        )}
        {own && !own.active && <p class="hidden-note">{words.hidden}</p>}
        {own && query.has('delete') && form === undefined && <Deletion own={own} path={path} visit={visit} />}
        {member && !(own && query.has('delete') && form === undefined) && (
          <ReviewForm draft={`${member.username}/${movieId}`} own={own} visit={visit} form={form} />
        )}
      </div>
    </aside>
  );
}

function ReviewForm({
  draft,
  own,
  visit,
  form,
}: {
  /** What a kept draft is found by. */
  draft: string;
  own: Review | null;
  visit: Visit;
  form: FormState | undefined;
}) {
  const { review: words } = visit.text;
  const typed = form?.name === 'review' ? form.values : undefined;
  const labels = { rating: words.rating, description: words.text, spoiler: words.spoilers };
  const isSpoiler = typed ? 'spoiler' in typed : (own?.spoiler ?? false);
  return (
    <>
      <Form visit={visit} name="review" state={form} labels={labels} draft={draft}>
        {own && <input type="hidden" name="review" value={own.id} />}
        <p class="quiet" hidden data-draft-note="">
          {words.draft}{' '}
          <button type="button" class="link">
            {words.discard}
          </button>
        </p>
        <RatingField
          form="review"
          name="rating"
          visit={visit}
          state={form}
          value={typed ? typed.rating : String(own?.rating ?? '')}
        />
        <Field form="review" name="description" label={words.text} state={form} hint={words.textHint}>
          {({ value = own?.description ?? '', ...attributes }) => (
            // A first line break in a textarea is not a part of its text.
            <textarea {...attributes} rows={ROWS} maxlength={REVIEW_MAX} dir="auto">
              {`\n${value}`}
            </textarea>
          )}
        </Field>
        <label class="check">
          <input type="checkbox" name="spoiler" value="yes" checked={isSpoiler} />
          {words.spoilers}
        </label>
        <div class="buttons">
          <button class="button">{own ? words.save : words.post}</button>
          {own && (
            <button class="button plain" form="ask-delete">
              {words.delete}
            </button>
          )}
        </div>
      </Form>
      {own && (
        <form id="ask-delete" action="#yours" hidden>
          <input type="hidden" name="delete" value="yes" />
        </form>
      )}
    </>
  );
}

/** Asks before a review is deleted. */
function Deletion({ own, path, visit }: { own: Review; path: string; visit: Visit }) {
  const { review: words } = visit.text;
  return (
    <Form visit={visit} name="delete" state={undefined} labels={{}} action={path}>
      <input type="hidden" name="review" value={own.id} />
      <p>{words.deleteQuestion}</p>
      <div class="buttons">
        <button class="button">{words.delete}</button>
        <a class="button plain" href={`${path}#yours`}>
          {words.keep}
        </a>
      </div>
    </Form>
  );
}
