import { formatsOf } from './formats.js';

const en = {
  label: 'Pages',
  previous: 'Previous',
  next: 'Next',
  page: (page: number) => `Page ${formatsOf('en').number(page)}`,
  position: (page: number, last: number) =>
    `Page ${formatsOf('en').number(page)} of ${formatsOf('en').number(last)}`,
  missing: (page: string) => `There is no page ${page}.`,
  goToLast: (last: number) => `Go to the last page, ${formatsOf('en').number(last)}`,
};

const de: typeof en = {
  label: 'Seiten',
  previous: 'Zurück',
  next: 'Weiter',
  page: (page) => `Seite ${formatsOf('de').number(page)}`,
  position: (page, last) => `Seite ${formatsOf('de').number(page)} von ${formatsOf('de').number(last)}`,
  missing: (page) => `Eine Seite ${page} gibt es nicht.`,
  goToLast: (last) => `Zur letzten Seite, ${formatsOf('de').number(last)}`,
};

/** Links between the pages of a list. */
export const paging = { en, de };
