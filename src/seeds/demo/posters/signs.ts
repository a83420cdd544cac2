import {
  circle,
  faded,
  type Motif,
  oval,
  rect,
  ring,
  scattered,
  shape,
  stars,
  stroke,
  times,
  turned,
  WIDTH,
} from './pen.js';

/** Spheres in one line, and a slab before them. */
export const alignment: Motif = ({ deep, mid, accent, light }) =>
  stars(40, light, 750, 1.8) +
  circle(250, 640, 230, mid) +
  circle(250, 250, 76, accent) +
  circle(250, 110, 34, light) +
  rect(206, 300, 88, 330, deep);

/** A planet with its ring, and something small on its way there. */
export const planet: Motif = ({ deep, mid, accent, light }) =>
  stars(70, light, 750, 2) +
  turned(-24, 250, 330, oval(250, 330, 225, 62, mid), oval(250, 330, 190, 46, deep)) +
  circle(250, 330, 122, accent) +
  shape('M250 208A122 122 0 0 1 250 452A190 190 0 0 0 250 208Z', light) +
  turned(-24, 250, 330, shape('M25 330A225 62 0 0 0 475 330L440 330A190 46 0 0 1 60 330Z', mid)) +
  turned(
    40,
    110,
    640,
    rect(98, 624, 24, 24, light),
    rect(62, 630, 30, 12, accent),
    rect(128, 630, 30, 12, accent),
  );

/** A moon that fills the sheet, and one set of footprints. */
export const moon: Motif = ({ deep, mid, accent, light }) =>
  stars(50, light, 300, 2) +
  circle(250, 640, 400, light) +
  times(9, (index) =>
    faded(
      0.7,
      oval(
        60 + scattered(index) * 380,
        340 + scattered(index + 5) * 380,
        18 + scattered(index + 9) * 42,
        9 + scattered(index + 9) * 20,
        mid,
      ),
    ),
  ) +
  times(9, (index) =>
    oval(252 + (index % 2) * 22 + index * 4, 720 - index * 42, 8 - index * 0.5, 13 - index * 0.9, deep),
  ) +
  circle(120, 110, 44, accent);

/** A ring of ink, not closed, with its splashes. */
export const inkRing: Motif = ({ deep, mid, accent, light }) =>
  faded(0.6, oval(250, 640, 200, 30, mid)) +
  stroke('M196 196A170 170 0 1 0 330 206', deep, 34) +
  times(22, (index) => {
    const angle = -1 + scattered(index) * 5.2;
    const far = 176 + scattered(index + 8) * 46;
    return circle(
      250 + Math.cos(angle) * far,
      360 + Math.sin(angle) * far,
      3 + scattered(index + 3) * 13,
      deep,
    );
  }) +
  rect(243, 590, 14, 46, accent, 7) +
  circle(250, 580, 9, accent) +
  faded(0.9, rect(0, 690, WIDTH, 60, light));

/** Columns of signs that fall. */
export const fallingSigns: Motif = ({ deep, mid, accent, light }) =>
  times(17, (column) => {
    const length = 8 + Math.floor(scattered(column) * 18);
    const from = scattered(column + 40) * 260 - 60;
    return times(length, (row) => {
      const isHead = row === length - 1;
      const color = isHead ? light : scattered(column * 41 + row) > 0.8 ? accent : mid;
      return faded(
        0.25 + (0.75 * row) / length,
        rect(14 + column * 29, from + row * 24, 6 + scattered(column * 7 + row) * 12, 16, color),
      );
    });
  }) + rect(0, 0, 0, 0, deep);

const x = (step: number, phase: number) => 250 + Math.sin(step * 0.36 + phase) * 120;
const y = (step: number) => 50 + step * 27;
const strand = (phase: number) =>
  `M${Array.from({ length: 25 }, (_, step) => `${x(step, phase).toFixed(1)} ${y(step)}`).join('L')}`;

/** Two strands about each other. */
export const helix: Motif = ({ deep, mid, accent, light }) => {
  return (
    times(25, (step) => stroke(`M${x(step, 0)} ${y(step)}L${x(step, Math.PI)} ${y(step)}`, mid, 5)) +
    stroke(strand(0), accent, 16) +
    stroke(strand(Math.PI), light, 16) +
    times(25, (step) => circle(x(step, 0), y(step), 9, deep))
  );
};

/** A round table of many, where one sees it otherwise. */
export const jury: Motif = ({ deep, mid, accent, light }) =>
  rect(175, 150, 150, 450, light, 20) +
  times(
    6,
    (index) =>
      (index < 5 ? circle(118, 190 + index * 92, 34, deep) : '') +
      (index < 5 ? circle(382, 190 + index * 92, 34, index === 3 ? accent : deep) : ''),
  ) +
  circle(250, 92, 34, deep) +
  circle(250, 658, 34, deep) +
  times(
    5,
    (index) =>
      rect(194, 178 + index * 92, 34, 24, mid) +
      rect(272, 178 + index * 92, 34, 24, index === 3 ? accent : mid),
  );

/** A maze, and the way to its middle. */
export const maze: Motif = ({ deep, mid, accent, light }) =>
  times(6, (index) => {
    const radius = 54 + index * 33;
    const gap = (index * 137) % 360;
    return turned(
      gap,
      250,
      360,
      `<circle cx="250" cy="360" r="${radius}" fill="none" stroke="${index % 2 ? light : mid}" stroke-width="11" stroke-dasharray="${(radius * 5.6).toFixed(0)} ${(radius * 0.6832).toFixed(0)}"/>`,
    );
  }) +
  times(5, (index) => turned(60 + index * 88, 250, 360, rect(250 + 54 + index * 33, 356, 33, 9, light))) +
  circle(250, 360, 24, accent) +
  circle(250, 640, 11, accent) +
  faded(0.6, oval(250, 690, 150, 14, deep));

/** A day for each square; the colour of each is how it went. */
export const calendar: Motif = ({ deep, mid, accent, light }) =>
  times(500, (day) => {
    const share = scattered(day);
    const mood = day < 180 ? [accent, light, accent] : day < 320 ? [mid, accent, light] : [deep, mid, deep];
    return rect(
      50 + (day % 20) * 20.2,
      92 + Math.floor(day / 20) * 22.6,
      15,
      17,
      mood[Math.floor(share * 3)] as string,
    );
  });

/** The same morning in rows; one of them is different. */
export const mornings: Motif = ({ deep, mid, accent, light }) =>
  times(24, (index) => {
    const [x, y] = [80 + (index % 4) * 113, 104 + Math.floor(index / 4) * 110];
    const isOther = index === 18;
    return (
      shape(`M${x - 44} ${y + 26}A44 44 0 0 1 ${x + 44} ${y + 26}Z`, isOther ? accent : mid) +
      rect(x - 48, y + 30, 96, 7, isOther ? light : deep, 3) +
      (isOther
        ? times(5, (ray) => turned(-60 + ray * 30, x, y + 26, rect(x - 3, y - 46, 6, 18, light, 3)))
        : '')
    );
  });

/** Everything on one ring. */
export const everythingRing: Motif = ({ deep, mid, accent, light, ground }) =>
  ring(250, 360, 150, 104, deep) +
  times(230, (index) => {
    const angle = scattered(index) * 6.283;
    const far = 104 + scattered(index + 400) * 92;
    return circle(
      250 + Math.cos(angle) * far,
      360 + Math.sin(angle) * far,
      2 + scattered(index + 800) * 6,
      [accent, light, mid, ground][index % 4] as string,
    );
  }) +
  circle(250, 360, 34, light) +
  circle(258, 368, 15, deep);

/** Fire and water. */
export const fireAndWater: Motif = ({ deep, mid, accent, light }) =>
  shape('M250 90C330 210 410 280 396 420C390 520 330 580 250 580Z', accent) +
  shape('M250 90C170 210 90 280 104 420C110 520 170 580 250 580Z', mid) +
  shape('M250 300C290 360 330 400 322 460C318 510 286 540 250 540Z', light) +
  shape('M250 300C210 360 170 400 178 460C182 510 214 540 250 540Z', deep) +
  rect(0, 640, WIDTH, 14, deep) +
  rect(0, 666, WIDTH, 6, accent);

/** Seven bars, and a box under the last one. */
export const sevenBars: Motif = ({ deep, mid, accent, light }) =>
  times(7, (index) =>
    rect(
      40 + index * 62,
      90 + index * 58,
      48,
      500 - index * 58,
      index === 6 ? accent : index % 2 ? mid : deep,
    ),
  ) +
  rect(0, 590, WIDTH, 160, deep) +
  rect(390, 600, 84, 84, light) +
  rect(426, 600, 12, 84, accent);

/** A drain, and the water that turns into it. */
export const drain: Motif = ({ deep, mid, accent, light }) =>
  times(10, (index) => rect(index * 54, 0, 26, 250, index % 2 ? light : mid)) +
  rect(0, 0, WIDTH, 16, deep) +
  times(10, (index) => ring(14 + index * 54, 24, 11, 4, deep)) +
  stroke(
    `M${Array.from({ length: 90 }, (_, step) => `${(250 + Math.cos(step * 0.28) * (210 - step * 2.1)).toFixed(1)} ${(500 + Math.sin(step * 0.28) * (210 - step * 2.1) * 0.8).toFixed(1)}`).join('L')}`,
    accent,
    9,
  ) +
  circle(250, 500, 42, deep) +
  times(6, (index) =>
    circle(250 + Math.cos(index * 1.047) * 22, 500 + Math.sin(index * 1.047) * 20, 6, light),
  );

/** A lens, and its red lamp. */
export const lens: Motif = ({ deep, mid, accent, light }) =>
  circle(250, 370, 205, mid) +
  circle(250, 370, 172, deep) +
  ring(250, 370, 130, 10, mid) +
  circle(250, 370, 92, light) +
  circle(250, 370, 60, deep) +
  circle(224, 342, 18, light) +
  circle(420, 96, 26, accent);

/** Drops of glass on their threads. */
export const glassDrops: Motif = ({ deep, mid, accent, light }) =>
  times(13, (index) => {
    const x = 34 + index * 36;
    const y = 150 + scattered(index + 4) * 400;
    const color = [light, mid, accent][index % 3] as string;
    return (
      stroke(`M${x} 0V${y}`, deep, 2) +
      shape(`M${x} ${y}l22 40l-22 46l-22 -46Z`, color) +
      faded(0.35, shape(`M${x} ${y}l22 40l-22 46Z`, deep))
    );
  });
