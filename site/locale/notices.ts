const en = {
  signedOut: 'You are signed out.',
  welcome: 'Welcome! Your account is ready.',
  passwordReset: 'Your password is set. Sign in with it.',
  emailConfirmed: 'Your new email address is confirmed.',
  emailPending: 'A link is on its way to the new address. It counts once you follow the link.',
  signInExpired: 'That took too long. Please sign in again.',
  otpOn: 'The second factor is on. All other devices are signed out.',
  otpOff: 'The second factor is off. All other devices are signed out.',
  passwordChanged: 'Your password is changed. All other devices are signed out.',
  deviceEnded: 'The device is signed out.',
  signedOutEverywhere: 'You are signed out on all devices.',
  accountDeleted: 'Your account is deleted, with all that was yours.',
  saved: 'Your changes are saved.',
  posted: 'Your review is posted.',
  reviewSaved: 'Your review is saved.',
  reviewDeleted: 'Your review is deleted.',
  takenOff: 'The movie is off your watchlist.',
  reported: 'Thank you. A moderator will look at this review.',
};

const de: typeof en = {
  signedOut: 'Sie sind abgemeldet.',
  welcome: 'Willkommen! Ihr Konto ist bereit.',
  passwordReset: 'Ihr Passwort ist gesetzt. Melden Sie sich damit an.',
  emailConfirmed: 'Ihre neue E-Mail-Adresse ist bestätigt.',
  emailPending: 'Ein Link ist zur neuen Adresse unterwegs. Sie gilt, sobald Sie ihm folgen.',
  signInExpired: 'Das hat zu lange gedauert. Bitte melden Sie sich noch einmal an.',
  otpOn: 'Der zweite Faktor ist an. Alle anderen Geräte sind abgemeldet.',
  otpOff: 'Der zweite Faktor ist aus. Alle anderen Geräte sind abgemeldet.',
  passwordChanged: 'Ihr Passwort ist geändert. Alle anderen Geräte sind abgemeldet.',
  deviceEnded: 'Das Gerät ist abgemeldet.',
  signedOutEverywhere: 'Sie sind auf allen Geräten abgemeldet.',
  accountDeleted: 'Ihr Konto ist gelöscht, mit allem, was Ihres war.',
  saved: 'Ihre Änderungen sind gespeichert.',
  posted: 'Ihre Kritik ist veröffentlicht.',
  reviewSaved: 'Ihre Kritik ist gespeichert.',
  reviewDeleted: 'Ihre Kritik ist gelöscht.',
  takenOff: 'Der Film steht nicht mehr auf Ihrer Merkliste.',
  reported: 'Danke. Die Moderation sieht sich diese Kritik an.',
};

/** What a page says once after something was done. */
export const notices = { en, de };
