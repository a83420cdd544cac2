const en = {
  exportHeading: 'Export',
  exportLead:
    'All that is yours as a ZIP of tables: your reviews and ratings, your watchlist, what you found helpful and what you reported. Letterboxd and any other site like this one can import it.',
  exportButton: 'Export my data',
  heading: 'Import',
  lead: 'Bring your ratings, reviews and watchlist along from Letterboxd, IMDb, Trakt or another site like this one. First we only check the file and tell you what would come of it.',
  file: 'File',
  fileHint:
    'The whole ZIP, or ratings.csv, reviews.csv, watchlist.csv, or Trakt’s JSON. At most 10 MB. Half stars count up.',
  overwrite: 'Replace what I have rated here already',
  check: 'Check file',
  checked: 'Your file is checked',
  checkedLead: 'Nothing is written yet. This is what an import would do.',
  nothingNew: 'There is nothing to import: all that was found is here already, or cannot be matched.',
  button: 'Import',
  done: 'Your import is done',
  added: 'New ratings and reviews',
  updated: 'Replaced',
  savedAdded: 'New on your watchlist',
  already: 'Stay as they are',
  unmatched: 'Not found here',
  faults: 'Left out',
  notes: 'Good to know',
  place: (file: string, line: number) => `${file}, line ${line}`,
  more: (count: string) => `And ${count} more.`,
  again: 'Check another file',
  back: 'Back to the settings',
  seeProfile: 'See your profile',
  seeWatchlist: 'See your watchlist',
};

const de: typeof en = {
  exportHeading: 'Export',
  exportLead:
    'Alles, was Ihres ist, als ZIP mit Tabellen: Ihre Kritiken und Bewertungen, Ihre Merkliste, was Sie hilfreich fanden und was Sie gemeldet haben. Letterboxd und jede andere Website wie diese können es importieren.',
  exportButton: 'Meine Daten exportieren',
  heading: 'Import',
  lead: 'Bringen Sie Bewertungen, Kritiken und Merkliste von Letterboxd, IMDb, Trakt oder einer anderen Website wie dieser mit. Zuerst prüfen wir die Datei nur und sagen Ihnen, was daraus würde.',
  file: 'Datei',
  fileHint:
    'Das ganze ZIP oder ratings.csv, reviews.csv, watchlist.csv oder das JSON von Trakt. Höchstens 10 MB. Halbe Sterne werden aufgerundet.',
  overwrite: 'Ersetzen, was ich hier schon bewertet habe',
  check: 'Datei prüfen',
  checked: 'Ihre Datei ist geprüft',
  checkedLead: 'Noch ist nichts geschrieben. Das würde ein Import tun.',
  nothingNew:
    'Es gibt nichts zu importieren: Alles, was gefunden wurde, ist schon hier, oder es lässt sich nicht zuordnen.',
  button: 'Importieren',
  done: 'Ihr Import ist fertig',
  added: 'Neue Bewertungen und Kritiken',
  updated: 'Ersetzt',
  savedAdded: 'Neu auf Ihrer Merkliste',
  already: 'Bleiben, wie sie sind',
  unmatched: 'Hier nicht gefunden',
  faults: 'Ausgelassen',
  notes: 'Gut zu wissen',
  place: (file, line) => `${file}, Zeile ${line}`,
  more: (count) => `Und ${count} mehr.`,
  again: 'Eine andere Datei prüfen',
  back: 'Zurück zu den Einstellungen',
  seeProfile: 'Ihr Profil ansehen',
  seeWatchlist: 'Ihre Merkliste ansehen',
};

/** Bringing one's own data along, and taking it away. */
export const importing = { en, de };
