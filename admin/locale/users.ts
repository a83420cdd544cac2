import type { Translated } from './translation.js';

const en = {
  actions: { list: 'Users', endLogins: 'End all sessions and tokens', resetOtp: 'Reset second factor' },
  properties: {
    username: 'Username',
    email: 'E-mail',
    password: 'Password',
    own_password: 'Your password',
    role: 'Role',
    is_active: 'Active',
    date_joined: 'Joined',
    last_login: 'Last login',
    review_count: 'Reviews',
    reports_by: 'Reports by this user',
    reports_about: 'Reports about this user’s reviews',
    helpful_given: 'Found helpful',
    helpful_received: 'Helpful votes received',
  },
  labels: { role: { user: 'User', moderator: 'Moderator', admin: 'Admin' } },
  messages: {
    help: {
      password:
        'At least 8 characters, and none of the common passwords. Left empty, the present one stays. A new one ends all other logins.',
      role: 'Moderators hide and restore reviews; admins may do everything.',
      is_active: 'Who is not active cannot log in, and all their logins end at once.',
      own_password:
        'The password that you log in with. It is needed to make staff, and to change their role, password or e-mail address.',
    },
    confirmDelete: 'Do you really want to delete this user and all their reviews?',
    resetOtpConfirm:
      'For a lost app. Make sure that it is {{title}} who asks: from then on the password is enough to log in. All their sessions and tokens end.',
    otpReset: 'The second factor is off, and all sessions and tokens are ended',
    noOtp: 'This user has no second factor.',
    endLoginsConfirm:
      'Every session and token of {{title}} ends at once: whoever uses them has to log in again. The password stays.',
    endedLogins: 'Ended {{count}} session or token',
    endedLogins_plural: 'Ended {{count}} sessions and tokens',
    openReports: '{{formatted}} open',
    noLogins: 'This user has no sessions or tokens.',
  },
};

const de: Translated<typeof en> = {
  actions: {
    list: 'Benutzer',
    endLogins: 'Alle Sitzungen und Tokens beenden',
    resetOtp: 'Zweiten Faktor zurücksetzen',
  },
  properties: {
    username: 'Benutzername',
    email: 'E-Mail',
    password: 'Passwort',
    own_password: 'Ihr Passwort',
    role: 'Rolle',
    is_active: 'Aktiv',
    date_joined: 'Registriert',
    last_login: 'Letzte Anmeldung',
    review_count: 'Bewertungen',
    reports_by: 'Meldungen von diesem Benutzer',
    reports_about: 'Meldungen zu seinen Bewertungen',
    helpful_given: 'Fand hilfreich',
    helpful_received: 'Erhaltene „Hilfreich“-Stimmen',
  },
  labels: { role: { user: 'Benutzer', moderator: 'Moderator', admin: 'Admin' } },
  messages: {
    help: {
      password:
        'Mindestens 8 Zeichen und keines der üblichen Passwörter. Leer bleibt das jetzige. Ein neues beendet alle anderen Anmeldungen.',
      role: 'Moderatoren verbergen Bewertungen und zeigen sie wieder; Admins dürfen alles.',
      is_active: 'Wer nicht aktiv ist, kann sich nicht anmelden; alle Anmeldungen enden sofort.',
      own_password:
        'Das Passwort, mit dem Sie sich anmelden. Es ist nötig, um jemandem Rechte zu geben und um Rolle, Passwort oder E-Mail-Adresse von Moderatoren und Admins zu ändern.',
    },
    confirmDelete: 'Sollen dieser Benutzer und alle seine Bewertungen wirklich gelöscht werden?',
    resetOtpConfirm:
      'Für eine verlorene App. Vergewissern Sie sich, dass {{title}} selbst darum bittet: Danach genügt das Passwort zur Anmeldung. Alle Sitzungen und Tokens enden.',
    otpReset: 'Der zweite Faktor ist aus, alle Sitzungen und Tokens sind beendet',
    noOtp: 'Dieser Benutzer hat keinen zweiten Faktor.',
    endLoginsConfirm:
      'Alle Sitzungen und Tokens von {{title}} enden sofort: Wer sie benutzt, muss sich neu anmelden. Das Passwort bleibt.',
    endedLogins: '{{count}} Sitzung oder Token beendet',
    endedLogins_plural: '{{count}} Sitzungen und Tokens beendet',
    openReports: '{{formatted}} offen',
    noLogins: 'Dieser Benutzer hat keine Sitzungen oder Tokens.',
  },
};

export const users = { en, de };
