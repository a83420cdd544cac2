const en = {
  heading: {
    400: 'This address does not work',
    401: 'Please sign in',
    403: 'Not allowed',
    404: 'Page not found',
    405: 'This does not work here',
    410: 'This page is gone',
    413: 'Too large',
    429: 'Too many requests',
    500: 'Something went wrong',
    503: 'One moment, please',
  } as Record<number, string>,
  explanation: {
    400: 'Something in the address or the form is wrong.',
    401: 'This page is for members.',
    403: 'You are not allowed to do this.',
    404: 'There is nothing at this address. It may have been moved or deleted.',
    405: 'The page exists, but not for what was asked of it.',
    413: 'What was sent is too large.',
    429: 'That was a lot in a short time. Please wait a little and try again.',
    500: 'The fault is ours and is in our log. Please try again later.',
    503: 'The site is busy or being maintained. Please try again in a few seconds.',
  } as Record<number, string>,
  crossSite: 'This form was sent by another site, so nothing was done.',
  reference: 'Reference',
  home: 'Go to the home page',
  inForm: 'Please correct the following:',
};

const de: typeof en = {
  heading: {
    400: 'Diese Adresse geht so nicht',
    401: 'Bitte anmelden',
    403: 'Nicht erlaubt',
    404: 'Seite nicht gefunden',
    405: 'Das geht hier nicht',
    410: 'Diese Seite gibt es nicht mehr',
    413: 'Zu groß',
    429: 'Zu viele Anfragen',
    500: 'Etwas ist schiefgegangen',
    503: 'Einen Moment, bitte',
  },
  explanation: {
    400: 'In der Adresse oder im Formular stimmt etwas nicht.',
    401: 'Diese Seite ist für Mitglieder.',
    403: 'Das dürfen Sie nicht.',
    404: 'Unter dieser Adresse gibt es nichts. Vielleicht ist es verschoben oder gelöscht worden.',
    405: 'Die Seite gibt es, aber nicht für das, was verlangt wurde.',
    413: 'Was gesendet wurde, ist zu groß.',
    429: 'Das war viel in kurzer Zeit. Bitte warten Sie etwas und versuchen es noch einmal.',
    500: 'Der Fehler liegt bei uns und steht in unserem Protokoll. Bitte versuchen Sie es später noch einmal.',
    503: 'Die Seite ist überlastet oder wird gewartet. Bitte versuchen Sie es in ein paar Sekunden noch einmal.',
  },
  crossSite: 'Dieses Formular kam von einer anderen Website, deshalb ist nichts geschehen.',
  reference: 'Kennung',
  home: 'Zur Startseite',
  inForm: 'Bitte berichtigen:',
};

/** Refusals and faults. */
export const errors = { en, de };
