import { useTranslation } from 'adminjs';
import { Link } from 'react-router-dom';
import { ticksUpTo } from './axis.js';
import { listOf } from './links.js';
import { useFormats } from '../formats.js';

const WIDTH = 310;
const ROW = 34;
const LEFT = 46;
const RIGHT = 42;
const TOP = 4;
const BOTTOM = 26;

/** A bar chart of shown reviews by stars. Each bar is a link to its reviews. */
export function RatingDistribution({ distribution }: { distribution: number[] }) {
  const { translateComponent } = useTranslation();
  const formats = useFormats();
  const total = distribution.reduce((sum, count) => sum + count, 0);
  const ticks = ticksUpTo(Math.max(...distribution), 3);
  const bottom = TOP + ROW * distribution.length;
  const x = (count: number) => LEFT + ((WIDTH - LEFT - RIGHT) * count) / (ticks.at(-1) ?? 1);
  const rows = distribution.map((count, index) => ({ count, stars: index + 1 })).toReversed();
  return (
    <svg
      className="plot"
      viewBox={`0 0 ${WIDTH} ${bottom + BOTTOM}`}
      role="group"
      aria-label={translateComponent('Dashboard.distribution')}
    >
      {ticks.map((tick) => (
        <g key={tick} aria-hidden="true">
          <line className="plot-grid" x1={x(tick)} x2={x(tick)} y1={TOP} y2={bottom} />
          <text className="plot-mark" x={x(tick)} y={bottom + 18} textAnchor="middle">
            {formats.number(tick)}
          </text>
        </g>
      ))}
      {rows.map(({ count, stars }, index) => {
        const middle = TOP + ROW * (index + 0.5);
        const share = total === 0 ? 0 : Math.round((100 * count) / total);
        const text = translateComponent(stars === 1 ? 'Dashboard.star' : 'Dashboard.stars', {
          stars,
          share,
          formatted: formats.number(count),
        });
        return (
          <g key={stars}>
            <Link to={listOf('reviews', { rating: stars, active: true })} aria-label={text}>
              <title>{text}</title>
              <rect className="plot-field" x={0} y={middle - ROW / 2} width={WIDTH} height={ROW} />
              <rect
                className="plot-bar plot-bar-star"
                x={LEFT}
                y={middle - 11}
                width={x(count) - LEFT}
                height={22}
                rx="2"
              />
            </Link>
            <g aria-hidden="true" pointerEvents="none">
              <text className="plot-label" x={LEFT - 10} y={middle} dy="0.35em" textAnchor="end">
                {stars} <tspan className="plot-star">★</tspan>
              </text>
              <text className="plot-mark" x={x(count) + 8} y={middle} dy="0.35em">
                {share} %
              </text>
            </g>
          </g>
        );
      })}
      <line className="plot-axis" x1={LEFT} x2={LEFT} y1={TOP} y2={bottom} />
    </svg>
  );
}
