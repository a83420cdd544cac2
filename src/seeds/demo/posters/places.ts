import {
  circle,
  faded,
  HEIGHT,
  type Motif,
  oval,
  rain,
  rect,
  scattered,
  shape,
  stars,
  stroke,
  times,
  WIDTH,
} from './pen.js';

/** Doorways, one within the other, with light at the end. */
export const corridor: Motif = ({ deep, mid, accent, light }) =>
  times(6, (index) => {
    const x = index * 37;
    const y = 20 + index * 46;
    return rect(x, y, WIDTH - 2 * x, HEIGHT - y, index % 2 ? mid : deep);
  }) +
  rect(212, 310, 76, 300, light) +
  shape('M212 610H288L400 750H100Z', accent) +
  rect(231, 470, 14, 60, deep, 6) +
  circle(238, 460, 9, deep) +
  rect(255, 470, 14, 60, deep, 6) +
  circle(262, 460, 9, deep);

/** Stairs from a lit door down into the dark, and who goes down. */
export const stairs: Motif = ({ deep, mid, accent, light }) =>
  rect(360, 60, 100, 130, light) +
  circle(446, 130, 4, deep) +
  times(9, (index) => rect(0, 190 + index * 62, WIDTH - 40 - index * 52, 62, index % 2 ? mid : deep)) +
  times(9, (index) => rect(WIDTH - 92 - index * 52, 190 + index * 62, 52, 8, light)) +
  rect(238, 356, 22, 70, accent, 10) +
  circle(249, 342, 14, accent);

/** A block of flats at night; one window is lit otherwise. */
export const windows: Motif = ({ deep, mid, accent, light }) =>
  rect(50, 90, 400, 660, deep) +
  times(40, (index) => {
    const x = 84 + (index % 5) * 70;
    const y = 130 + Math.floor(index / 5) * 76;
    const isLit = scattered(index) > 0.72;
    return rect(x, y, 50, 52, index === 17 ? accent : isLit ? light : mid);
  }) +
  rect(240, 380, 10, 30, deep, 5) +
  circle(245, 376, 8, deep);

/** Towers in the rain. */
export const cityInRain: Motif = ({ deep, mid, accent, light }) =>
  circle(250, 250, 120, accent) +
  times(7, (index) => rect(-10 + index * 76, 260 + scattered(index + 2) * 180, 70, 500, mid)) +
  times(6, (index) => {
    const x = -20 + index * 92;
    const y = 380 + scattered(index + 5) * 150;
    const lit = times(14, (window) =>
      scattered(index * 31 + window) > 0.55
        ? rect(x + 12 + (window % 3) * 22, y + 20 + Math.floor(window / 3) * 44, 10, 16, accent)
        : '',
    );
    return rect(x, y, 78, 500, deep) + lit;
  }) +
  faded(0.45, rain(80, light));

/** Towers, and the beam of a lamp to the clouds. */
export const searchlight: Motif = ({ deep, mid, accent, light }) =>
  faded(0.85, shape('M396 640L70 190L190 120Z', accent)) +
  oval(128, 152, 92, 58, light) +
  times(7, (index) => rect(-14 + index * 78, 400 + scattered(index + 12) * 150, 72, 400, mid)) +
  times(6, (index) => rect(-30 + index * 98, 520 + scattered(index + 4) * 120, 84, 300, deep)) +
  times(16, (index) => rect(20 + scattered(index) * 440, 640 + scattered(index + 30) * 90, 7, 11, accent));

/** A tower of which one floor burns. */
export const tower: Motif = ({ deep, mid, accent, light }) =>
  stars(36, light, 420, 1.8) +
  rect(150, 110, 200, 640, deep) +
  times(15, (index) => rect(168, 140 + index * 41, 164, 16, index === 5 ? accent : mid)) +
  shape('M150 336L96 300L140 372L90 392L150 404Z', accent) +
  shape('M350 336L404 296L362 370L414 396L350 404Z', accent) +
  times(11, (index) =>
    circle(90 + scattered(index) * 320, 430 + scattered(index + 8) * 260, 3 + scattered(index) * 5, accent),
  );

/** Towers of an age of machines, with rays behind. */
export const machineCity: Motif = ({ deep, mid, accent, light }) =>
  times(17, (index) => {
    const angle = Math.PI * (index / 16);
    const [x, y] = [250 + Math.cos(angle) * 800, 520 - Math.sin(angle) * 800];
    const [u, v] = [250 + Math.cos(angle + 0.1) * 800, 520 - Math.sin(angle + 0.1) * 800];
    return shape(`M250 520L${x.toFixed(0)} ${y.toFixed(0)}L${u.toFixed(0)} ${v.toFixed(0)}Z`, mid);
  }) +
  shape('M190 750V300L220 260V180L250 90L280 180V260L310 300V750Z', deep) +
  times(8, (index) => rect(244, 280 + index * 54, 12, 34, accent)) +
  shape('M20 750V470L60 430L100 470V750ZM400 750V470L440 430L480 470V750Z', deep) +
  shape('M104 750V560H190V750ZM310 750V560H396V750Z', light) +
  times(
    4,
    (index) =>
      rect(118 + (index % 2) * 34, 590 + Math.floor(index / 2) * 70, 16, 44, deep) +
      rect(324 + (index % 2) * 34, 590 + Math.floor(index / 2) * 70, 16, 44, deep),
  );

/** An aeroplane on a field in the fog. */
export const airfield: Motif = ({ deep, mid, accent, light }) =>
  circle(376, 190, 56, accent) +
  times(5, (index) =>
    faded(
      0.5,
      rect(-40 + scattered(index) * 160, 250 + index * 44, 340 + scattered(index + 3) * 200, 22, light, 11),
    ),
  ) +
  shape(
    'M70 470C90 440 150 430 230 432L420 444L462 380H478L470 470L440 488H110C84 488 70 482 70 470Z',
    deep,
  ) +
  shape('M190 452L330 520H382L290 452Z', mid) +
  circle(150, 498, 17, deep) +
  rect(58, 410, 8, 120, deep, 4) +
  times(6, (index) => rect(96 + index * 30, 448, 14, 11, light, 3)) +
  rect(0, 560, WIDTH, 190, deep) +
  times(7, (index) => circle(40 + index * 70, 600 + index * 18, 5 + index * 0.8, accent));

/** A gate that time has broken, in heavy rain. */
export const brokenGate: Motif = ({ deep, mid, accent, light }) =>
  circle(250, 330, 150, accent) +
  shape('M40 250C130 240 160 200 250 196C340 200 370 240 460 250L430 290H330L316 318L280 290H70Z', deep) +
  rect(104, 288, 36, 360, deep) +
  rect(232, 288, 36, 360, deep) +
  shape('M362 288H396V560L380 520L370 600L362 570Z', deep) +
  rect(90, 350, 200, 20, deep) +
  rect(0, 640, WIDTH, 110, mid) +
  rect(60, 630, 380, 24, deep) +
  rain(90, light, 110);

/** Chimneys by the sea, and two who sit on the wall. */
export const seaWall: Motif = ({ deep, mid, accent, light }) =>
  circle(120, 190, 52, accent) +
  times(
    3,
    (index) =>
      rect(300 + index * 60, 240 - index * 30, 24, 200 + index * 30, deep) +
      faded(0.8, stroke(`M${312 + index * 60} ${226 - index * 30}q-20 -30 10 -56t4 -60`, light, 8)),
  ) +
  rect(0, 420, WIDTH, 120, mid) +
  times(5, (index) => rect(30 + scattered(index) * 330, 444 + index * 18, 90, 4, light, 2)) +
  rect(0, 540, WIDTH, 210, light) +
  rect(0, 540, WIDTH, 10, deep) +
  shape('M150 540C150 480 208 480 208 540Z', deep) +
  circle(179, 474, 19, deep) +
  shape('M226 540C226 488 280 488 280 540Z', accent) +
  circle(253, 482, 18, deep);

/** A wall of stones with a hole, and the sea behind. */
export const holeInWall: Motif = ({ deep, mid, accent, light }) =>
  times(10, (row) =>
    times(5, (column) =>
      rect(
        -50 + column * 124 + (row % 2) * 62,
        row * 76,
        118,
        70,
        (row * 3 + column) % 4 === 0 ? mid : deep,
        3,
      ),
    ),
  ) +
  circle(250, 370, 122, light) +
  circle(286, 330, 34, accent) +
  shape('M130 392H370A122 122 0 0 1 130 392Z', accent) +
  times(3, (row) => rect(190 + row * 22, 414 + row * 22, 110 - row * 30, 6, light, 3));

/** A hotel's window high above the lights of a city. */
export const cityLights: Motif = ({ deep, mid, accent, light }) =>
  times(44, (index) =>
    faded(
      0.35 + scattered(index) * 0.5,
      circle(
        scattered(index + 90) * WIDTH,
        160 + scattered(index + 10) * 440,
        9 + scattered(index + 40) * 28,
        [mid, accent, light, mid][index % 4] as string,
      ),
    ),
  ) +
  rect(0, 0, WIDTH, 90, deep) +
  rect(240, 0, 14, HEIGHT, deep) +
  rect(0, 600, WIDTH, 150, deep) +
  shape('M96 604C96 520 120 486 152 486C186 486 208 524 208 604Z', deep) +
  circle(152, 458, 32, deep);

/** A castle on a cliff, and a ship below. */
export const castle: Motif = ({ deep, mid, accent, light }) =>
  circle(130, 210, 78, light) +
  shape('M240 750L280 440L300 400H470L500 420V750Z', deep) +
  times(
    4,
    (index) =>
      rect(292 + index * 48, 250 + (index % 2) * 46, 34, 170, deep) +
      shape(`M${284 + index * 48} ${252 + (index % 2) * 46}l25 -66l25 66Z`, accent),
  ) +
  times(4, (index) => rect(303 + index * 48, 300 + (index % 2) * 46, 10, 22, light, 5)) +
  rect(0, 600, WIDTH, 150, mid) +
  shape('M60 610H200L176 650H84Z', deep) +
  shape('M124 600V470C160 500 176 550 178 600ZM116 600V500C92 530 82 566 78 600Z', light);

/** A curtain, and the light of the stage on one pair of shoes. */
export const stage: Motif = ({ deep, mid, accent, light }) =>
  rect(0, 0, WIDTH, HEIGHT, deep) +
  times(11, (index) => rect(index * 46, 0, 26, 560, index % 2 ? accent : mid)) +
  faded(0.5, shape('M180 0H320L430 620H70Z', light)) +
  oval(250, 620, 190, 46, light) +
  shape('M196 560H226V606L250 616V626H192Z', deep) +
  shape('M272 560H302V606L326 616V626H268Z', deep);

/** A lamp post, and an umbrella that nobody needs. */
export const lampInRain: Motif = ({ deep, mid, accent, light }) =>
  faded(0.6, rain(70, mid, 60)) +
  circle(330, 180, 90, light) +
  rect(324, 180, 14, 500, deep) +
  shape('M300 220L310 140H352L362 220Z', deep) +
  rect(312, 152, 38, 58, accent) +
  rect(290, 670, 82, 30, deep) +
  shape(
    'M60 420C70 330 200 320 232 410C210 400 190 404 178 418C160 402 130 404 118 424C100 410 78 410 60 420Z',
    accent,
  ) +
  stroke('M148 340L166 520q6 26 28 16', deep, 7) +
  rect(0, 700, WIDTH, 50, deep);
