import type { Translated } from './translation.js';

const en = {
  actions: { list: 'Genres', merge: 'Merge', mergeSelected: 'Merge' },
  properties: { name: 'Name', watchlist_count: 'Movies', merge_into: 'Merge into' },
  messages: {
    help: {
      name: 'At most 40 characters; no two genres share one.',
      merge_into: 'The genre that their movies get instead. Type to search.',
    },
    confirmDelete: 'Do you really want to delete this genre? It goes only if no movie has it.',
    mergeAbout: 'Their movies get another genre in their place, and they are deleted.',
    mergeDone: 'Merged: {{count}}',
  },
};

const de: Translated<typeof en> = {
  actions: { list: 'Genres', merge: 'Zusammenlegen', mergeSelected: 'Zusammenlegen' },
  properties: { name: 'Name', watchlist_count: 'Filme', merge_into: 'Aufgehen in' },
  messages: {
    help: {
      name: 'Höchstens 40 Zeichen; keine zwei Genres heißen gleich.',
      merge_into: 'Das Genre, das ihre Filme stattdessen bekommen. Tippen, um zu suchen.',
    },
    confirmDelete: 'Soll dieses Genre wirklich gelöscht werden? Es geht nur, wenn kein Film es hat.',
    mergeAbout: 'Ihre Filme bekommen stattdessen ein anderes Genre, und sie werden gelöscht.',
    mergeDone: 'Zusammengelegt: {{count}}',
  },
};

export const genres = { en, de };
