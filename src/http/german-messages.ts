/*
 * German translations of the API's English messages that site and panel share. It is bundled for browsers: it imports
 * nothing.
 */
export const GERMAN_MESSAGES: Record<string, string> = {
  'This field is required.': 'Dieses Feld ist nötig.',
  'This field may not be null.': 'Dieses Feld ist nötig.',
  'This field may not be blank.': 'Dieses Feld darf nicht leer sein.',
  'Not a valid string.': 'Das ist kein Text.',
  'Must be a valid boolean.': 'Hier ist ja oder nein nötig.',
  'Enter a valid email address.': 'Bitte eine gültige E-Mail-Adresse eingeben.',
  'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.':
    'Erlaubt sind nur Buchstaben ohne Umlaute, Ziffern und die Zeichen @ . + - _',
  'Null characters are not allowed.': 'Nullzeichen sind nicht erlaubt.',
  'Lone surrogate characters are not allowed.': 'Halbe Zeichen sind nicht erlaubt.',
  'Null characters and lone surrogates are not allowed.': 'Nullzeichen und halbe Zeichen sind nicht erlaubt.',
  'A user with that email already exists.': 'Diese E-Mail-Adresse ist vergeben.',
  'A user with that username already exists.': 'Dieser Benutzername ist vergeben.',
  'This password is too common.': 'Dieses Passwort ist zu verbreitet.',
  'This password is entirely numeric.': 'Dieses Passwort besteht nur aus Ziffern.',
  'This password is too short. It must contain at least 8 characters.':
    'Dieses Passwort ist zu kurz: mindestens 8 Zeichen.',
  'The password is too similar to the username.': 'Das Passwort ähnelt zu sehr dem Benutzernamen.',
  'The password is too similar to the email.': 'Das Passwort ähnelt zu sehr der E-Mail-Adresse.',
  "The two password fields didn't match.": 'Die beiden Passwörter sind nicht gleich.',
  'Your password was entered incorrectly.': 'Ihr Passwort ist nicht richtig.',
  'The code is wrong, expired or used already.': 'Der Code ist falsch, abgelaufen oder schon benutzt.',
  'Too many codes were wrong. Use a recovery code.':
    'Zu viele Codes waren falsch. Benutzen Sie einen Wiederherstellungscode.',
  'There is no second factor to confirm. Set one up first; a code confirms it within an hour.':
    'Es gibt keinen zweiten Faktor zu bestätigen. Richten Sie erst einen ein; ein Code bestätigt ihn binnen einer Stunde.',
  'The second factor is on already. Switch it off first.':
    'Der zweite Faktor ist schon an. Schalten Sie ihn erst aus.',
  'The last active admin cannot be deleted.': 'Der letzte aktive Admin lässt sich nicht löschen.',
};
