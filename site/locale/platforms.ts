const en = {
  title: 'Platforms',
  description: 'The streaming platforms, and the movies and shows that each of them has.',
  empty: 'There are no platforms yet.',
  movies: (platform: string) => `Movies on ${platform}`,
  about: (platform: string, about: string) => `${platform}: ${about}`,
  none: 'This platform has no movies yet.',
  filter: 'Filter these movies',
};

const de: typeof en = {
  title: 'Plattformen',
  description: 'Die Streaming-Plattformen und die Filme und Serien, die jede von ihnen hat.',
  empty: 'Es gibt noch keine Plattformen.',
  movies: (platform) => `Filme bei ${platform}`,
  about: (platform, about) => `${platform}: ${about}`,
  none: 'Diese Plattform hat noch keine Filme.',
  filter: 'Diese Filme filtern',
};

/** The platforms. */
export const platforms = { en, de };
