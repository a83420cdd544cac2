/** Devices that have names like things, not like systems. */
const THINGS = new Set(['iPhone', 'iPad']);

const en = {
  title: 'Settings',
  present: 'Present password',
  email: {
    heading: 'Email',
    lead: 'Links for a lost password go there. Nobody else sees it.',
    lock: 'We ask for your password, so that nobody takes your account over on a device you left open.',
    button: 'Change email',
  },
  password: {
    heading: 'Password',
    lead: 'A new one ends every session but this one.',
    button: 'Change password',
  },
  secondFactor: {
    heading: 'Second factor',
    lead: 'Whoever knows your password still needs a code of an app on your phone. It ends every session but this one.',
    on: 'On',
    off: 'It is off.',
    setUp: 'Set up',
    switchOff: 'Switch off',
    offHint: 'We ask for both, so that nobody switches it off on a device you left open.',
    confirm: {
      title: 'Set up the second factor',
      lead: 'You need an authenticator app, such as the one of your password manager.',
      scan: 'Scan this code with the app.',
      qr: 'A square to scan with your authenticator app',
      type: 'Or type this key into it:',
      open: 'Open the app on this device',
      hint: 'The six digits that the app shows then.',
      button: 'Switch on',
      cancel: 'Cancel',
    },
    codes: {
      title: 'Keep your recovery codes',
      lead: 'The second factor is on. Each of these signs you in once without the app. They are shown only now: print them or keep them in your password manager.',
      copy: 'Copy',
      copied: 'Copied',
      print: 'Print',
      button: 'I have kept them',
    },
  },
  devices: {
    heading: 'Devices',
    lead: 'Where you are signed in, by this site or by an app. End what you do not know, and change your password.',
    this: 'This device',
    unknown: 'Unknown app',
    name: (browser: string, system: string) => `${browser} on ${system}`,
    created: 'Signed in',
    lastUsed: 'Last used',
    end: 'Sign out',
    endNamed: (name: string) => `Sign out: ${name}`,
    everywhere: 'Sign out everywhere',
    everywhereHint: 'Ends all of these, this device too, and whatever an app or the back-office has open.',
  },
  shown: {
    heading: 'What others see',
    lead: 'Everybody sees your profile: your username, the day you joined, your ratings and reviews, and figures made of them.',
    hidden:
      'Nobody else sees your email address, your watchlist, whom you found helpful and what you reported.',
    profile: 'See your profile',
  },
  delete: {
    heading: 'Delete account',
    lead: 'At once and for good. With your account go',
    goes: [
      'your reviews and ratings, and their weight in every movie’s rating,',
      'your watchlist, your “Helpful” marks and your reports,',
      'your profile, your email address and every session.',
    ],
    button: 'Delete account',
  },
};

const de: typeof en = {
  title: 'Einstellungen',
  present: 'Jetziges Passwort',
  email: {
    heading: 'E-Mail-Adresse',
    lead: 'Dorthin geht der Link, wenn Sie Ihr Passwort vergessen. Niemand sonst sieht sie.',
    lock: 'Wir fragen nach Ihrem Passwort, damit niemand Ihr Konto an einem offenen Gerät übernimmt.',
    button: 'E-Mail-Adresse ändern',
  },
  password: {
    heading: 'Passwort',
    lead: 'Ein neues beendet jede Sitzung außer dieser.',
    button: 'Passwort ändern',
  },
  secondFactor: {
    heading: 'Zweiter Faktor',
    lead: 'Wer Ihr Passwort kennt, braucht dann noch einen Code aus einer App auf Ihrem Telefon. Das beendet jede Sitzung außer dieser.',
    on: 'An',
    off: 'Er ist aus.',
    setUp: 'Einrichten',
    switchOff: 'Ausschalten',
    offHint: 'Wir fragen nach beidem, damit ihn niemand an einem offenen Gerät ausschaltet.',
    confirm: {
      title: 'Zweiten Faktor einrichten',
      lead: 'Sie brauchen eine Authenticator-App, etwa die Ihres Passwort-Managers.',
      scan: 'Scannen Sie diesen Code mit der App.',
      qr: 'Ein Quadrat zum Scannen mit Ihrer Authenticator-App',
      type: 'Oder tippen Sie diesen Schlüssel ein:',
      open: 'Die App auf diesem Gerät öffnen',
      hint: 'Die sechs Ziffern, die die App dann zeigt.',
      button: 'Einschalten',
      cancel: 'Abbrechen',
    },
    codes: {
      title: 'Codes aufbewahren',
      lead: 'Der zweite Faktor ist an. Jeder dieser Codes meldet Sie einmal ohne die App an. Sie werden nur jetzt gezeigt: Drucken Sie sie aus oder bewahren Sie sie in Ihrem Passwort-Manager auf.',
      copy: 'Kopieren',
      copied: 'Kopiert',
      print: 'Drucken',
      button: 'Ich habe sie aufbewahrt',
    },
  },
  devices: {
    heading: 'Geräte',
    lead: 'Wo Sie angemeldet sind, auf dieser Website oder mit einer App. Beenden Sie, was Sie nicht kennen, und ändern Sie Ihr Passwort.',
    this: 'Dieses Gerät',
    unknown: 'Unbekannte App',
    name: (browser, system) =>
      THINGS.has(system) ? `${browser} auf dem ${system}` : `${browser} unter ${system}`,
    created: 'Angemeldet',
    lastUsed: 'Zuletzt benutzt',
    end: 'Abmelden',
    endNamed: (name) => `Abmelden: ${name}`,
    everywhere: 'Überall abmelden',
    everywhereHint:
      'Beendet alle diese Sitzungen, auch die auf diesem Gerät, und was eine App oder die Verwaltung offen hat.',
  },
  shown: {
    heading: 'Was andere sehen',
    lead: 'Alle sehen Ihr Profil: Ihren Benutzernamen, den Tag Ihrer Registrierung, Ihre Bewertungen und Kritiken und Zahlen daraus.',
    hidden:
      'Niemand sonst sieht Ihre E-Mail-Adresse, Ihre Merkliste, wen Sie hilfreich fanden und was Sie gemeldet haben.',
    profile: 'Ihr Profil ansehen',
  },
  delete: {
    heading: 'Konto löschen',
    lead: 'Sofort und endgültig. Mit Ihrem Konto verschwinden',
    goes: [
      'Ihre Kritiken und Bewertungen samt ihrem Gewicht in der Bewertung jedes Films,',
      'Ihre Merkliste, was Sie hilfreich fanden und was Sie gemeldet haben,',
      'Ihr Profil, Ihre E-Mail-Adresse und jede Sitzung.',
    ],
    button: 'Konto löschen',
  },
};

/** A member's settings. */
export const settings = { en, de };
