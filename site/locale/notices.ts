const en = {
  signedOut: 'You are signed out.',
  welcome: 'Welcome! Your account is ready.',
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
  saved: 'Ihre Änderungen sind gespeichert.',
  posted: 'Ihre Kritik ist veröffentlicht.',
  reviewSaved: 'Ihre Kritik ist gespeichert.',
  reviewDeleted: 'Ihre Kritik ist gelöscht.',
  takenOff: 'Der Film steht nicht mehr auf Ihrer Merkliste.',
  reported: 'Danke. Die Moderation sieht sich diese Kritik an.',
};

/** What a page says once after something was done. */
export const notices = { en, de };
