import type { OperationTexts } from './operation-text.js';

export const accountTexts: OperationTexts = {
  'POST /account/register/': {
    id: 'register',
    tag: 'Accounts',
    summary: 'Sign up',
    description: 'Makes an account and logs it in: the answer has a token. All faults are told at once.',
  },
  'POST /account/login/': {
    id: 'logIn',
    tag: 'Logins',
    summary: 'Log in for a token',
    description:
      'Gives a new token of the user; those of other devices go on working. A wrong username and a wrong password are the same 400. Attempts are limited per address and per username. Where the account has a second factor, the right password without a code is a 400 that asks for `otp`.',
  },
  'POST /account/logout/': {
    id: 'logOut',
    tag: 'Logins',
    summary: 'Log out',
    description:
      'Ends the login that this request came with: its token, or with a JWT that access token and its refresh tokens.',
  },
  'POST /account/logout-all/': {
    id: 'logOutEverywhere',
    tag: 'Logins',
    summary: 'Log out everywhere',
    description: 'Ends every token, JWT and session of the user, this request’s too.',
  },
  'POST /account/token/': {
    id: 'logInForJwt',
    tag: 'Logins',
    summary: 'Log in for JSON web tokens',
    description:
      'Gives an access token for the `Authorization: Bearer` header, and a refresh token to get the next pair with. Where the account has a second factor, the right password without a code is a 401 with `otp_required`.',
  },
  'POST /account/token/refresh/': {
    id: 'refreshJwt',
    tag: 'Logins',
    summary: 'Exchange a refresh token',
    description:
      'Gives a new pair and spends the refresh token. One that was spent before is a 401 and ends all that came from the same login: somebody may have stolen it.',
  },
  'GET /account/me/': {
    id: 'getAccount',
    tag: 'Accounts',
    summary: 'Read one’s account',
    description: 'Whose token this is.',
  },
  'PATCH /account/me/': {
    id: 'updateAccount',
    tag: 'Accounts',
    summary: 'Change one’s e-mail address',
    description:
      'Asks for the password. The address changes when the link that is mailed to it is followed; where no mail can be sent, at once. A new address voids a mailed password reset.',
  },
  'GET /account/email/confirm/': {
    id: 'confirmEmail',
    tag: 'Accounts',
    summary: 'Confirm an e-mail address',
    description: 'The link that is mailed to a new address where there is no site. It works once, for a day.',
  },
  'POST /account/email/confirm/': {
    id: 'confirmEmailByToken',
    tag: 'Accounts',
    summary: 'Confirm an e-mail address by its token',
    description: 'For the page that the mailed link leads to, and for apps. The token works once, for a day.',
  },
  'DELETE /account/me/': {
    id: 'deleteAccount',
    tag: 'Accounts',
    summary: 'Delete one’s account',
    description:
      'Removes the account, its reviews and their weight in the ratings, at once and for good. The password is asked for again.',
  },
  'POST /account/password/': {
    id: 'changePassword',
    tag: 'Accounts',
    summary: 'Change one’s password',
    description: 'Every other token, JWT and session of the user ends; this request’s login goes on.',
  },
  'POST /account/otp/': {
    id: 'setUpOtp',
    tag: 'Accounts',
    summary: 'Set up a second factor',
    description:
      'Gives the secret for an authenticator app (TOTP, RFC 6238: SHA-1, 6 digits, 30 seconds). Nothing asks for codes yet: a code confirms it, within an hour. What was begun before is void.',
  },
  'POST /account/otp/confirm/': {
    id: 'confirmOtp',
    tag: 'Accounts',
    summary: 'Switch the second factor on',
    description:
      'By a code of the app that was set up. From then on logins ask for `otp`. Every other token, JWT and session of the user ends. The recovery codes are shown this once.',
  },
  'DELETE /account/otp/': {
    id: 'removeOtp',
    tag: 'Accounts',
    summary: 'Switch the second factor off',
    description:
      'Asks for the password and a code; a recovery code will do. Every other token, JWT and session of the user ends. 404 where it is not on.',
  },
  'GET /account/tokens/': {
    id: 'listTokens',
    tag: 'Logins',
    summary: 'List one’s tokens',
    description: 'The devices that are logged in by a token. The keys themselves are never shown.',
  },
  'DELETE /account/tokens/:id/': {
    id: 'deleteToken',
    tag: 'Logins',
    summary: 'Log another device out',
    description: 'Ends that token from the next request on. Another user’s token is a 404.',
  },
  'POST /account/password-reset/': {
    id: 'requestPasswordReset',
    tag: 'Accounts',
    summary: 'Ask for a password reset',
    description:
      'Mails a token to the address if it belongs to an account. The answer is the same if it does not. Where the server cannot send mail it is a 503.',
  },
  'POST /account/password-reset/confirm/': {
    id: 'resetPassword',
    tag: 'Accounts',
    summary: 'Set a new password by a mailed token',
    description:
      'The token works once, for an hour. Every token, JWT and session of the user ends; log in with the new password.',
  },
  'GET /account/saved/': {
    id: 'listSavedMovies',
    tag: 'Accounts',
    summary: 'List one’s saved movies',
    description:
      'A page of the movies that one wants to see, the last saved first. Filters, search and orders are those of the list of movies. Nobody else sees this list.',
  },
  'POST /account/import/': {
    id: 'importData',
    tag: 'Accounts',
    summary: 'Bring one’s ratings along',
    description:
      'Takes ratings, reviews and watchlists of Letterboxd (`ratings.csv`, `reviews.csv`, `watchlist.csv`, or its whole ZIP), IMDb (`ratings.csv`, `watchlist.csv`), Trakt (JSON) and of an export of Marquee, all or nothing. Movies are found by their ids on IMDb, else by title and year, else by a title that only one has. Half stars count up. Lines in `faults` and `unmatched` are left out, all others are imported. The file is at most 10 MB and 50,000 lines.',
  },
  'GET /account/export/': {
    id: 'exportData',
    tag: 'Accounts',
    summary: 'Take all of one’s data away',
    description:
      'A ZIP archive of CSV files: `profile`, `reviews`, `saved`, `helpful` and `reports`, all of one moment. `reviews.csv` and `saved.csv` have the columns that Letterboxd imports, and more, with which another Marquee takes them back as they are. A text that a spreadsheet would run as a formula has an apostrophe before it, which the import takes away.',
  },
  'GET /account/marks/': {
    id: 'getMarks',
    tag: 'Accounts',
    summary: 'Ask what one has marked',
    description:
      'Which of these movies one has saved, and which of these reviews one finds helpful: for the buttons of a page. An id that does not exist is not marked.',
  },
  'PUT /account/saved/:id/': {
    id: 'saveMovie',
    tag: 'Accounts',
    summary: 'Save a movie',
    description: 'Puts the movie on one’s list. One that is on it stays where it is.',
  },
  'DELETE /account/saved/:id/': {
    id: 'forgetMovie',
    tag: 'Accounts',
    summary: 'Take a movie off one’s saved movies',
    description: 'Also where it is not on the list.',
  },
};
