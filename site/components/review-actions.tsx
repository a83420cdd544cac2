/** @jsxImportSource preact */
import type { Review } from '../api.js';
import type { FormState, Visit } from '../http/page.js';
import { moviePath, withNext } from '../paths.js';
import { SignInLink } from './sign-in-link.js';
import { Field, Form } from './form.js';

/** The most characters of a reason, as the API takes it. */
const REASON_MAX = 500;

interface Acting {
  review: Review;
  visit: Visit;
  form: FormState | undefined;
}

/** What one can do with a review. The part is replaced by scripts when something was done. */
export function ReviewActions({
  review,
  visit,
  form,
  isHelpful,
  showsMovie,
}: Acting & { isHelpful: boolean; showsMovie: boolean }) {
  const { member, text, query } = visit;
  const { review: words } = text;
  const part = `actions-${review.id}`;
  const isOwn = member?.username === review.review_user;
  const isStaff = member !== null && member.role !== 'user';
  return (
    <div class="actions" data-part={part}>
      <Helpful review={review} visit={visit} form={form} isHelpful={isHelpful} isOwn={isOwn} />
      {isOwn ? (
        <a href={`${showsMovie ? moviePath({ id: review.watchlist, title: review.title }) : ''}#yours`}>
          {words.yours}
        </a>
      ) : query.get('reported') === String(review.id) && member ? (
        <p class="quiet" role="status" tabindex={-1} data-done="">
          {text.notices.reported}
        </p>
      ) : (
        <Report review={review} visit={visit} form={form} />
      )}
      {isStaff && <StaffLinks review={review} visit={visit} />}
    </div>
  );
}

function Helpful({ review, visit, form, isHelpful, isOwn }: Acting & { isHelpful: boolean; isOwn: boolean }) {
  const { member, text } = visit;
  const { review: words, format } = text;
  const count = review.helpful_count;
  if (isOwn) return count > 0 ? <span class="quiet">{words.foundHelpful(count)}</span> : null;
  const label = (
    <>
      {words.helpful}
      {count > 0 && (
        <span>
          <span aria-hidden="true">· {format.number(count)}</span>
          <span class="visually-hidden">: {words.foundHelpful(count)}</span>
        </span>
      )}
      <span class="visually-hidden"> {words.of(review.review_user)}</span>
    </>
  );
  if (!member) {
    return <SignInLink visit={visit}>{label}</SignInLink>;
  }
  const name = `helpful-${review.id}`;
  return (
    <Form visit={visit} name={name} state={form} labels={{}} swaps={`actions-${review.id}`} class="inline">
      <button
        class="button plain"
        name="helpful"
        value={isHelpful ? 'no' : 'yes'}
        aria-pressed={isHelpful ? 'true' : 'false'}
      >
        {isHelpful && <span aria-hidden="true">✓</span>}
        {label}
      </button>
    </Form>
  );
}

function Report({ review, visit, form }: Acting) {
  const { member, text } = visit;
  const { review: words } = text;
  const about = words.of(review.review_user);
  if (!member) {
    return (
      <a rel="nofollow" href={withNext('/login', visit.request.originalUrl)}>
        {words.report}
        <span class="visually-hidden"> {about}</span>
      </a>
    );
  }
  const name = `report-${review.id}`;
  return (
    <details class="report" open={form?.name === name}>
      <summary>
        {words.report}
        <span class="visually-hidden"> {about}</span>
      </summary>
      <Form
        visit={visit}
        name={name}
        state={form}
        labels={{ reason: words.reason }}
        swaps={`actions-${review.id}`}
      >
        <Field form={name} name="reason" label={words.reason} state={form} hint={words.reasonHint}>
          {({ value, ...attributes }) => (
            <textarea {...attributes} rows={3} maxlength={REASON_MAX} required dir="auto">
              {value}
            </textarea>
          )}
        </Field>
        <button class="button">{words.sendReport}</button>
      </Form>
    </details>
  );
}

/** Where staff find the review in the panel. */
function StaffLinks({ review, visit: { text } }: Omit<Acting, 'form'>) {
  const { review: words } = text;
  const record = `/admin/resources/reviews/records/${review.id}`;
  const about = <span class="visually-hidden"> {words.of(review.review_user)}</span>;
  return (
    <>
      <a href={`${record}/edit`}>
        {words.edit}
        {about}
      </a>
      {review.active && (
        <a href={`${record}/hide`}>
          {words.hide}
          {about}
        </a>
      )}
    </>
  );
}
