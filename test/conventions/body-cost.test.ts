import { expect } from 'chai';
import { passwordFaults } from '../../src/auth/password.js';
import { parseJson } from '../../src/http/request/body.js';
import { parseForm } from '../../src/http/request/forms.js';
import { parseMultipart } from '../../src/http/request/multipart.js';
import { foldCase } from '../../src/models/validation.js';
import { anonymous } from '../support/clients.js';
import { cpuOf } from '../support/processor-time.js';
import { expectDetail } from '../support/refusals.js';

const BYTES = 102_400;
/** The processor time that any body or query may cost, in milliseconds. */
const MOST_MS = 100;
const utf8 = new TextDecoder();

const filled = (piece: string) => piece.repeat(Math.floor(BYTES / piece.length));
const part = (name: string) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n1\r\n`;

const FORMS = {
  'one name': filled('a&'),
  'alternating names': filled('a&b&'),
  'one name with values': filled('a=1&'),
  'many names': Array.from({ length: 15_000 }, (_, index) => `f${index}`).join('&'),
  'nested names': filled('a[b][c][d]=1&'),
  'indexed names': filled('a[]=1&'),
  'deep names': `a${filled('[a]')}=1`,
  escapes: `a=${filled('%41')}`,
  'broken escapes': `a=${filled('%')}`,
  'plus signs': `a=${filled('+')}`,
};

const JSONS = {
  'deep lists': '['.repeat(BYTES / 2) + ']'.repeat(BYTES / 2),
  'deep objects': '{"a":'.repeat(9_000) + '1' + '}'.repeat(9_000),
  'one name': `{${filled('"a":1,')}"a":1}`,
  'many names': `{${Array.from({ length: 8_000 }, (_, index) => `"f${index}":1`).join(',')}}`,
  'a wide list': `[${filled('1,')}1]`,
  quotes: `"${filled('\\"')}"`,
};

describe('the processor time of', () => {
  for (const [kind, text] of Object.entries(FORMS)) {
    it(`a form of ${kind} is bounded`, async () => {
      expect(await cpuOf(() => parseForm(text, utf8))).to.be.below(MOST_MS);
      expect(await cpuOf(() => parseForm(text, new TextDecoder('latin1')))).to.be.below(MOST_MS);
    });
  }

  for (const [kind, text] of Object.entries(JSONS)) {
    it(`JSON of ${kind} is bounded`, async () => {
      expect(await cpuOf(() => parseJson(text))).to.be.below(MOST_MS);
    });
  }

  for (const [kind, text] of Object.entries({
    'one name': filled(part('a')),
    'alternating names': filled(part('a') + part('b')),
    'a long name': part('a'.repeat(BYTES / 2)),
    boundaries: filled('--x\r\n'),
    'boundaries on end': filled('\r\n--x'),
    'empty parts': filled('--x\r\n\r\n'),
    'parts without a name': filled('--x\r\na:b\r\n\r\n\r\n'),
    files: filled('--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n1\r\n'),
    'half boundaries': `${part('a')}${filled('\r\n--')}`,
    headers: `--x\r\n${filled('X-A: b\r\n')}`,
  })) {
    it(`a multipart form of ${kind} is bounded`, async () => {
      const body = Buffer.from(`${text}--x--\r\n`);
      const spent = await cpuOf(() => parseMultipart(body, 'multipart/form-data; boundary=x', utf8));
      expect(spent).to.be.below(MOST_MS);
    });
  }

  for (const [kind, query] of Object.entries({
    'one name': 'a&'.repeat(7_000),
    'alternating names': 'a&b&'.repeat(3_500),
    'nested names': 'a[b][c]=1&'.repeat(1_500),
    'one ordering': `ordering=${'id,'.repeat(300)}`,
    'one search': `search=${'a+'.repeat(4_000)}`,
    'unknown fields': `fields=${'a,'.repeat(7_000)}`,
    'one field': `fields=${'id,'.repeat(5_000)}id`,
  })) {
    it(`a query of ${kind} is bounded`, async () => {
      expect(await cpuOf(() => anonymous.get(`/watch/watchlist/?${query}`))).to.be.below(MOST_MS);
    });
  }

  for (const [kind, work] of Object.entries({
    'a refused decimal': () => anonymous.get(`/watch/watchlist/?avg_rating__gte=${'1'.repeat(15_000)}x`),
    'a logged address': () => anonymous.get(`/nowhere${'?otp'.repeat(3_500)}`),
    'a name of combining marks': () => foldCase('a' + '\u0323\u0307'.repeat(25_000)),
    'a password like a long name': () =>
      passwordFaults('x'.repeat(50_000), { username: 'abc '.repeat(12_000) }),
  })) {
    it(`${kind} is bounded`, async () => {
      expect(await cpuOf(work)).to.be.below(MOST_MS);
    });
  }

  it('a form for the password reset is bounded: over HTTP, and refused', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const body = 'a&'.repeat(51_000);
    let status = 0;
    const spent = await cpuOf(async () => {
      const answer = await anonymous.send('POST', '/account/password-reset/confirm/', { body, headers });
      expectDetail(answer, 400);
      ({ status } = answer);
    });
    expect(status).to.equal(400);
    expect(spent).to.be.below(MOST_MS);
  });
});
