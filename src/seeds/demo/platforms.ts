import type { DemoFilm } from './demo-film.js';
import { kinoBoulevard } from './films/kino-boulevard.js';
import { lantern } from './films/lantern.js';
import { nightreel } from './films/nightreel.js';
import { orbitOne } from './films/orbit-one.js';
import { paperboat } from './films/paperboat.js';
import { popcornRepublic } from './films/popcorn-republic.js';
import { silverNitrate } from './films/silver-nitrate.js';

/** A platform of the demo catalogue. All are invented, so that imports of real platforms do not collide with them. */
export interface DemoPlatform {
  name: string;
  about: string;
  website: string;
  films: readonly DemoFilm[];
}

export const demoPlatforms: readonly DemoPlatform[] = [
  {
    name: 'Lantern',
    about: 'Dramas worth staying up for, picked by people and not by a machine.',
    website: 'https://lantern.example',
    films: lantern,
  },
  {
    name: 'Popcorn Republic',
    about: 'Big screens, big feelings: the crowd-pleasers, every one of them in one place.',
    website: 'https://popcorn-republic.example',
    films: popcornRepublic,
  },
  {
    name: 'Kino Boulevard',
    about: 'World cinema with the subtitles done properly. A new country every Thursday.',
    website: 'https://kino-boulevard.example',
    films: kinoBoulevard,
  },
  {
    name: 'Orbit One',
    about: 'Science fiction from rocket ships to quiet rooms with the wrong number of moons.',
    website: 'https://orbit-one.example',
    films: orbitOne,
  },
  {
    name: 'Nightreel',
    about: 'Thrillers and horror after dark. Leave a light on in the hall.',
    website: 'https://nightreel.example',
    films: nightreel,
  },
  {
    name: 'Paperboat',
    about: 'Films for children that their parents ask to see again.',
    website: 'https://paperboat.example',
    films: paperboat,
  },
  {
    name: 'Silver Nitrate',
    about: 'The first half of film history, restored and looked after.',
    website: 'https://silver-nitrate.example',
    films: silverNitrate,
  },
  {
    name: 'Café Lumière',
    about: 'Short films and documentaries, from next season on. Nothing on the shelves yet.',
    website: 'https://cafe-lumiere.example',
    films: [],
  },
];
