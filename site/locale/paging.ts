import { formatsOf } from './formats.js';

const en = {
  label: 'Pages',
  previous: 'Previous',
  next: 'Next',
  position: (page: number, last: number) =>
    `Page ${formatsOf('en').number(page)} of ${formatsOf('en').number(last)}`,
};

const de: typeof en = {
  label: 'Seiten',
  previous: 'Zurück',
  next: 'Weiter',
  position: (page, last) => `Seite ${formatsOf('de').number(page)} von ${formatsOf('de').number(last)}`,
};

/** Links between the pages of a list. */
export const paging = { en, de };
