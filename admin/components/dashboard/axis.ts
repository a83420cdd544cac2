/** The ticks of an axis from 0 to at least `most`, at round integers. */
export function ticksUpTo(most: number, count = 4): number[] {
  const rough = Math.max(most, 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((digit) => digit * power).find((candidate) => candidate >= rough) ?? 1,
  );
  return Array.from({ length: Math.ceil(Math.max(most, 1) / step) + 1 }, (_, index) => index * step);
}
