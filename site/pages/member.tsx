/** @jsxImportSource preact */
import { config } from '../../src/config.js';
import { notFound } from '../../src/http/errors.js';
import type { Profile } from '../api.js';
import { Distribution } from '../components/distribution.js';
import { pagedTitle } from '../components/listing.js';
import { ReviewList } from '../components/review-list.js';
import { page, Redirect, type Visit } from '../http/page.js';
import { leadToPath } from '../http/spelling.js';
import { memberOf, memberPath, withNext } from '../paths.js';
import { type ReviewChoice, choiceOf, chosenReviews, choicePath } from '../reviews/choice.js';
import { mark } from '../reviews/deeds.js';
import { marksOf } from '../reviews/marks.js';

/** What a username may be; anything else would make other paths of the API. */
const USERNAME = /^[\w.@+-]{1,150}$/;

/** `/members/<username>`: what everybody may know of a member, and the reviews. */
export const member = page('/members/:username', {
  throttle: 'review-list',
  show: async (visit, form) => {
    const { api, text, query } = visit;
    const name = memberOf(visit.params.username);
    if (!USERNAME.test(name)) throw notFound();
    const choice = choiceOf(query);
    const [profile, reviews] = await Promise.all([
      api.get<Profile>(`/watch/users/${encodeURIComponent(name)}/`),
      chosenReviews(visit, '/watch/reviews/', choice, { username: name }),
    ]);
    const path = memberPath(profile.username);
    const elsewhere = form ? null : leadToPath(visit, path);
    if (elsewhere) return elsewhere;
    const { helpful } = await marksOf(visit, { reviews: reviews.results });
    const { username, number_reviews } = profile;
    const words = text.member;
    return {
      title: pagedTitle(visit, words.title(username), reviews),
      status: reviews.status,
      description: words.description(username, text.count.reviews(number_reviews)),
      canonical: choicePath(path, { page: choice.page }),
      type: 'profile',
      head: (
        <link
          rel="alternate"
          type="application/atom+xml"
          href={`${path}/feed.xml`}
          title={text.feed.memberTitle(username, config.SITE_NAME)}
        />
      ),
      isUnlisted: reviews.status !== 200 || choice.stars !== null || choice.sort !== 'newest',
      body: (
        <>
          <Figures profile={profile} visit={visit} path={path} choice={choice} />
          <div class="bulbs" />
          <div class="band">
            <div class="wrap narrow">
              <ReviewList
                reviews={reviews}
                visit={visit}
                path={path}
                choice={choice}
                form={form}
                helpful={helpful}
                showsMovie
                empty={
                  <p class="quiet">
                    {visit.member?.username === username ? (
                      <>
                        {words.noReviewsYours} <a href="/movies">{words.find}</a>
                      </>
                    ) : (
                      words.noReviews(username)
                    )}
                  </p>
                }
              />
            </div>
          </div>
        </>
      ),
    };
  },
  submit: (visit, fields) => {
    if (!visit.member) return new Redirect(withNext('/login', visit.request.originalUrl));
    return mark(visit, fields);
  },
});

function Figures({
  profile: { username, date_joined, number_reviews, avg_rating, rating_distribution },
  visit,
  path,
  choice,
}: {
  profile: Profile;
  visit: Visit;
  path: string;
  choice: ReviewChoice;
}) {
  const { text, member } = visit;
  const { member: words, format, count } = text;
  return (
    <section class="feature">
      <div class="wrap figures">
        <div>
          <h1>{username}</h1>
          <p class="facts">{words.since(format.month(date_joined))}</p>
          {number_reviews > 0 && (
            <p class="average">
              <b>{format.rating(avg_rating)}</b> <span>{words.given(count.reviews(number_reviews))}</span>
            </p>
          )}
          {member?.username === username && (
            <p>
              <a class="button plain" href="/settings">
                {words.settings}
              </a>
            </p>
          )}
        </div>
        {number_reviews > 0 && (
          <Distribution distribution={rating_distribution} visit={visit} path={path} choice={choice} />
        )}
      </div>
    </section>
  );
}
