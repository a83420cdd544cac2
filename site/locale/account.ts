const en = {
  username: 'Username',
  email: 'Email',
  password: 'Password',
  repeatPassword: 'Repeat password',
  usernameHint: 'Letters, digits and @ . + - _, seen by everybody.',
  emailHint: 'For a lost password. Nobody else sees it.',
  passwordHint: 'At least 8 characters, not only digits, and none of the common ones.',
  signIn: {
    title: 'Sign in',
    button: 'Sign in',
    forgotten: 'Forgot your password?',
    newHere: 'New here?',
    signUp: 'Sign up',
  },
  signUp: {
    title: 'Sign up',
    button: 'Sign up',
    lead: 'Rate what you have watched, write about it, and keep a list of what is next.',
    member: 'Already a member?',
    signIn: 'Sign in',
    trap: 'Leave this field empty',
    trapped: 'A field that nobody sees was filled in. Please send the form without it.',
  },
  signOut: {
    title: 'Sign out',
    lead: (username: string) => `You are signed in as ${username}.`,
    button: 'Sign out',
    stay: 'Stay signed in',
  },
};

const de: typeof en = {
  username: 'Benutzername',
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  repeatPassword: 'Passwort wiederholen',
  usernameHint: 'Buchstaben ohne Umlaute, Ziffern und @ . + - _, für alle sichtbar.',
  emailHint: 'Falls Sie Ihr Passwort vergessen. Niemand sonst sieht sie.',
  passwordHint: 'Mindestens 8 Zeichen, nicht nur Ziffern und keines der verbreiteten.',
  signIn: {
    title: 'Anmelden',
    button: 'Anmelden',
    forgotten: 'Passwort vergessen?',
    newHere: 'Neu hier?',
    signUp: 'Registrieren',
  },
  signUp: {
    title: 'Registrieren',
    button: 'Registrieren',
    lead: 'Bewerten Sie, was Sie gesehen haben, schreiben Sie darüber, und merken Sie sich, was Sie noch sehen wollen.',
    member: 'Schon Mitglied?',
    signIn: 'Anmelden',
    trap: 'Dieses Feld leer lassen',
    trapped:
      'Ein Feld, das niemand sieht, war ausgefüllt. Bitte senden Sie das Formular ohne dieses Feld ab.',
  },
  signOut: {
    title: 'Abmelden',
    lead: (username) => `Sie sind als ${username} angemeldet.`,
    button: 'Abmelden',
    stay: 'Angemeldet bleiben',
  },
};

/** Signing up, in and out. */
export const account = { en, de };
