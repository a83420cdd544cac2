import { reviews } from './reviews.js';

/** The moderation queue lists reviews and shares their texts. */
export const moderationQueue = {
  en: {
    ...reviews.en,
    actions: { ...reviews.en.actions, list: 'Moderation queue' },
    messages: { ...reviews.en.messages, noRecordsInResource: 'Nothing is waiting for a decision.' },
  },
  de: {
    ...reviews.de,
    actions: { ...reviews.de.actions, list: 'Gemeldet' },
    messages: { ...reviews.de.messages, noRecordsInResource: 'Es gibt nichts zu entscheiden.' },
  },
};
