import { expect } from 'chai';
import { endOf, parseTime, parseUnixTime } from '../../src/models/time.js';

const iso = (text: string) => parseTime(text)?.time.toISOString();

function end(text: string): string | undefined {
  const parsed = parseTime(text);
  return parsed ? endOf(parsed).toISOString() : undefined;
}

describe('the parser of times', () => {
  it('reads days and instants, in UTC where no offset is said', () => {
    for (const [text, expected] of Object.entries({
      '2026-01-31': '2026-01-31T00:00:00.000Z',
      '2026-01-31T12:34': '2026-01-31T12:34:00.000Z',
      ' 2026-01-31 12:34:56 ': '2026-01-31T12:34:56.000Z',
      '2026-01-31T12:34:56.7': '2026-01-31T12:34:56.700Z',
      '2026-01-31t12:34:56,789999z': '2026-01-31T12:34:56.789Z',
      '2026-01-31T00:30:00+13:45': '2026-01-30T10:45:00.000Z',
      '2026-01-31T23:30-0330': '2026-02-01T03:00:00.000Z',
      '2024-02-29': '2024-02-29T00:00:00.000Z',
      '1000-01-01': '1000-01-01T00:00:00.000Z',
      '9999-12-31T23:59:59.999Z': '9999-12-31T23:59:59.999Z',
    })) {
      expect(iso(text), text).to.equal(expected);
    }
  });

  it('refuses what is no time, does not exist, or no database can store', () => {
    for (const text of [
      '', 'soon', '12', '2026', '2026-01', '2026-1-1', '20260131', '31.01.2026', '01/31/2026', '2026-W05-1',
      '2026-02-29', '2026-02-30', '2026-04-31', '2026-13-01', '2026-00-01', '2026-01-00', '2026-01-32', '1900-02-29',
      '2026-01-31T24:00:00Z', '2026-01-31T12:60', '2026-01-31T12:00:60Z', '2026-01-31T12', '2026-01-31T12:00:00+24:00',
      '2026-01-31T12:00:00+01:60', '2026-01-31T12:00 +01:00', '2026-01-31Z', '-2026-01-31', '+002026-01-31', '12026-01-31',
      '0999-12-31', '0000-01-01', '1000-01-01T00:00:00+00:01', '9999-12-31T23:59:59-00:01', 'NaN', '1e12', '2026-01-31T12:00:00Z; x',
    ]) {
      expect(parseTime(text), text).to.equal(null);
    } // prettier-ignore
  });

  it('tells the end of a day, and of an instant', () => {
    expect(end('2026-02-28')).to.equal('2026-02-28T23:59:59.999Z');
    expect(end('2026-02-28T00:00')).to.equal('2026-02-28T00:00:00.000Z');
  });

  it('reads Unix times', () => {
    expect(parseUnixTime('978300760')?.toISOString()).to.equal('2000-12-31T22:12:40.000Z');
    for (const text of ['', '-1', '1.5', '1e9', '253402300800', '9'.repeat(400)])
      expect(parseUnixTime(text), text).to.equal(null);
  });
});
