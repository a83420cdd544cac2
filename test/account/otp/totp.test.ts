import { expect } from 'chai';
import { base32, codeOf, matchingStep, setupUri, stepAt } from '../../../src/auth/otp/totp.js';

const SECRET = Buffer.from('12345678901234567890');

describe('time-based one-time passwords', () => {
  it('are those of RFC 6238, appendix B', () => {
    const vectors: [time: number, code: string][] = [
      [59, '94287082'],
      [1_111_111_109, '07081804'],
      [1_111_111_111, '14050471'],
      [1_234_567_890, '89005924'],
      [2_000_000_000, '69279037'],
      [20_000_000_000, '65353130'],
    ];
    for (const [seconds, code] of vectors)
      expect(codeOf(SECRET, stepAt(seconds * 1_000))).to.equal(code.slice(2));
  });

  it('are taken one step behind and ahead, and no further', () => {
    const now = 1_234_567_890_000;
    const taken = [-2, -1, 0, 1, 2].map((drift) => {
      const step = stepAt(now) + drift;
      return matchingStep(SECRET, codeOf(SECRET, step), now) === step;
    });
    expect(taken).to.deep.equal([false, true, true, true, false]);
  });

  it('write secrets in the base32 of RFC 4648', () => {
    const texts = { f: 'MY', fo: 'MZXQ', foo: 'MZXW6', foob: 'MZXW6YQ', foobar: 'MZXW6YTBOI' };
    for (const [text, encoded] of Object.entries(texts)) expect(base32(Buffer.from(text))).to.equal(encoded);
  });

  it('escape names in the address for apps', () => {
    const uri = new URL(setupUri('ABCD', 'Films: a & b', 'ann+b@x'));
    expect([uri.protocol, uri.host]).to.deep.equal(['otpauth:', 'totp']);
    expect(decodeURIComponent(uri.pathname)).to.equal('/Films  a & b:ann+b@x');
    expect(Object.fromEntries(uri.searchParams)).to.deep.equal({
      secret: 'ABCD',
      issuer: 'Films  a & b',
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});
