/** The introduction to the API, in Markdown. */
export const INTRODUCTION = `
Movies, the platforms that show them, and what people think of them. This page is all that a client's author needs: every
request here can be tried out on the spot.

## First steps

1. Sign up by \`POST /account/register/\`, or log in by \`POST /account/login/\`. Both answer with a \`token\`.
2. Send it with every request: \`Authorization: Token KEY\`. On this page: the button "Authorize".
3. Look for a movie by \`GET /watch/watchlist/?search=…\`, and review it by \`POST /watch/{id}/review-create/\`.

Those who prefer JSON web tokens get a pair from \`POST /account/token/\` and send \`Authorization: Bearer JWT\`. Reading needs
no account. Credentials that are wrong are refused everywhere, with a 401: leave the header out rather than send an old one.

## Conventions

- Bodies are JSON in UTF-8, or forms. Times are ISO 8601 in UTC. Ids are positive whole numbers.
- Fields of a body that an operation does not list are ignored, and so are unknown query parameters. A known parameter with a
  bad value is a 400.
- Means of ratings always bear a decimal point: \`4.0\`.
- Paths end in a slash; without it they answer the same, and under \`/watch/\` with \`.json\` in its place. \`HEAD\` follows \`GET\`, and \`OPTIONS\` tells the methods of a path.
- Text is kept as it is sent and is never HTML: escape it where you show it.

## Errors

A refusal is JSON: \`{"detail": "…"}\`, or with a 400 the faults by the name of each field, all at once:
\`{"rating": ["This field is required."]}\`. What belongs to no single field is under \`non_field_errors\`. Every answer has
an \`X-Request-Id\`.

## Pages

Every list comes in pages, in three styles: \`?page=2&page_size=20\`; \`?limit=20&offset=40\`; and \`?cursor=\`, which starts empty,
misses no row and shows none twice while others write, and costs the same at any depth. Whichever it is, follow \`next\`, in the body
or in the \`Link\` header, until it is null. \`?fields=id,title\` makes answers smaller.

## Caches, conflicts and repetitions

Every record and page has an \`ETag\`. Send it in \`If-None-Match\`, and what has not changed is an empty 304. Send it in
\`If-Match\` with a PUT, PATCH or DELETE, and a record that somebody else has changed since is a 412. A POST with an
\`Idempotency-Key\` may be repeated after a lost connection: the first answer comes again, with \`Idempotency-Replayed: true\`.

## Limits

Requests are limited per user, or per address for those who are not logged in. The \`RateLimit\` header says what is left;
beyond it is a 429, with \`Retry-After\` in seconds.
`.trim();
