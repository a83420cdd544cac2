const en = {
  title: 'Search',
  heading: (text: string) => `Results for “${text}”`,
  hint: 'Write a title, or words of the story, into the search field above. Beginnings of words are enough.',
  browse: 'Browse all movies',
  none: (text: string) => `Nothing found for “${text}”.`,
  noneHint: 'Check the spelling, or try fewer words.',
  noWords: 'There is no letter and no digit in it, and those are what the search looks for.',
  didYouMean: 'Did you mean',
  faulty: 'This cannot be searched for.',
  suggestions: 'Suggestions',
  suggested: 'Suggestions: #. Choose with the arrow keys.',
};

const de: typeof en = {
  title: 'Suche',
  heading: (text) => `Treffer für „${text}“`,
  hint: 'Schreiben Sie einen Titel oder Wörter der Handlung in das Suchfeld oben. Wortanfänge genügen.',
  browse: 'Alle Filme durchstöbern',
  none: (text) => `Nichts gefunden zu „${text}“.`,
  noneHint: 'Prüfen Sie die Schreibweise, oder versuchen Sie es mit weniger Wörtern.',
  noWords: 'Darin ist kein Buchstabe und keine Ziffer, und nach denen sucht die Suche.',
  didYouMean: 'Meinten Sie',
  faulty: 'Danach lässt sich nicht suchen.',
  suggestions: 'Vorschläge',
  suggested: 'Vorschläge: #. Auswahl mit den Pfeiltasten.',
};

/** The search, and suggestions while typing. */
export const search = { en, de };
