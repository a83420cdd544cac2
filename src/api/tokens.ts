import { nothing, pageOf } from '../http/response/answers.js';
import { type AnyRoute, deleteRecord, route } from '../http/routing/route.js';
import { type Term } from '../http/lists/ordering.js';
import { pagingQuery, readPage } from '../http/lists/paging.js';
import { AuthToken } from '../models/auth-token.js';
import { all, compare, equal } from '../reads/condition.js';
import { storedTime } from '../database/sql/time.js';
import { type TokenRow, TOKENS } from '../reads/tokens.js';
import { presentToken, TOKEN_FIELDS, tokenSchema } from '../presenters/account.js';

const id: Term<TokenRow> = { column: 'id', key: (token) => token.id, descending: false };

const tokenQuery = pagingQuery({ id }).omit({ search: true, ordering: true });

export const tokenRoutes: AnyRoute[] = [
  route('GET', '/account/tokens/', {
    policy: ['account', 'read'],
    answers: pageOf(tokenSchema),
    query: tokenQuery,
    fields: TOKEN_FIELDS,
    handle: async ({ query, request, credentials }) => {
      const where = all([
        equal('user_id', credentials?.user.id ?? 0),
        compare('expires', '>', storedTime(new Date())),
      ]);
      const list = { source: TOKENS, where, quick: () => true };
      const page = await readPage(list, { ...query, ordering: { listed: [id], searched: [id] } }, request);
      return {
        page: {
          ...page,
          results: page.results.map((token) => presentToken(token, credentials?.login)),
        },
      };
    },
  }),
  route('DELETE', '/account/tokens/:id/', {
    policy: ['account', 'update'],
    answers: nothing(),
    load: async (id, actor, { lock }) => AuthToken.findOne({ where: { id, user_id: actor?.id ?? 0 }, lock }),
    handle: deleteRecord,
  }),
];
