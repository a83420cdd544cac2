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
  messages: { confirmDelete: 'Do you really want to delete this user and all their reviews?' },
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
  messages: { confirmDelete: 'Sollen dieser Benutzer und alle seine Bewertungen wirklich gelöscht werden?' },
};

export const users = { en, de };
