const en = {
  on: 'on',
  spoiler: 'This review gives the plot away. Show it',
  hidden: 'A moderator has hidden this review. Others do not see it, and it does not count.',
};

const de: typeof en = {
  on: 'über',
  spoiler: 'Diese Kritik verrät die Handlung. Anzeigen',
  hidden: 'Die Moderation hat diese Kritik verborgen. Andere sehen sie nicht, und sie zählt nicht.',
};

/** A review. */
export const review = { en, de };
