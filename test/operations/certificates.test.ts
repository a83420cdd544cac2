import { expect } from 'chai';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMysqlUrl } from '../../src/addresses/database.js';
import { ROOT } from '../../src/project-root.js';

const FILE = join(ROOT, 'dist', 'certificates', 'aws-rds.pem');

describe('The certificates of AWS RDS that the build writes', () => {
  const certificates = readFileSync(FILE, 'utf8')
    .split(/(?<=-----END CERTIFICATE-----\n)/)
    .map((text) => new X509Certificate(text));

  it('are authorities that have not expired', () => {
    for (const { ca, validTo, subject } of certificates) {
      expect(ca, subject).to.equal(true);
      expect(Date.parse(validTo), subject).to.be.above(Date.now());
    }
  });

  it('include the authority of new instances in each of the large regions', () => {
    const subjects = certificates.map(({ subject }) => subject);
    for (const region of [
      'us-east-1',
      'us-west-2',
      'eu-west-1',
      'eu-central-1',
      'ap-southeast-1',
      'sa-east-1',
    ]) {
      const wanted = `CN=Amazon RDS ${region} Root CA RSA2048 G1`;
      expect(
        subjects.filter((subject) => subject.includes(wanted)),
        region,
      ).to.have.length(1);
    }
  });

  it('are taken by DATABASE_URL', () => {
    const { ssl } = parseMysqlUrl(
      `mysql://u:p@db.example.org/marquee?ssl-mode=VERIFY_IDENTITY&ssl-ca=${FILE}`,
    );
    expect(ssl?.ca).to.equal(readFileSync(FILE, 'utf8'));
  });
});
