import { notFound } from '../http/errors.js';
import { ok } from '../http/response/answers.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { foldCase, isStorable } from '../models/validation.js';
import { presentProfile, PROFILE_FIELDS, profileSchema } from '../presenters/profile.js';
import { type ProfileRow, readProfile } from '../reads/profiles.js';

/** The format suffix of the API's paths. It may be the end of a username, too, which goes before. */
const SUFFIX = '.json';

async function find(username: string): Promise<ProfileRow | null> {
  return isStorable(username) ? readProfile(foldCase(username)) : null;
}

export const profileRoutes: AnyRoute[] = [
  route('GET', '/watch/users/:username/', {
    policy: ['profile', 'read'],
    answers: ok(profileSchema),
    fields: PROFILE_FIELDS,
    shows: () => null,
    handle: async ({ request }) => {
      const name = String(request.params.username);
      const profile =
        (await find(name)) ?? (name.endsWith(SUFFIX) ? await find(name.slice(0, -SUFFIX.length)) : null);
      if (!profile) throw notFound();
      return { status: 200, body: presentProfile(profile) };
    },
  }),
];
