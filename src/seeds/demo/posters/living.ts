import { circle, faded, HEIGHT, type Motif, oval, rect, shape, stars, times, turned, WIDTH } from './pen.js';

/** An egg in the dark, with light in its crack. */
export const egg: Motif = ({ deep, mid, accent, light }) =>
  stars(44, mid, HEIGHT, 1.6) +
  faded(0.35, oval(250, 660, 190, 26, accent)) +
  shape('M250 150C370 150 420 420 380 540C350 640 150 640 120 540C80 420 130 150 250 150Z', deep) +
  shape('M250 210C330 220 370 420 344 520C320 590 290 600 250 600Z', mid) +
  shape('M250 250L228 330L262 390L232 470L256 560L272 470L284 390L252 330Z', accent) +
  shape('M250 290L240 336L268 392L246 460L256 510L262 460L274 392L248 334Z', light);

/** Fingers, each with a raspberry. */
export const raspberries: Motif = ({ deep, mid, accent, light }) =>
  times(5, (index) => {
    const x = 62 + index * 80;
    const y = [330, 250, 220, 250, 350][index] as number;
    const seeds = times(7, (seed) =>
      circle(x + 14 + (seed % 3) * 16, y - 62 + Math.floor(seed / 3) * 17, 5, light),
    );
    return (
      rect(x, y, 60, 560, light, 30) +
      shape(
        `M${x - 4} ${y + 6}C${x - 6} ${y - 60} ${x + 14} ${y - 90} ${x + 30} ${y - 90}C${x + 46} ${y - 90} ${x + 66} ${y - 60} ${x + 64} ${y + 6}Z`,
        accent,
      ) +
      faded(0.45, seeds)
    );
  }) +
  rect(0, 640, WIDTH, 110, deep) +
  rect(0, 632, WIDTH, 12, mid);

const one = (x: number, y: number, fill: string) =>
  shape(
    `M${x} ${y - 62}C${x + 40} ${y - 62} ${x + 52} ${y + 50} ${x} ${y + 50}C${x - 52} ${y + 50} ${x - 40} ${y - 62} ${x} ${y - 62}Z`,
    fill,
  );

/** Eggs in their rows; one of them wants to fly. */
export const eggs: Motif = ({ deep, mid, accent, light }) => {
  const rows = times(4, (row) => {
    const eggsOfRow = times(4, (column) =>
      row === 1 && column === 2
        ? ''
        : one(76 + column * 116, 148 + row * 160, (row + column) % 3 ? light : mid),
    );
    return rect(0, 196 + row * 160, WIDTH, 14, deep) + eggsOfRow;
  });
  const wings =
    'M272 258C240 250 222 232 212 204C206 250 228 288 272 286ZM344 258C376 250 394 232 404 204C410 250 388 288 344 286Z';
  return rows + turned(10, 308, 250, shape(wings, deep), one(308, 250, accent));
};
