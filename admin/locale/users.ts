import type { Translated } from './translation.js';

const en = {
  actions: { list: 'Users' },
  properties: {
    username: 'Username',
    email: 'E-mail',
    password: 'Password',
    role: 'Role',
    is_active: 'Active',
    date_joined: 'Joined',
    last_login: 'Last login',
  },
  labels: { role: { user: 'User', moderator: 'Moderator', admin: 'Admin' } },
  messages: {
    help: {
      password:
        'At least 8 characters, and none of the common passwords. Left empty, the present one stays. A new one ends all other logins.',
      role: 'Moderators hide and restore reviews; admins may do everything.',
      is_active: 'Who is not active cannot log in, and all their logins end at once.',
    },
    confirmDelete: 'Do you really want to delete this user and all their reviews?',
  },
};

const de: Translated<typeof en> = {
  actions: { list: 'Benutzer' },
  properties: {
    username: 'Benutzername',
    email: 'E-Mail',
    password: 'Passwort',
    role: 'Rolle',
    is_active: 'Aktiv',
    date_joined: 'Registriert',
    last_login: 'Letzte Anmeldung',
  },
  labels: { role: { user: 'Benutzer', moderator: 'Moderator', admin: 'Admin' } },
  messages: {
    help: {
      password:
        'Mindestens 8 Zeichen und keines der üblichen Passwörter. Leer bleibt das jetzige. Ein neues beendet alle anderen Anmeldungen.',
      role: 'Moderatoren blenden Bewertungen aus und wieder ein; Admins dürfen alles.',
      is_active: 'Wer nicht aktiv ist, kann sich nicht anmelden; alle Anmeldungen enden sofort.',
    },
    confirmDelete: 'Sollen dieser Benutzer und alle seine Bewertungen wirklich gelöscht werden?',
  },
};

export const users = { en, de };
