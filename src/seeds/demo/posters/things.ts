import {
  circle,
  faded,
  HEIGHT,
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

/** Oranges, one of which has rolled away. */
export const oranges: Motif = ({ deep, mid, accent, light }) =>
  rect(0, 560, WIDTH, 190, deep) +
  faded(0.6, oval(240, 590, 190, 20, mid)) +
  circle(160, 500, 84, accent) +
  circle(300, 512, 72, accent) +
  circle(236, 400, 78, accent) +
  circle(134, 474, 15, light) +
  circle(280, 486, 12, light) +
  circle(212, 374, 13, light) +
  shape('M240 326C250 280 300 262 336 280C318 318 276 334 240 326Z', mid) +
  circle(428, 648, 46, accent);

/** One candle, and its smoke. */
export const candle: Motif = ({ deep, mid, accent, light }) =>
  faded(0.9, circle(250, 330, 180, mid)) +
  stroke('M250 270C220 220 290 190 256 140S240 60 270 20', light, 6) +
  rect(222, 360, 56, 270, light) +
  shape('M222 360H278V420C268 440 262 400 252 404C244 440 232 410 222 420Z', mid) +
  shape('M250 274C282 310 280 350 250 354C220 350 218 310 250 274Z', accent) +
  rect(150, 630, 200, 20, deep, 10) +
  rect(0, 650, WIDTH, 100, deep);

/** A case that shines from within. */
export const briefcase: Motif = ({ deep, mid, accent, light }) =>
  times(9, (index) => {
    const x = 250 + (index - 4) * 120;
    return faded(
      0.75,
      shape(`M${230 + index * 5} 420L${x - 26} 0H${x + 26}L${236 + index * 5} 420Z`, accent),
    );
  }) +
  shape('M110 420L150 300H350L390 420Z', mid) +
  shape('M128 420L162 316H338L372 420Z', light) +
  rect(90, 420, 320, 190, deep, 14) +
  rect(200, 430, 100, 12, accent) +
  stroke('M206 420V396H294V420', deep, 12) +
  rect(0, 610, WIDTH, 140, mid);

/** A ball on its way to the pins. */
export const bowling: Motif = ({ deep, mid, accent, light }) => {
  const pin = (x: number, y: number) =>
    shape(
      `M${x} ${y}c18 0 22 24 14 44c-6 16 20 40 20 84c0 34 -12 52 -18 60h-32c-6 -8 -18 -26 -18 -60c0 -44 26 -68 20 -84c-8 -20 -4 -44 14 -44Z`,
      light,
    ) + rect(x - 13, y + 48, 26, 8, accent);
  return (
    times(5, (index) =>
      shape(
        `M${215 + index * 14} 360H${229 + index * 14}L${index * 125 - 50} 750H${index * 125 - 180}Z`,
        index % 2 ? mid : deep,
      ),
    ) +
    pin(190, 120) +
    pin(310, 120) +
    pin(250, 170) +
    circle(250, 600, 104, accent) +
    circle(228, 556, 12, deep) +
    circle(262, 550, 12, deep) +
    circle(250, 584, 12, deep)
  );
};

/** A bicycle against a wall. */
export const bicycle: Motif = ({ deep, mid, accent, light }) =>
  rect(0, 0, WIDTH, 560, mid) +
  times(4, (index) => rect(60 + index * 106, 90, 66, 150, light)) +
  faded(0.9, rect(0, 560, WIDTH, 190, light)) +
  ring(145, 520, 88, 9, deep) +
  ring(360, 520, 88, 9, deep) +
  times(
    8,
    (index) =>
      turned(index * 22.5, 145, 520, rect(144, 434, 2, 172, deep)) +
      turned(index * 22.5, 360, 520, rect(359, 434, 2, 172, deep)),
  ) +
  stroke(
    'M145 520L206 392H326L244 520ZM206 392L244 520M326 392L360 520M318 364L326 392M298 358H330Q352 360 352 378',
    accent,
    10,
  ) +
  rect(180, 376, 56, 12, deep, 6);

/** A globe of glass with a house in the snow. */
export const snowGlobe: Motif = ({ deep, mid, accent, light }) =>
  circle(250, 330, 190, mid) +
  shape('M84 420A190 190 0 0 0 416 420C340 390 160 390 84 420Z', light) +
  shape('M186 400V330L250 280L314 330V400Z', deep) +
  rect(238, 350, 24, 50, accent) +
  rect(200, 340, 20, 20, accent) +
  times(38, (index) => {
    const angle = scattered(index) * 6.283;
    const far = Math.sqrt(scattered(index + 70)) * 172;
    return circle(
      250 + Math.cos(angle) * far,
      320 + Math.sin(angle) * far,
      2.5 + scattered(index) * 3,
      light,
    );
  }) +
  shape('M130 500H370L400 590H100Z', deep) +
  faded(0.7, stroke('M120 270A150 150 0 0 1 200 180', light, 8));

/** A balloon that the wires hold. */
export const balloonInWires: Motif = ({ deep, mid, accent, light }) =>
  rect(70, 160, 14, 590, deep) +
  rect(30, 190, 96, 12, deep) +
  times(3, (index) =>
    stroke(`M${40 + index * 38} 196Q260 ${300 + index * 50} 520 ${170 + index * 40}`, mid, 4),
  ) +
  oval(300, 290, 84, 100, accent) +
  shape('M300 386L286 408H314Z', accent) +
  faded(0.8, oval(272, 252, 16, 26, light)) +
  stroke('M300 408C280 470 330 500 296 580', deep, 4);

/** Balloons, and the small house that they carry. */
export const balloons: Motif = ({ deep, mid, accent, light, ground }) =>
  times(46, (index) => {
    const angle = scattered(index) * 6.283;
    const far = Math.sqrt(scattered(index + 20));
    const [x, y] = [250 + Math.cos(angle) * far * 140, 250 + Math.sin(angle) * far * 165];
    return (
      stroke(`M${x} ${y}L250 548`, faintest(light), 1) +
      oval(x, y, 27, 32, [accent, light, mid, deep, accent, ground][index % 6] as string)
    );
  }) +
  shape('M206 600V570L250 536L294 570V600Z', deep) +
  shape('M198 574L250 530L302 574Z', accent) +
  rect(240, 578, 20, 22, light);
const faintest = (color: string) => `${color}80`;

/** A pot, and what rises from it. */
export const pot: Motif = ({ deep, mid, accent, light }) =>
  stroke('M190 360C140 300 250 270 200 200S220 110 190 60', light, 16) +
  stroke('M262 360C220 290 320 250 276 180S300 90 270 40', mid, 16) +
  stroke('M334 360C300 310 380 270 340 210S360 140 340 100', light, 16) +
  rect(96, 420, 308, 200, deep, 26) +
  rect(76, 396, 348, 36, accent, 18) +
  rect(40, 456, 66, 26, deep, 13) +
  rect(394, 456, 66, 26, deep, 13) +
  rect(0, 620, WIDTH, 130, mid) +
  stroke('M404 620C470 640 480 700 420 706S330 690 300 720', accent, 9);

/** A sprout on a heap, below a sky that is full. */
export const sprout: Motif = ({ deep, mid, accent, light }) =>
  stars(60, light, 480, 2.6) +
  times(30, (index) =>
    rect(
      60 + (index % 6) * 64 + (Math.floor(index / 6) % 2) * 20,
      720 - Math.floor(index / 6) * 44,
      58,
      40,
      index % 3 ? deep : mid,
      3,
    ),
  ) +
  stroke('M256 520C252 470 250 430 250 370', accent, 10) +
  shape('M250 420C190 420 168 380 162 342C214 340 250 370 250 420Z', accent) +
  shape('M250 400C250 350 290 322 342 318C338 370 306 402 250 400Z', accent);

/** A jar, and a hat to go out with. */
export const jarAndHat: Motif = ({ deep, mid, accent, light }) =>
  shape('M110 300C120 180 200 170 250 190C300 170 372 190 382 300Z', accent) +
  shape('M60 300C150 270 350 270 440 300C400 346 100 346 60 300Z', accent) +
  shape('M118 262C200 246 300 246 378 262L382 296C300 280 200 280 110 296Z', deep) +
  rect(156, 430, 188, 230, mid, 22) +
  rect(172, 392, 156, 46, deep, 8) +
  rect(156, 490, 188, 100, light) +
  circle(250, 540, 34, mid) +
  faded(0.7, rect(174, 450, 10, 190, light, 5)) +
  rect(0, 660, WIDTH, 90, deep);

/** A cup, and a spoon that stirs. */
export const teacup: Motif = ({ deep, mid, accent, light }) =>
  times(7, (index) => ring(250, 380, 40 + index * 50, 3, mid)) +
  shape('M110 340H370C370 470 320 520 240 520C160 520 110 470 110 340Z', light) +
  oval(240, 340, 130, 34, accent) +
  faded(0.7, oval(240, 342, 76, 17, deep)) +
  stroke('M366 372C430 360 440 450 346 452', light, 18) +
  turned(24, 300, 260, rect(294, 90, 12, 250, deep, 6)) +
  oval(240, 552, 180, 22, light);

/** A derrick, and what has come up. */
export const derrick: Motif = ({ deep, mid, accent, light }) =>
  circle(360, 200, 70, accent) +
  shape('M236 250C180 180 210 60 250 20C290 60 320 180 264 250Z', deep) +
  times(12, (index) =>
    circle(190 + scattered(index) * 130, 60 + scattered(index + 6) * 170, 4 + scattered(index + 2) * 9, deep),
  ) +
  stroke('M160 620L236 240H264L340 620', deep, 9) +
  times(4, (index) => stroke(`M${178 + index * 16} ${530 - index * 76}H${322 - index * 16}`, deep, 6)) +
  times(4, (index) =>
    stroke(`M${162 + index * 17} ${610 - index * 80}L${322 - index * 16} ${530 - index * 76}`, deep, 4),
  ) +
  shape('M0 620C150 600 350 606 500 626V750H0Z', mid) +
  oval(250, 660, 150, 20, deep) +
  rect(410, 560, 12, 56, deep, 6) +
  circle(416, 550, 9, deep) +
  faded(0.8, rect(20, 700, 460, 4, light));

/** A car between two lanes, from above. */
export const carFromAbove: Motif = ({ deep, mid, accent, light }) =>
  rect(70, 0, 360, HEIGHT, deep) +
  rect(84, 0, 5, HEIGHT, mid) +
  rect(411, 0, 5, HEIGHT, mid) +
  times(7, (index) => rect(245, -20 + index * 118, 10, 64, light)) +
  rect(292, 300, 92, 196, accent, 28) +
  rect(304, 356, 68, 34, deep, 10) +
  rect(306, 396, 64, 46, mid, 6) +
  rect(306, 450, 64, 24, deep, 8) +
  circle(310, 312, 6, light) +
  circle(366, 312, 6, light) +
  faded(0.25, shape('M304 306L270 60H350L324 306ZM352 306L330 60H406L372 306Z', light));
