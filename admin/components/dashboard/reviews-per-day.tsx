import { useTranslation } from 'adminjs';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { DashboardData } from '../../dashboard/dashboard.js';
import { ticksUpTo } from './axis.js';
import { reviewsOfDay } from './links.js';
import { useFormats } from '../formats.js';

const WIDTH = 720;
const HEIGHT = 240;
const LEFT = 48;
const RIGHT = 8;
const TOP = 28;
const BOTTOM = 30;
/** Days between two labels of the axis. */
const LABEL_INTERVAL = 5;

/** A column chart of reviews per day. Each column is a link to the day's reviews. */
export function ReviewsPerDay({ days }: Pick<DashboardData, 'days'>) {
  const { translateComponent } = useTranslation();
  const formats = useFormats();
  const [hovered, setHovered] = useState<number | null>(null);
  const ticks = ticksUpTo(Math.max(...days.map(({ count }) => count)));
  const top = ticks.at(-1) ?? 1;
  const width = (WIDTH - LEFT - RIGHT) / days.length;
  const x = (index: number) => LEFT + index * width;
  const y = (count: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - count / top);
  const text = ({ day, count }: DashboardData['days'][number]) =>
    `${formats.day(day)}: ${translateComponent('Dashboard.reviews', { count, formatted: formats.number(count) })}`;
  const hoveredDay = hovered === null ? undefined : days[hovered];
  return (
    <svg
      className="plot"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="group"
      aria-label={translateComponent('Dashboard.perDay')}
      onMouseLeave={() => setHovered(null)}
    >
      {ticks.map((tick) => (
        <g key={tick} aria-hidden="true">
          <line className="plot-grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
          <text className="plot-mark" x={LEFT - 8} y={y(tick)} dy="0.32em" textAnchor="end">
            {formats.number(tick)}
          </text>
        </g>
      ))}
      {days.map((one, index) => (
        <Link
          key={one.day}
          to={reviewsOfDay(one.day)}
          aria-label={text(one)}
          onMouseEnter={() => setHovered(index)}
          onFocus={() => setHovered(index)}
          onBlur={() => setHovered(null)}
        >
          <rect className="plot-field" x={x(index)} y={TOP} width={width} height={HEIGHT - TOP - BOTTOM} />
          <rect
            className="plot-bar"
            x={x(index) + width * 0.15}
            width={width * 0.7}
            y={y(one.count)}
            height={y(0) - y(one.count)}
            rx="2"
          />
        </Link>
      ))}
      <line className="plot-axis" x1={LEFT} x2={WIDTH - RIGHT} y1={y(0)} y2={y(0)} />
      {days.map(({ day }, index) =>
        (days.length - 1 - index) % LABEL_INTERVAL === 0 ? (
          <text
            key={day}
            aria-hidden="true"
            className="plot-mark"
            x={x(index) + width / 2}
            y={HEIGHT - 10}
            textAnchor={index === days.length - 1 ? 'end' : 'middle'}
            dx={index === days.length - 1 ? width / 2 : 0}
          >
            {formats.shortDay(day)}
          </text>
        ) : null,
      )}
      {hoveredDay && hovered !== null && (
        <text
          aria-hidden="true"
          className="plot-tip"
          x={Math.min(Math.max(x(hovered) + width / 2, LEFT + 100), WIDTH - RIGHT - 100)}
          y={16}
          textAnchor="middle"
        >
          {text(hoveredDay)}
        </text>
      )}
    </svg>
  );
}
