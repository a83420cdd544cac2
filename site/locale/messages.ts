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
  'No file was submitted.': 'Bitte eine Datei wählen.',
  'The file is not kept any more: choose it again.':
    'Die Datei ist nicht mehr vorgehalten: Bitte wählen Sie sie noch einmal.',
  'It has neither a rating nor a review.': 'Die Zeile hat weder Bewertung noch Kritik.',
  'It has a review and no rating: a review here has both.':
    'Die Zeile hat eine Kritik ohne Bewertung: Hier gehört beides zusammen.',
  'It has no title and no IMDb id.': 'Die Zeile hat weder Titel noch IMDb-Nummer.',
  'It has more fields than the header.': 'Die Zeile hat mehr Felder als die Kopfzeile.',
  'A moderator has hidden your review of it: it stays as it is.':
    'Die Moderation hat Ihre Kritik dazu verborgen: Sie bleibt, wie sie ist.',
  'The ZIP archive has more than 5,000 files.': 'Das ZIP-Archiv hat mehr als 5.000 Dateien.',
  'The files of the ZIP archive have over 50 MB unpacked.':
    'Die Dateien des ZIP-Archivs haben ausgepackt über 50 MB.',
  'There are more than 50,000 lines: import them in several files.':
    'Das sind mehr als 50.000 Zeilen: Importieren Sie sie in mehreren Dateien.',
  'The file is too large: at most 10,000,000 bytes are allowed.': 'Die Datei ist zu groß: höchstens 10 MB.',
  'The request body is too large.': 'Die Datei ist zu groß.',
  'You cannot find your own review helpful.': 'Ihre eigene Kritik können Sie nicht hilfreich finden.',
};

/** Messages with a number or a text in them. */
const GERMAN_PATTERNS: [RegExp, string][] = [
  [/^"(.*)" is not a valid choice\.$/s, '„$1“ steht nicht zur Wahl.'],
  [/^Too big: expected array to have <=(\d+) items$/, 'Höchstens $1 auf einmal.'],
  [
    /^It is the same movie as in line (\d+)(?: of (.*))?, which is later and counts\.$/s,
    'Derselbe Film wie in Zeile $1: Jene ist neuer und zählt.',
  ],
  [
    /^The date (.*) is not understood: the line counts as of today\.$/s,
    'Das Datum $1 ist unklar: Es gilt heute.',
  ],
  [
    /^Rating: (.*) is no number from (0\.5 to 5, in halves|1 to 10)\.$/s,
    'Bewertung: $1 ist keine gültige Zahl.',
  ],
  [/^Year: (.*) is no year from (\d+) to (\d+)\.$/s, 'Jahr: $1 ist kein Jahr von $2 bis $3.'],
  [/^Review: Ensure this field has no more than (\d+) characters\.$/, 'Kritik: höchstens $1 Zeichen.'],
  [
    /^It is about an? (\w+): only movies and shows can be rated here\.$/,
    'Hier lassen sich nur Filme und Serien bewerten.',
  ],
  [/^(.*) has no columns that are known\. .*$/s, '$1 hat keine bekannten Spalten.'],
  [/^(.*) holds none of .*$/s, '$1 enthält keine Datei, die sich importieren lässt.'],
  [/^(.*) is broken or cut off: .*$/s, '$1 ist beschädigt oder abgeschnitten.'],
  [/^The ZIP archive is encrypted.*$/s, 'Das ZIP-Archiv ist verschlüsselt: Packen Sie es aus.'],
  [
    /^(.*) lists what you have seen, without ratings\. .*$/s,
    '$1 nennt, was Sie gesehen haben, ohne Bewertungen. Importieren Sie ratings.csv.',
  ],
  [/^(.*) is JSON, but holds no ratings or watchlist of Trakt\.$/s, '$1 ist JSON, aber nicht von Trakt.'],
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
