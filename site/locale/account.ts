const en = {
  username: 'Username',
  email: 'Email',
  password: 'Password',
  repeatPassword: 'Repeat password',
  usernameHint: 'Letters, digits and @ . + - _, seen by everybody.',
  emailHint: 'For a lost password. Nobody else sees it.',
  passwordHint: 'At least 8 characters, not only digits, and none of the common ones.',
  newPassword: 'New password',
  incomplete: 'The link is not complete. Copy all of it from the mail.',
  forgotten: {
    title: 'Forgot your password?',
    lead: 'We mail you a link. With it you set a new one.',
    button: 'Send the link',
    sent: 'If the address belongs to an account, a mail is on its way. Its link is good for an hour.',
    unavailable: 'This site cannot send mail. Please ask the people who run it for a new password.',
    signIn: 'Back to signing in',
  },
  reset: {
    title: 'Set a new password',
    lead: 'It ends every session of your account, on all devices.',
    button: 'Set password',
    again: 'Send another link',
  },
  confirm: {
    title: 'Confirm your new address',
    lead: 'From then on your account has the address that this link was mailed to.',
    button: 'Confirm address',
  },
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
  newPassword: 'Neues Passwort',
  incomplete: 'Der Link ist nicht vollständig. Kopieren Sie ihn ganz aus der E-Mail.',
  forgotten: {
    title: 'Passwort vergessen?',
    lead: 'Wir schicken Ihnen einen Link. Mit ihm setzen Sie ein neues.',
    button: 'Link schicken',
    sent: 'Wenn die Adresse zu einem Konto gehört, ist eine E-Mail unterwegs. Ihr Link gilt eine Stunde.',
    unavailable:
      'Diese Website kann keine E-Mails verschicken. Bitte lassen Sie sich von den Betreibern ein neues Passwort geben.',
    signIn: 'Zurück zur Anmeldung',
  },
  reset: {
    title: 'Neues Passwort setzen',
    lead: 'Damit enden alle Sitzungen Ihres Kontos, auf allen Geräten.',
    button: 'Passwort setzen',
    again: 'Noch einen Link schicken',
  },
  confirm: {
    title: 'Neue Adresse bestätigen',
    lead: 'Danach hat Ihr Konto die Adresse, an die dieser Link geschickt wurde.',
    button: 'Adresse bestätigen',
  },
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
