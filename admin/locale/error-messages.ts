import { GERMAN_MESSAGES } from '../../src/http/german-messages.js';

/**
 * German translations of the English messages of models, the API's checks and the login. A message without one is shown in
 * English. theme-provider.tsx adds them in the browser: AdminJS's server would split their keys at each full stop.
 */
const GERMAN: Record<string, string> = {
  ...GERMAN_MESSAGES,
  'Please enter the username and password of a moderator or an admin.':
    'Bitte Benutzername und Passwort eines Moderators oder Admins eingeben.',
  'The request did not arrive in time: the connection is too slow.':
    'Die Anfrage kam nicht rechtzeitig an: Die Verbindung ist zu langsam.',
  'A valid integer is required.': 'Hier ist eine ganze Zahl nötig.',
  'Enter a valid date/time in ISO 8601.': 'Hier ist ein Tag oder ein Zeitpunkt nötig, etwa 2026-01-31.',
  'Enter a valid URL.': 'Bitte eine gültige Adresse eingeben.',
  ...Object.fromEntries(
    [30, 100, 128, 150, 200, 254, 500, 2_000].map((most) => [
      `Ensure this field has no more than ${most} characters.`,
      `Höchstens ${most.toLocaleString('de')} Zeichen.`,
    ]),
  ),
  'Ensure this value is greater than or equal to 1.': 'Mindestens 1.',
  'Ensure this value is less than or equal to 5.': 'Höchstens 5.',
  'A platform with this name already exists.': 'Eine Plattform dieses Namens gibt es schon.',
  'You have already reviewed this movie!': 'Dieser Benutzer hat diesen Film schon bewertet.',
  'The record that this one belongs to does not exist.': 'Den Eintrag, zu dem dieser gehört, gibt es nicht.',
  'This record has been deleted meanwhile.': 'Dieser Eintrag ist inzwischen gelöscht worden.',
  'You cannot change your own role.': 'Die eigene Rolle lässt sich nicht ändern.',
  'You cannot deactivate yourself.': 'Sich selbst kann man nicht deaktivieren.',
  'You cannot delete yourself.': 'Sich selbst kann man nicht löschen.',
  'The last active admin cannot be demoted.': 'Der letzte aktive Admin muss Admin bleiben.',
  'The last active admin cannot be deactivated.': 'Der letzte aktive Admin muss aktiv bleiben.',
  'Your own password is needed for this change.': 'Für diese Änderung ist Ihr eigenes Passwort nötig.',
  'Must be one of: user, moderator, admin.': 'Möglich sind nur Benutzer, Moderator und Admin.',
};

/** The times that lists filter by, in German. */
const FILTERS = {
  created: 'Angelegt',
  updated: 'Letzte Änderung',
  date_joined: 'Registriert',
  last_login: 'Letzte Anmeldung',
};

for (const [name, german] of Object.entries(FILTERS)) {
  GERMAN[`The filter "${name}" must be a day or a time in ISO 8601, such as 2026-01-31.`] =
    `Der Filter „${german}“ braucht einen Tag oder Zeitpunkt, etwa 2026-01-31.`;
}

/** The translations by i18next's keys. */
export const errorMessages = Object.fromEntries(
  Object.entries(GERMAN).map(([text, german]) => [`messages.${text}`, german]),
);
