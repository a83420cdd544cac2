const en = {
  title: (site: string) => `${site}: latest reviews`,
  subtitle: 'The latest reviews of all movies.',
  memberTitle: (name: string, site: string) => `${site}: reviews by ${name}`,
  memberSubtitle: (name: string) => `The latest reviews by ${name}.`,
  spoiler: 'This review gives the plot away. It can be read on the site.',
};

const de: typeof en = {
  title: (site) => `${site}: neueste Kritiken`,
  subtitle: 'Die neuesten Kritiken zu allen Filmen.',
  memberTitle: (name, site) => `${site}: Kritiken von ${name}`,
  memberSubtitle: (name) => `Die neuesten Kritiken von ${name}.`,
  spoiler: 'Diese Kritik verrät die Handlung. Auf der Website kann man sie lesen.',
};

/** Feeds. */
export const feed = { en, de };
