import * as landscapes from './landscapes.js';
import * as living from './living.js';
import { PALETTES } from './palettes.js';
import type { Motif } from './pen.js';
import * as places from './places.js';
import * as signs from './signs.js';
import * as things from './things.js';

/** A poster's picture, and its colours. */
export type Design = readonly [motif: Motif, palette: keyof typeof PALETTES];

/**
 * The posters of the demo catalogue, by title. A quarter of the films have none, so that pages show what a film without a
 * poster looks like, too.
 */
export const designs: Readonly<Record<string, Design>> = {
  'Pather Panchali': [landscapes.trainBehindGrass, 'ochre'],
  'La Haine': [places.windows, 'ink'],
  'Trois couleurs : Bleu': [signs.glassDrops, 'sky'],
  Amélie: [living.raspberries, 'mint'],
  '기생충 (Parasite)': [places.stairs, 'forest'],
  'ドライブ・マイ・カー (Drive My Car)': [things.carFromAbove, 'ice'],
  'The Godfather': [things.oranges, 'ember'],
  "Schindler's List": [things.candle, 'night'],
  'Pulp Fiction': [things.briefcase, 'brick'],
  'The Shawshank Redemption': [places.holeInWall, 'sand'],
  Fargo: [landscapes.snowRoad, 'ice'],
  'The Big Lebowski': [things.bowling, 'mint'],
  'Lost in Translation': [places.cityLights, 'plum'],
  'There Will Be Blood': [things.derrick, 'ochre'],
  '(500) Days of Summer': [signs.calendar, 'paper'],
  Moonlight: [landscapes.moonInWater, 'sea'],
  Nomadland: [landscapes.road, 'dusk'],
  Aftersun: [landscapes.sunOverSea, 'sky'],
  Psycho: [signs.drain, 'ice'],
  Jaws: [landscapes.fin, 'sky'],
  'The Shining': [places.corridor, 'brick'],
  Se7en: [signs.sevenBars, 'paper'],
  'The Blair Witch Project': [landscapes.trunks, 'night'],
  "El laberinto del fauno (Pan's Labyrinth)": [signs.maze, 'forest'],
  '[•REC]': [signs.lens, 'paper'],
  'Låt den rätte komma in': [landscapes.birches, 'ice'],
  'Get Out': [things.teacup, 'sea'],
  '2001: A Space Odyssey': [signs.alignment, 'night'],
  'Сталкер (Stalker)': [landscapes.rails, 'forest'],
  Alien: [living.egg, 'forest'],
  'Blade Runner': [places.cityInRain, 'plum'],
  'The Matrix': [signs.fallingSigns, 'forest'],
  Gattaca: [signs.helix, 'sea'],
  Moon: [signs.moon, 'night'],
  Interstellar: [signs.planet, 'night'],
  'Mad Max: Fury Road': [landscapes.dunes, 'dusk'],
  Arrival: [signs.inkRing, 'paper'],
  'Everything Everywhere All at Once': [signs.everythingRing, 'rose'],
  'E.T. the Extra-Terrestrial': [landscapes.beam, 'night'],
  'となりのトトロ (My Neighbor Totoro)': [landscapes.treeInRain, 'mint'],
  'The Lion King': [landscapes.savanna, 'sand'],
  'Chicken Run': [living.eggs, 'sand'],
  '千と千尋の神隠し (Spirited Away)': [landscapes.trainOnWater, 'mint'],
  Ratatouille: [things.pot, 'rose'],
  'WALL·E': [things.sprout, 'night'],
  Up: [things.balloons, 'sky'],
  'Paddington 2': [things.jarAndHat, 'sky'],
  'The Princess Bride': [places.castle, 'dusk'],
  'Die Hard': [places.tower, 'night'],
  'Groundhog Day': [signs.mornings, 'sky'],
  Titanic: [landscapes.iceberg, 'night'],
  'The Lord of the Rings: The Fellowship of the Ring': [landscapes.ringOverMountains, 'mint'],
  'The Dark Knight': [places.searchlight, 'night'],
  RRR: [signs.fireAndWater, 'sand'],
  Metropolis: [places.machineCity, 'ochre'],
  M: [things.balloonInWires, 'paper'],
  'City Lights': [places.stage, 'brick'],
  'Citizen Kane': [things.snowGlobe, 'night'],
  Casablanca: [places.airfield, 'sand'],
  'Ladri di biciclette': [things.bicycle, 'rose'],
  '羅生門 (Rashomon)': [places.brokenGate, 'ice'],
  "Singin' in the Rain": [places.lampInRain, 'sky'],
  '東京物語 (Tokyo Story)': [places.seaWall, 'rose'],
  '12 Angry Men': [signs.jury, 'brick'],
};
