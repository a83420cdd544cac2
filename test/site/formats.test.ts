import { expect } from 'chai';
import { formatsOf } from '../../site/locale/formats.js';
import { translate } from '../../site/locale/messages.js';

describe('numbers and times of pages', () => {
  it('are those of the language, the first time and again', () => {
    for (let time = 0; time < 2; time += 1) {
      const [en, de] = [formatsOf('en'), formatsOf('de')];
      expect([en.number(1_234_567), de.number(1_234_567)]).to.deep.equal(['1,234,567', '1.234.567']);
      expect([en.rating(13 / 3), de.rating(13 / 3)]).to.deep.equal(['4.33', '4,33']);
      expect([en.rating(4), de.rating(0)]).to.deep.equal(['4.00', '0,00']);
    }
  });

  it('are waits that people can count', () => {
    const { wait } = formatsOf('en');
    expect([1, 59, 90, 91, 3_600, 5_401, 86_400].map(wait)).to.deep.equal([
      '1 second',
      '59 seconds',
      '90 seconds',
      '2 minutes',
      '60 minutes',
      '2 hours',
      '24 hours',
    ]);
    const message = 'Request was throttled. Expected available in 3000 seconds.';
    expect(translate(message, 'en')).to.equal('Request was throttled. Expected available in 50 minutes.');
    expect(translate(message, 'de')).to.equal('Das war zu oft in kurzer Zeit. In 50 Minuten geht es weiter.');
  });

  it('are those of the day in UTC, whatever the hour', () => {
    const { date, month } = formatsOf('de');
    for (const time of ['00:00:00.000Z', '23:59:59.999Z']) {
      expect(date(`2026-03-31T${time}`)).to.equal('31. März 2026');
      expect(month(`2026-03-31T${time}`)).to.equal('März 2026');
    }
    expect(date('2026-04-01T00:00:00.000Z')).to.equal('1. April 2026');
  });
});
