import { GERMAN_MESSAGES } from '../../src/http/german-messages.js';
import { formatsOf } from './formats.js';
import type { Language } from './languages.js';

/** German translations of the API's messages that visitors and members can meet. */
const GERMAN: Record<string, string> = {
  ...GERMAN_MESSAGES,
  'A valid integer is required.': 'Bitte wählen.',
  'Unable to log in with provided credentials.': 'Benutzername oder Passwort ist falsch.',
  'The reset token is wrong, spent or expired.': 'Der Link ist falsch, schon benutzt oder abgelaufen.',
  'The link is wrong, spent or expired.': 'Der Link ist falsch, schon benutzt oder abgelaufen.',
  'Mail cannot be sent here.': 'Hier können keine E-Mails verschickt werden.',
  'Another change is not done yet: try again in a moment.':
    'Eine andere Änderung ist noch nicht fertig: Bitte gleich noch einmal versuchen.',
  'You have already reviewed this movie!': 'Sie haben das schon besprochen.',
  'This review was deleted in the meantime. You can post it again.':
    'Diese Kritik ist inzwischen gelöscht worden. Sie können sie noch einmal veröffentlichen.',
  'You cannot report your own review.': 'Ihre eigene Kritik können Sie nicht melden.',
  'You have already reported this review!': 'Sie haben diese Kritik schon gemeldet.',
  'You cannot find your own review helpful.': 'Ihre eigene Kritik können Sie nicht hilfreich finden.',
};

/** Messages with a number or a text in them. */
const GERMAN_PATTERNS: [RegExp, string][] = [
  [/^"(.*)" is not a valid choice\.$/s, '„$1“ steht nicht zur Wahl.'],
  [/^Too big: expected array to have <=(\d+) items$/, 'Höchstens $1 auf einmal.'],
  [/^Ensure this field has no more than (\d+) characters\.$/, 'Höchstens $1 Zeichen.'],
];

const THROTTLED = /^Request was throttled\. Expected available in (\d+) seconds\.$/;

/** A message of the API in a language; in English where it has no translation. Long waits are told in minutes or hours. */
export function translate(message: string, language: Language): string {
  const wait = THROTTLED.exec(message)?.[1];
  if (wait !== undefined) return throttled(formatsOf(language).wait(Number(wait)), language);
  if (language === 'en') return message;
  const whole = GERMAN[message];
  if (whole !== undefined) return whole;
  const found = GERMAN_PATTERNS.find(([pattern]) => pattern.test(message));
  return found ? message.replace(found[0], found[1]) : message;
}

const throttled = (wait: string, language: Language) =>
  language === 'en'
    ? `Request was throttled. Expected available in ${wait}.`
    : `Das war zu oft in kurzer Zeit. In ${wait} geht es weiter.`;
