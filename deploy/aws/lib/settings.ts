import type { Node } from 'constructs';

/** What differs from site to site. */
export interface Settings {
  /** The site's name, such as `movies.example.org`. */
  domain: string;
  /** Route 53's zone of that name: the certificate and the record are made there. */
  zone?: { id: string; name: string };
  /** A certificate in the same region, where the name is not in Route 53. */
  certificateArn?: string;
  /** Who is mailed by the alarms. */
  alarmEmail?: string;
  /** An image in a registry. Without it the image is built from the Dockerfile. */
  image?: string;
  /** The secret in Secrets Manager whose text is SMTP_URL, and the sender. */
  mail?: { secretArn: string; from: string };
  minTasks: number;
  maxTasks: number;
  databaseClass: string;
  /** A standby of the database in another zone, which takes over by itself. */
  multiAz: boolean;
}

const DEFAULTS = { minTasks: 2, maxTasks: 6, databaseClass: 't4g.medium', multiAz: true };
const NAMES = [
  'domain',
  'hostedZoneId',
  'hostedZone',
  'certificateArn',
  'alarmEmail',
  'image',
  'smtpSecretArn',
  'mailFrom',
  ...Object.keys(DEFAULTS),
] as const;

/** The context is wrong; the message has a line for each fault. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

/**
 * Reads the CDK context: `-c NAME=VALUE`, or "context" in cdk.json.
 * @throws {SettingsError}
 */
export function readSettings(node: Node): Settings {
  const faults: string[] = [];
  const text = (name: (typeof NAMES)[number]): string | undefined => {
    const value: unknown = node.tryGetContext(name);
    if (value === undefined || value === '') return undefined;
    // cdk.json may have numbers and booleans.
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  const count = (name: 'minTasks' | 'maxTasks'): number => {
    const value = text(name) ?? String(DEFAULTS[name]);
    if (!/^[1-9]\d{0,2}$/.test(value))
      faults.push(`${name} must be a whole number from 1 to 999, not ${value}`);
    return Number(value);
  };
  /** Two that only make sense together. */
  const both = (one: (typeof NAMES)[number], other: (typeof NAMES)[number]): [string, string] | undefined => {
    const [first, second] = [text(one), text(other)];
    if (first !== undefined && second !== undefined) return [first, second];
    if (first !== undefined || second !== undefined) faults.push(`${one} and ${other} must come together`);
    return undefined;
  };

  const domain = text('domain') ?? '';
  if (!/^([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/.test(domain)) {
    faults.push(`domain must be the site's name, such as movies.example.org, not "${domain}"`);
  }
  const zone = both('hostedZoneId', 'hostedZone');
  const certificateArn = text('certificateArn');
  if ((zone === undefined) === (certificateArn === undefined)) {
    faults.push(
      'either hostedZoneId and hostedZone, or certificateArn must be given: there is no site without TLS',
    );
  }
  if (zone && domain !== zone[1] && !domain.endsWith(`.${zone[1]}`))
    faults.push(`${domain} is not in the zone ${zone[1]}`);
  const mail = both('smtpSecretArn', 'mailFrom');
  const multiAz = text('multiAz') ?? String(DEFAULTS.multiAz);
  if (!/^(true|false)$/.test(multiAz)) faults.push(`multiAz must be true or false, not ${multiAz}`);
  const [minTasks, maxTasks] = [count('minTasks'), count('maxTasks')];
  if (minTasks > maxTasks) faults.push('minTasks must not be larger than maxTasks');
  if (faults.length > 0)
    throw new SettingsError(`The context is wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);

  const [alarmEmail, image] = [text('alarmEmail'), text('image')];
  return {
    domain,
    ...(zone && { zone: { id: zone[0], name: zone[1] } }),
    ...(certificateArn !== undefined && { certificateArn }),
    ...(alarmEmail !== undefined && { alarmEmail }),
    ...(image !== undefined && { image }),
    ...(mail && { mail: { secretArn: mail[0], from: mail[1] } }),
    minTasks,
    maxTasks,
    databaseClass: text('databaseClass') ?? DEFAULTS.databaseClass,
    multiAz: multiAz === 'true',
  };
}
