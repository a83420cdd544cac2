import type { Translated } from './translation.js';

const en = {
  title: 'Your account: {{username}}',
  back: 'Back to the panel',
  shut: 'Moderators and admins need a second factor here. Set one up, and the panel opens.',
  emailPending: 'A link is on its way to {{email}}. The address counts once you follow the link.',
  done: {
    email: 'Your address is changed.',
    password: 'Your password is changed. All other sessions and tokens are ended.',
    'factor-off': 'The second factor is off. All other sessions and tokens are ended.',
    session: 'The session is ended.',
    token: 'The token is ended.',
  },
  fields: {
    email: 'Email',
    password: 'Password',
    old_password: 'Present password',
    new_password: 'New password',
    new_password2: 'Repeat password',
  },
  forms: {
    email: { heading: 'Email', button: 'Change email' },
    password: { heading: 'Password', button: 'Change password' },
    factor: { heading: 'Second factor', button: 'Set up' },
    'factor-confirm': { heading: 'Set up the second factor', button: 'Switch on' },
    'factor-off': { heading: 'Second factor', button: 'Switch off' },
    session: { heading: 'Sessions of the panel' },
    token: { heading: 'Tokens: apps, and the site' },
  },
  factorOn: 'It is on: logins ask for a code of your app.',
  factorOff:
    'It is off. With it, whoever knows your password still needs a code of an app on your phone. It ends every session but this one.',
  scan: 'Scan this with an authenticator app, such as the one of your password manager.',
  qr: 'A square to scan with your authenticator app',
  type: 'Or type this key into it:',
  open: 'Open the app on this device',
  confirmHint: 'The six digits that the app shows then.',
  codes: 'Keep your recovery codes',
  codesLead:
    'The second factor is on. Each of these logs you in once without the app. They are shown only now: print them or keep them in your password manager.',
  copy: 'Copy',
  print: 'Print',
  kept: 'I have kept them',
  unnamed: { session: 'Session of {{created}}', token: 'Unknown app' },
  none: { session: 'There are none.', token: 'There are none.' },
  current: 'this session',
  created: 'Logged in',
  lastUsed: 'Last used',
  end: 'End',
};

const de: Translated<typeof en> = {
  title: 'Ihr Konto: {{username}}',
  back: 'Zurück zur Verwaltung',
  shut: 'Moderatoren und Admins brauchen hier einen zweiten Faktor. Richten Sie einen ein, dann öffnet sich die Verwaltung.',
  emailPending: 'Ein Link ist zu {{email}} unterwegs. Die Adresse gilt, sobald Sie ihm folgen.',
  done: {
    email: 'Ihre Adresse ist geändert.',
    password: 'Ihr Passwort ist geändert. Alle anderen Sitzungen und Tokens sind beendet.',
    'factor-off': 'Der zweite Faktor ist aus. Alle anderen Sitzungen und Tokens sind beendet.',
    session: 'Die Sitzung ist beendet.',
    token: 'Das Token ist beendet.',
  },
  fields: {
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    old_password: 'Jetziges Passwort',
    new_password: 'Neues Passwort',
    new_password2: 'Passwort wiederholen',
  },
  forms: {
    email: { heading: 'E-Mail-Adresse', button: 'E-Mail-Adresse ändern' },
    password: { heading: 'Passwort', button: 'Passwort ändern' },
    factor: { heading: 'Zweiter Faktor', button: 'Einrichten' },
    'factor-confirm': { heading: 'Zweiten Faktor einrichten', button: 'Einschalten' },
    'factor-off': { heading: 'Zweiter Faktor', button: 'Ausschalten' },
    session: { heading: 'Sitzungen der Verwaltung' },
    token: { heading: 'Tokens: Apps und die Website' },
  },
  factorOn: 'Er ist an: Anmeldungen fragen nach einem Code Ihrer App.',
  factorOff:
    'Er ist aus. Mit ihm braucht, wer Ihr Passwort kennt, noch einen Code aus einer App auf Ihrem Telefon. Das beendet jede Sitzung außer dieser.',
  scan: 'Scannen Sie dies mit einer Authenticator-App, etwa der Ihres Passwort-Managers.',
  qr: 'Ein Quadrat zum Scannen mit Ihrer Authenticator-App',
  type: 'Oder tippen Sie diesen Schlüssel ein:',
  open: 'Die App auf diesem Gerät öffnen',
  confirmHint: 'Die sechs Ziffern, die die App dann zeigt.',
  codes: 'Codes aufbewahren',
  codesLead:
    'Der zweite Faktor ist an. Jeder dieser Codes meldet Sie einmal ohne die App an. Sie werden nur jetzt gezeigt: Drucken Sie sie aus oder bewahren Sie sie in Ihrem Passwort-Manager auf.',
  copy: 'Kopieren',
  print: 'Drucken',
  kept: 'Ich habe sie aufbewahrt',
  unnamed: { session: 'Sitzung vom {{created}}', token: 'Unbekannte App' },
  none: { session: 'Es gibt keine.', token: 'Es gibt keine.' },
  current: 'diese Sitzung',
  created: 'Angemeldet',
  lastUsed: 'Zuletzt benutzt',
  end: 'Beenden',
};

/** The page of one's own account. */
export const account = { en, de };
