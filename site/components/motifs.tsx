/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';

/** What the names of genres contain, and the motifs that stand for them; the first that fits counts. */
const FAMILIES: [RegExp, MotifName[]][] = [
  [/sci|fantas|space/i, ['planet', 'orbits']],
  [/horror|myst/i, ['shard', 'door']],
  [/crime|noir|thriller|suspense/i, ['blinds', 'road', 'beams']],
  [/roman|love/i, ['rings', 'window']],
  [/comed|stand-?up|funny/i, ['arch', 'confetti']],
  [/west|adventur|nature|travel/i, ['hills', 'road']],
  [/doc|news|histor|bio/i, ['grid', 'strata']],
  [/anim|anime|kid|child|famil/i, ['dots', 'confetti']],
  [/music|dance/i, ['waves', 'beams']],
  [/war|action|sport/i, ['rays', 'target']],
  [/drama/i, ['moon', 'curtain', 'window', 'stairs']],
];

/** How far a drawing's parts are shifted: up to 60 and up to 24 units of the poster. */
interface Shifts {
  shift: number;
  small: number;
  seed: number;
}

const times = <T,>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_each, at) => make(at));

/** The drawings, on a poster of 200 by 300. */
const MOTIFS = {
  moon: ({ shift, small }: Shifts) => (
    <>
      <circle cx={70 + shift} cy={86 + small} r="54" />
      <path d={`M0 ${206 + small}h200v5H0z`} />
    </>
  ),
  planet: ({ shift, small }: Shifts) => (
    <>
      <circle cx={60 + shift} cy={84 + small} r="48" />
      <ellipse
        cx={60 + shift}
        cy={84 + small}
        rx="82"
        ry="17"
        fill="none"
        stroke-width="4"
        transform={`rotate(-18 ${60 + shift} ${84 + small})`}
      />
      <circle cx={176 - shift} cy="38" r="4" />
      <circle cx={28 + small} cy="168" r="3" />
    </>
  ),
  orbits: ({ shift, small }: Shifts) => (
    <>
      <circle cx={150 - small} cy={100 + small} r="20" />
      <g fill="none" stroke-width="3">
        {[44, 70, 98, 130].map((radius) => (
          <circle cx={150 - small} cy={100 + small} r={radius} />
        ))}
      </g>
      <circle cx={150 - small - 70} cy={100 + small} r="8" />
      <circle cx={150 - small} cy={100 + small + 98} r={5 + shift / 12} />
    </>
  ),
  shard: ({ shift, small }: Shifts) => (
    <path d={`M${40 + shift} 0 L200 ${150 + small} L${120 - small} 300 L${70 + small} 300z`} />
  ),
  door: ({ shift, small }: Shifts) => (
    <>
      <path d={`M${50 + shift} ${54 + small}h52v150h-52z`} />
      <path d={`M${50 + shift} ${204 + small}h52L${150 + small} 300H${20 - small}z`} opacity=".5" />
    </>
  ),
  blinds: ({ small }: Shifts) => (
    <path
      d={[38, 74, 110, 146, 182]
        .map((y) => `M0 ${y + small}L200 ${y - 22 + small}v14L0 ${y + 14 + small}z`)
        .join('')}
    />
  ),
  road: ({ shift, small }: Shifts) => (
    <>
      <circle cx={70 + shift} cy={96 + small} r="34" />
      <path d={`M0 ${118 + small}h200v4H0z`} />
      <path d={`M${66 + shift} ${122 + small}h8L${150 + small} 300H${10 - small}z`} opacity=".7" />
    </>
  ),
  beams: ({ shift, small }: Shifts) => (
    <>
      <path d={`M${20 + small} 0 L${150 + small} 230 L${60 + shift} 230z`} opacity=".7" />
      <path d={`M${180 - small} 0 L${120 - shift} 230 L${30 - small} 230z`} opacity=".7" />
      <ellipse cx="90" cy="230" rx="84" ry="12" />
    </>
  ),
  rings: ({ small }: Shifts) => (
    <>
      <circle cx={72 + small} cy="104" r="52" opacity=".85" />
      <circle cx={124 + small} cy="104" r="52" opacity=".7" />
    </>
  ),
  window: ({ shift, small }: Shifts) => (
    <path
      d={[0, 1]
        .flatMap((row) =>
          [0, 1].map((column) => `M${36 + shift + column * 42} ${46 + small + row * 56}h36v50h-36z`),
        )
        .join('')}
    />
  ),
  arch: ({ small }: Shifts) => (
    <>
      <path d={`M${small} 300V${170 - small}a92 92 0 0 1 184 0V300z`} />
      <circle cx={92 + small} cy={58 - small / 2} r="14" />
    </>
  ),
  confetti: ({ seed }: Shifts) => (
    <>
      {times(13, (at) => {
        const turn = Math.imul(seed, at + 7) >>> 8;
        const x = 8 + (turn % 176);
        const y = 44 + ((turn >>> 8) % 130);
        return <path d={`M${x} ${y}h18v9h-18z`} transform={`rotate(${turn % 180} ${x} ${y})`} />;
      })}
    </>
  ),
  hills: ({ shift, small }: Shifts) => (
    <>
      <circle cx={150 - shift} cy={76 + small} r="27" />
      <path d={`M0 ${196 - small}q50-66 100 0t100 0V300H0z`} />
      <path d={`M0 ${236 + small}q70-50 140 0t140 0V300H0z`} opacity=".6" />
    </>
  ),
  grid: ({ seed }: Shifts) => (
    <path
      d={times(12, (at) =>
        (seed >>> at) & 1 ? `M${16 + (at % 3) * 58} ${52 + Math.floor(at / 3) * 44}h50v36h-50z` : '',
      ).join('')}
    />
  ),
  strata: ({ shift, small }: Shifts) => (
    <>
      {times(4, (at) => (
        <path
          d={`M0 ${70 + small + at * 44}q60 ${shift - 40} 110 0t110 0V300H0z`}
          opacity={String(0.35 + at * 0.1)}
        />
      ))}
    </>
  ),
  dots: ({ small }: Shifts) => (
    <>
      <circle cx={58 + small} cy="80" r="34" />
      <circle cx={142 - small} cy={118 + small} r="44" />
      <circle cx={70} cy={172 + small} r="20" />
      <circle cx={156} cy="42" r="14" />
    </>
  ),
  waves: ({ small }: Shifts) => (
    <g fill="none" stroke-width="9">
      {[64, 96, 128, 160, 192].map((y) => (
        <path d={`M-20 ${y + small}q35-${24 + small} 70 0t70 0t70 0t70 0`} />
      ))}
    </g>
  ),
  rays: ({ small }: Shifts) => (
    <path
      d={times(9, (at) => {
        const angle = (at * 40 * Math.PI) / 180;
        const point = (turn: number) =>
          `${Math.round(100 + 320 * Math.cos(angle + turn))} ${Math.round(120 + small + 320 * Math.sin(angle + turn))}`;
        return `M100 ${120 + small}L${point(0)}L${point(0.34)}z`;
      }).join('')}
    />
  ),
  target: ({ shift, small }: Shifts) => (
    <g fill="none" stroke-width="13">
      {[22, 50, 78].map((radius) => (
        <circle cx={80 + shift / 2} cy={112 + small / 2} r={radius} />
      ))}
    </g>
  ),
  curtain: ({ small }: Shifts) => (
    <>
      {times(6, (at) => (
        <path
          d={`M${at * 36 - small} 0h30v${150 + ((at * 37 + small * 5) % 60)}q-15 14-30 0z`}
          opacity={at % 2 ? '.95' : '.6'}
        />
      ))}
    </>
  ),
  stairs: ({ shift, small }: Shifts) => (
    <>
      <circle cx={44 + shift / 2} cy={74 + small} r="24" />
      <path d={`M0 ${250 - small}h48v-36h48v-36h48v-36h56v200H0z`} />
    </>
  ),
} satisfies Record<string, (shifts: Shifts) => ComponentChildren>;

type MotifName = keyof typeof MOTIFS;
const NAMES = Object.keys(MOTIFS) as MotifName[];

/**
 * The motif of a movie: one of those of its genre, so that movies of one genre differ beside each other.
 * @param seed what chooses among them; without a genre that has motifs, among all
 */
export function motifOf(genre: string | undefined, seed: number): MotifName {
  const family = genre === undefined ? undefined : FAMILIES.find(([pattern]) => pattern.test(genre))?.[1];
  const names = family ?? NAMES;
  return names[(seed >>> 18) % names.length] as MotifName;
}

/** A drawing of a few shapes, which the seed shifts and mirrors. */
export function Motif({ name, seed }: { name: MotifName; seed: number }) {
  const drawing = MOTIFS[name]({ shift: (seed >>> 4) % 60, small: (seed >>> 11) % 24, seed });
  return (seed >>> 3) & 1 ? <g transform="matrix(-1 0 0 1 200 0)">{drawing}</g> : drawing;
}
