// Texts of exports and imports.
import type { Translated } from './translation.js';

const en = {
  actions: { export: 'Export', import: 'Import' },
  components: {
    Export: {
      total: '{{formatted}} record, as filtered and sorted in the list.',
      total_other: '{{formatted}} records, as filtered and sorted in the list.',
      format: 'Format',
      formats: {
        csv: 'CSV',
        excel: 'CSV for Excel (with a byte order mark)',
        json: 'JSON',
        ndjson: 'NDJSON (a record a line)',
      },
      hint: 'In CSV files, texts that a spreadsheet would run as a formula have an apostrophe in front. An import takes it away again.',
      download: 'Download',
    },
    Import: {
      intro:
        'Import from CSV files in UTF-8, as exports have them. What is there already stays as it is, and only empty details of movies are filled in; importing twice adds nothing twice.',
      files: { platforms: 'Platforms', movies: 'Movies', reviews: 'Reviews' },
      hints: {
        platforms: 'Columns: name, about, website.',
        movies:
          'Columns: id (of your choice, for the file of reviews), title, storyline, platform (its name); may be absent: active, year, kind (movie or show), genres (separated by |), runtime (in minutes), imdb_id, created.',
        reviews:
          'Columns: username, watchlist, rating; may be absent: description, spoiler, active, created. "watchlist" is an id from the file of movies, or without one the ID of a movie here. Unknown users are made, without a password.',
      },
      tooLarge:
        'The files may have {{megabytes}} MB together. Import larger ones with "npm run import", or in parts.',
      check: 'Check',
      write: 'Import now',
      back: 'Back to the list',
      lost: 'The connection was lost. An import that had begun goes on: check again to see what is there.',
      ready: 'The files are in order. Nothing has been written yet.',
      nothing: 'The files are in order, and all that they hold is there already.',
      done: 'Imported.',
      faulty: '{{count}} fault was found. Nothing is written until the files are in order.',
      faulty_other: '{{count}} faults were found. Nothing is written until the files are in order.',
      faults: 'Faults',
      passedOver: 'Lines passed over',
      more: 'And {{count}} more.',
      columns: {
        kind: 'Records',
        added: 'Added',
        wouldBeAdded: 'Would be added',
        present: 'Already there',
        filled: 'Of these filled in',
        wouldBeFilled: 'Of these would be filled in',
        file: 'File',
        line: 'Line',
        field: 'Field',
        message: 'Message',
      },
      phases: {
        sending: 'Sending',
        reading: 'Reading',
        platforms: 'Platforms',
        movies: 'Movies',
        users: 'Users',
        reviews: 'Reviews',
      },
    },
  },
};

const de: Translated<typeof en> = {
  actions: { export: 'Exportieren', import: 'Importieren' },
  components: {
    Export: {
      total: '{{formatted}} Eintrag, gefiltert und sortiert wie in der Liste.',
      total_other: '{{formatted}} Einträge, gefiltert und sortiert wie in der Liste.',
      format: 'Format',
      formats: {
        csv: 'CSV',
        excel: 'CSV für Excel (mit Byte Order Mark)',
        json: 'JSON',
        ndjson: 'NDJSON (ein Eintrag je Zeile)',
      },
      hint: 'In CSV-Dateien steht vor Texten, die eine Tabellenkalkulation als Formel ausführen würde, ein Apostroph. Ein Import nimmt ihn wieder weg.',
      download: 'Herunterladen',
    },
    Import: {
      intro:
        'Import aus CSV-Dateien in UTF-8, wie Exporte sie haben. Was schon da ist, bleibt, wie es ist, nur leere Angaben zu Filmen werden ergänzt; ein zweiter Import fügt nichts doppelt hinzu.',
      files: { platforms: 'Plattformen', movies: 'Filme', reviews: 'Bewertungen' },
      hints: {
        platforms: 'Spalten: name, about, website.',
        movies:
          'Spalten: id (beliebig, für die Datei der Bewertungen), title, storyline, platform (ihr Name); fehlen dürfen: active, year, kind (movie oder show), genres (mit | getrennt), runtime (in Minuten), imdb_id, created.',
        reviews:
          'Spalten: username, watchlist, rating; fehlen dürfen: description, spoiler, active, created. „watchlist“ ist eine id aus der Datei der Filme oder, ohne diese, die Nummer eines Films hier. Unbekannte Benutzer werden ohne Passwort angelegt.',
      },
      tooLarge:
        'Die Dateien dürfen zusammen {{megabytes}} MB haben. Größere importiert „npm run import“, oder Sie teilen sie auf.',
      check: 'Prüfen',
      write: 'Jetzt importieren',
      back: 'Zurück zur Liste',
      lost: 'Die Verbindung ist abgebrochen. Ein begonnener Import läuft weiter: Prüfen Sie noch einmal, was da ist.',
      ready: 'Die Dateien sind in Ordnung. Noch ist nichts geschrieben.',
      nothing: 'Die Dateien sind in Ordnung, und alles daraus ist schon da.',
      done: 'Importiert.',
      faulty: '{{count}} Fehler gefunden. Geschrieben wird erst, wenn die Dateien in Ordnung sind.',
      faulty_other: '{{count}} Fehler gefunden. Geschrieben wird erst, wenn die Dateien in Ordnung sind.',
      faults: 'Fehler',
      passedOver: 'Übergangene Zeilen',
      more: 'Und {{count}} weitere.',
      columns: {
        kind: 'Einträge',
        added: 'Hinzugefügt',
        wouldBeAdded: 'Würden hinzugefügt',
        present: 'Schon da',
        filled: 'Davon ergänzt',
        wouldBeFilled: 'Davon würden ergänzt',
        file: 'Datei',
        line: 'Zeile',
        field: 'Feld',
        message: 'Meldung',
      },
      phases: {
        sending: 'Senden',
        reading: 'Lesen',
        platforms: 'Plattformen',
        movies: 'Filme',
        users: 'Benutzer',
        reviews: 'Bewertungen',
      },
    },
  },
};

export const importExport = { en, de };
