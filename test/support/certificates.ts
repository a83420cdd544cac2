import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { skip } from './skip.js';

const run = promisify(execFile);

/** Certificates in a folder, made by OpenSSL. */
export class Certificates {
  private constructor(readonly folder: string) {}

  /** Makes an empty folder; skips the tests where OpenSSL is not installed. */
  static async create(context: Mocha.Context): Promise<Certificates> {
    if (!(await run('openssl', ['version']).catch(() => null))) skip(context, 'OpenSSL is not installed');
    return new Certificates(await mkdtemp(join(tmpdir(), 'marquee-tls-')));
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  /** A certificate and its key, as `node:tls` takes them. */
  read(name: string): { cert: Buffer; key: Buffer } {
    return { cert: readFileSync(this.file(`${name}.pem`)), key: readFileSync(this.file(`${name}.key`)) };
  }

  private openssl(...args: string[]): Promise<unknown> {
    return run('openssl', args, { cwd: this.folder });
  }

  async authority(name: string): Promise<void> {
    const subject = ['-subj', `/CN=${name}`, '-addext', 'basicConstraints=critical,CA:TRUE'];
    await this.openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
      '-days', '30', '-keyout', `${name}.key`, '-out', `${name}.pem`, ...subject); // prettier-ignore
  }

  /** @param validity such as `-days 30` */
  async signed(name: string, by: string, host: string, validity = ['-days', '30']): Promise<void> {
    await writeFile(this.file(`${name}.ext`), `subjectAltName=DNS:${host}\n`);
    await this.openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', `/CN=${name}`,
      '-keyout', `${name}.key`, '-out', `${name}.csr`); // prettier-ignore
    await this.openssl('x509', '-req', '-in', `${name}.csr`, '-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial',
      '-extfile', `${name}.ext`, '-out', `${name}.pem`, ...validity); // prettier-ignore
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
