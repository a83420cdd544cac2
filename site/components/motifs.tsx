/** @jsxImportSource preact */

/** What the names of genres contain, and the motif that stands for them; the first that fits counts. */
const MOTIFS: [RegExp, string][] = [
  [/sci|fantas|space/i, 'planet'],
  [/horror|myst/i, 'shard'],
  [/crime|noir|thriller|suspense/i, 'blinds'],
  [/roman|love/i, 'rings'],
  [/comed|stand-?up|funny/i, 'arch'],
  [/west|adventur|nature|travel/i, 'hills'],
  [/doc|news|histor|bio/i, 'grid'],
  [/anim|anime|kid|child|famil/i, 'dots'],
  [/music|dance/i, 'waves'],
  [/war|action|sport/i, 'rays'],
  [/drama/i, 'moon'],
];

const NAMES = [
  'moon',
  'arch',
  'blinds',
  'rings',
  'hills',
  'shard',
  'waves',
  'planet',
  'grid',
  'rays',
  'dots',
];

/** The motif of a genre; null where it has none, so that the poster's own number chooses. */
export function motifOf(genre: string | undefined): string | null {
  return (genre !== undefined && MOTIFS.find(([pattern]) => pattern.test(genre))?.[1]) || null;
}

/** A drawing of a few shapes, which the seed shifts. */
export function Motif({ name, seed }: { name: string | null; seed: number }) {
  const shift = (seed >>> 4) % 60;
  const small = (seed >>> 11) % 24;
  switch (name ?? NAMES[seed % NAMES.length]) {
    case 'planet':
      return (
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
      );
    case 'shard':
      return <path d={`M${40 + shift} 0 L200 ${150 + small} L${120 - small} 300 L${70 + small} 300z`} />;
    case 'blinds':
      return (
        <path
          d={[38, 74, 110, 146, 182]
            .map((y) => `M0 ${y + small}L200 ${y - 22 + small}v14L0 ${y + 14 + small}z`)
            .join('')}
        />
      );
    case 'rings':
      return (
        <>
          <circle cx={72 + small} cy="104" r="52" opacity=".85" />
          <circle cx={124 + small} cy="104" r="52" opacity=".7" />
        </>
      );
    case 'arch':
      return (
        <>
          <path d={`M${small} 300V${170 - small}a92 92 0 0 1 184 0V300z`} />
          <circle cx={92 + small} cy={58 - small / 2} r="14" />
        </>
      );
    case 'hills':
      return (
        <>
          <circle cx={150 - shift} cy={76 + small} r="27" />
          <path d={`M0 ${196 - small}q50-66 100 0t100 0V300H0z`} />
          <path d={`M0 ${236 + small}q70-50 140 0t140 0V300H0z`} opacity=".6" />
        </>
      );
    case 'grid':
      return (
        <path
          d={[0, 1, 2, 3]
            .flatMap((row) =>
              [0, 1, 2].map((column) =>
                (seed >>> (row * 3 + column)) & 1 ? `M${16 + column * 58} ${52 + row * 44}h50v36h-50z` : '',
              ),
            )
            .join('')}
        />
      );
    case 'dots':
      return (
        <>
          <circle cx={58 + small} cy="80" r="34" />
          <circle cx={142 - small} cy={118 + small} r="44" />
          <circle cx={70} cy={172 + small} r="20" />
          <circle cx={156} cy="42" r="14" />
        </>
      );
    case 'waves':
      return (
        <g fill="none" stroke-width="9">
          {[64, 96, 128, 160, 192].map((y) => (
            <path d={`M-20 ${y + small}q35-${24 + small} 70 0t70 0t70 0t70 0`} />
          ))}
        </g>
      );
    case 'rays':
      return (
        <path
          d={Array.from({ length: 9 }, (_each, at) => {
            const angle = (at * 40 * Math.PI) / 180;
            const point = (turn: number) =>
              `${Math.round(100 + 320 * Math.cos(angle + turn))} ${Math.round(120 + small + 320 * Math.sin(angle + turn))}`;
            return `M100 ${120 + small}L${point(0)}L${point(0.34)}z`;
          }).join('')}
        />
      );
    default:
      return (
        <>
          <circle cx={70 + shift} cy={86 + small} r="54" />
          <path d={`M0 ${206 + small}h200v5H0z`} />
        </>
      );
  }
}
