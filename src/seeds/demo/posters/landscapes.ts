import {
  circle,
  faded,
  HEIGHT,
  type Motif,
  oval,
  rain,
  rect,
  ring,
  scattered,
  shape,
  stars,
  stroke,
  times,
  WIDTH,
} from './pen.js';

/** A sun over the sea, and its light on the water. */
export const sunOverSea: Motif = ({ deep, mid, accent, light }) =>
  circle(250, 330, 150, accent) +
  rect(0, 400, WIDTH, 350, deep) +
  times(9, (row) => {
    const width = 260 - row * 22 + scattered(row) * 40;
    return rect(
      250 - width / 2 + (scattered(row + 9) - 0.5) * 40,
      424 + row * 34,
      width,
      9,
      row % 3 === 0 ? light : accent,
      5,
    );
  }) +
  faded(0.6, rect(0, 400, WIDTH, 4, mid));

/** Half a moon in the water, with rings about it. */
export const moonInWater: Motif = ({ deep, mid, accent, light }) =>
  rect(0, 0, WIDTH, HEIGHT, deep) +
  circle(250, 280, 130, light) +
  rect(0, 380, WIDTH, 370, mid) +
  times(5, (row) =>
    faded(0.85 - row * 0.15, oval(250, 440 + row * 62, 105 - row * 12, 13 - row * 1.5, light)),
  ) +
  circle(316, 236, 16, accent);

const wave = (y: number, fill: string, shift: number) =>
  shape(`M${-80 - shift} ${y}${times(5, () => 'q40 -34 80 0t80 0')}V${HEIGHT}H-80Z`, fill);

/** A fin among waves. */
export const fin: Motif = ({ deep, mid, accent, light }) => {
  return (
    circle(370, 180, 62, accent) +
    wave(420, mid, 0) +
    shape('M215 500C232 420 262 372 300 352C292 410 304 456 338 500Z', deep) +
    wave(490, light, 60) +
    wave(530, mid, 20) +
    wave(610, deep, 90)
  );
};

/** Dunes, dust, and a car that is alone with them. */
export const dunes: Motif = ({ deep, mid, accent, light }) =>
  circle(360, 190, 84, light) +
  shape(`M0 430C120 360 220 350 500 440V${HEIGHT}H0Z`, mid) +
  faded(
    0.75,
    times(7, (index) => circle(270 - index * 30, 452 - index * 8, 12 + index * 8, light)),
  ) +
  rect(284, 444, 52, 16, deep, 6) +
  rect(296, 432, 24, 16, deep, 5) +
  circle(296, 462, 8, deep) +
  circle(326, 462, 8, deep) +
  shape(`M0 560C170 470 330 520 500 590V${HEIGHT}H0Z`, accent) +
  shape(`M0 690C150 610 360 640 500 700V${HEIGHT}H0Z`, deep);

/** A road that runs to the horizon below mountains. */
export const road: Motif = ({ deep, mid, accent, light }) =>
  circle(170, 250, 70, accent) +
  shape('M0 400L110 300L190 372L320 250L500 410V430H0Z', mid) +
  shape(`M0 420H500V${HEIGHT}H0Z`, deep) +
  shape('M236 420H264L470 750H30Z', mid) +
  times(6, (index) => rect(248 - index, 440 + index * index * 11, 4 + index * 2, 12 + index * 7, light, 2));

/** Snow, a road without an end, and one car. */
export const snowRoad: Motif = ({ deep, mid, accent, light }) =>
  rect(0, 0, WIDTH, HEIGHT, light) +
  rect(0, 0, WIDTH, 330, '#e4e8e6') +
  times(11, (index) => rect(20 + index * 46, 290 + scattered(index) * 12, 5, 44, mid)) +
  stroke('M255 330C262 420 200 500 60 760', mid, 3) +
  stroke('M265 330C300 430 330 540 330 760', mid, 3) +
  rect(214, 500, 46, 22, accent, 6) +
  rect(222, 484, 28, 22, accent, 6) +
  circle(224, 524, 7, deep) +
  circle(250, 524, 7, deep) +
  faded(0.5, stars(60, mid, HEIGHT, 2.4));

/** Trunks of a wood, and one small light between them. */
export const trunks: Motif = ({ deep, mid, accent, light }) =>
  circle(340, 200, 66, light) +
  times(8, (index) =>
    rect(12 + index * 64 + scattered(index) * 20, 0, 12 + scattered(index + 20) * 10, HEIGHT, mid),
  ) +
  circle(236, 560, 20, accent) +
  times(5, (index) =>
    rect(-10 + index * 118 + scattered(index + 40) * 30, 0, 34 + scattered(index + 50) * 20, HEIGHT, deep),
  ) +
  rect(0, 690, WIDTH, 60, deep);

/** White trunks with dark marks, and somebody in red. */
export const birches: Motif = ({ deep, mid, accent, light }) =>
  times(6, (index) => {
    const x = 14 + index * 84 + scattered(index) * 16;
    const width = 30 + scattered(index + 7) * 18;
    const marks = times(9, (mark) =>
      rect(
        x + (scattered(index * 9 + mark) > 0.5 ? 0 : width * 0.55),
        30 + mark * 84 + scattered(index * 11 + mark) * 50,
        width * 0.45,
        6,
        deep,
        3,
      ),
    );
    return rect(x, 0, width, HEIGHT, index % 2 ? light : mid) + (index % 2 ? marks : '');
  }) +
  rect(0, 640, WIDTH, 110, light) +
  shape('M214 670L232 560C236 540 262 540 266 560L284 670Z', accent) +
  circle(249, 540, 20, deep);

/** A wide tree in the rain, and somebody with an umbrella below it. */
export const treeInRain: Motif = ({ deep, mid, accent, light }) =>
  [
    [250, 240, 150],
    [140, 290, 105],
    [360, 290, 110],
    [210, 160, 100],
    [310, 170, 95],
  ]
    .map(([x, y, r]) => circle(x as number, y as number, r as number, mid))
    .join('') +
  shape('M226 350H274L292 610H208Z', deep) +
  faded(0.55, rain(60, light, 46)) +
  shape(`M0 600C120 570 380 570 500 600V${HEIGHT}H0Z`, deep) +
  shape('M330 560A52 52 0 0 1 434 560Z', accent) +
  rect(380, 556, 4, 54, light) +
  rect(372, 584, 20, 34, light, 8);

/** A tree of the savanna before the sun, on a rock. */
export const savanna: Motif = ({ deep, mid, accent, light }) =>
  circle(250, 330, 190, accent) +
  faded(0.9, circle(250, 330, 120, light)) +
  shape('M0 560L500 560V750H0Z', mid) +
  shape('M0 620L180 520L330 500L320 540L430 610L500 620V750H0Z', deep) +
  stroke('M150 532C158 480 150 440 140 400M152 470C176 450 186 430 190 398', deep, 12) +
  oval(132, 380, 96, 24, deep) +
  oval(206, 396, 66, 18, deep);

/** Mountains, and a ring in place of the sun. */
export const ringOverMountains: Motif = ({ deep, mid, accent, light }) =>
  ring(250, 230, 108, 22, accent) +
  shape('M0 520L120 330L190 420L290 260L400 430L450 380L500 470V750H0Z', mid) +
  shape('M290 260L318 304L296 330L276 312L258 318Z', light) +
  shape('M120 330L142 370L120 388L100 366Z', light) +
  shape('M0 610L90 520L200 620L330 500L500 640V750H0Z', deep) +
  times(9, (index) => circle(60 + index * 22, 700 - index * 7, 3.5, light));

/** Rails to the horizon through grass. */
export const rails: Motif = ({ deep, mid, accent, light }) =>
  rect(0, 0, WIDTH, 300, light) +
  circle(250, 300, 64, accent) +
  rect(0, 300, WIDTH, 450, deep) +
  times(10, (index) => {
    const y = 318 + index * index * 5;
    const half = 14 + (y - 300) * 0.5;
    return rect(250 - half, y, 2 * half, 3 + index * 1.9, mid);
  }) +
  shape('M244 300H248L90 750H62Z', light) +
  shape('M252 300H256L438 750H410Z', light);

/** A train with its smoke behind high grass. */
export const trainBehindGrass: Motif = ({ deep, mid, accent, light }) =>
  circle(384, 170, 58, accent) +
  times(9, (index) =>
    faded(0.9 - index * 0.07, circle(150 + index * 40, 352 - index * 14, 20 + index * 7, light)),
  ) +
  rect(96, 420, 404, 44, deep) +
  shape('M60 464L70 404H124V464Z', deep) +
  rect(84, 376, 16, 32, deep) +
  times(5, (index) => rect(150 + index * 66, 428, 36, 16, mid)) +
  rect(0, 470, WIDTH, 280, mid) +
  times(46, (index) => {
    const x = index * 11.2;
    const tall = 120 + scattered(index) * 170;
    return stroke(
      `M${x} 750q${6 + scattered(index + 3) * 14} ${-tall / 2} ${-8 + scattered(index + 60) * 30} ${-tall}`,
      index % 3 ? light : deep,
      5,
    );
  });

/** A hull and a mountain of ice below the stars. */
export const iceberg: Motif = ({ deep, mid, accent, light }) =>
  stars(50, light, 400, 2) +
  shape('M20 480L90 340L150 390L210 300L280 480Z', light) +
  shape('M210 300L280 480H190Z', mid) +
  shape('M300 400H500V480H330Z', deep) +
  times(3, (index) => rect(380 + index * 44, 340 - index * 4, 22, 64, accent)) +
  times(6, (index) => circle(350 + index * 26, 432, 4, light)) +
  rect(0, 480, WIDTH, 270, mid) +
  faded(0.85, shape('M20 480L120 690L190 600L280 480Z', light)) +
  faded(0.35, rect(0, 480, WIDTH, 270, deep));

/** A train that crosses still water, and what the water shows of it. */
export const trainOnWater: Motif = ({ deep, mid, accent, light }) => {
  const cars = (y: number, height: number) =>
    times(
      2,
      (car) =>
        rect(70 + car * 200, y, 188, height, accent, 6) +
        times(5, (window) => rect(84 + car * 200 + window * 34, y + height * 0.24, 22, height * 0.36, light)),
    );
  return (
    circle(120, 200, 46, light) +
    shape('M260 420L330 350L410 400L500 330V420Z', mid) +
    rect(0, 420, WIDTH, 330, mid) +
    cars(360, 60) +
    rect(0, 420, WIDTH, 5, deep) +
    faded(0.35, cars(428, 50)) +
    times(8, (row) =>
      faded(0.5, rect(40 + scattered(row) * 260, 520 + row * 27, 70 + scattered(row + 8) * 110, 4, light, 2)),
    )
  );
};

/** A light from above on a clearing in a wood. */
export const beam: Motif = ({ deep, mid, accent, light }) =>
  stars(40, light, 360, 2) +
  faded(0.9, shape('M226 120H274L410 610H90Z', accent)) +
  faded(0.6, shape('M238 120H262L330 610H170Z', light)) +
  oval(250, 116, 92, 24, mid) +
  oval(250, 104, 46, 20, deep) +
  times(9, (index) => {
    const x = -20 + index * 62;
    const high = 120 + scattered(index) * 110 + Math.abs(index - 4) * 26;
    return shape(`M${x} 640L${x + 32} ${640 - high}L${x + 64} 640Z`, index % 2 ? deep : mid);
  }) +
  rect(0, 636, WIDTH, 114, deep) +
  rect(240, 580, 20, 50, deep, 9) +
  circle(250, 570, 14, deep);
