import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ENOUGH, only, synthesise } from './synthesis.js';

const FAULTS: [what: string, context: Record<string, string | undefined>, says: string][] = [
  ['no domain', { domain: undefined }, "domain must be the site's name"],
  ['an address as domain', { domain: 'https://movies.example.org' }, "domain must be the site's name"],
  ['half a zone', { hostedZone: undefined }, 'hostedZoneId and hostedZone must come together'],
  ['no TLS', { hostedZoneId: undefined, hostedZone: undefined }, 'there is no site without TLS'],
  [
    'a zone and a certificate',
    { certificateArn: 'arn:aws:acm:x' },
    'either hostedZoneId and hostedZone, or certificateArn',
  ],
  ['another zone', { hostedZone: 'example.net' }, 'movies.example.org is not in the zone example.net'],
  ['a zone whose name only ends alike', { hostedZone: 'ample.org' }, 'is not in the zone'],
  [
    'a mail server without sender',
    { smtpSecretArn: 'arn:aws:secretsmanager:x' },
    'smtpSecretArn and mailFrom must come together',
  ],
  ['no tasks', { minTasks: '0' }, 'minTasks must be a whole number from 1 to 999, not 0'],
  ['half a task', { maxTasks: '2.5' }, 'maxTasks must be a whole number'],
  ['more tasks at least than at most', { minTasks: '7' }, 'minTasks must not be larger than maxTasks'],
  ['perhaps a standby', { multiAz: 'perhaps' }, 'multiAz must be true or false, not perhaps'],
];

describe('the context', () => {
  for (const [what, context, says] of FAULTS) {
    it(`is refused with ${what}`, () => {
      assert.throws(
        () => synthesise({ ...ENOUGH, ...context }),
        ({ name, message }: Error) => name === 'SettingsError' && message.includes(says),
      );
    });
  }

  it('is refused with all its faults at once', () => {
    assert.throws(
      () => synthesise({ minTasks: 'x', multiAz: 'y' }),
      ({ message }: Error) => message.split('\n').length === 5,
    );
  });

  it('sets sizes', () => {
    const template = synthesise({
      ...ENOUGH,
      minTasks: '3',
      maxTasks: '12',
      databaseClass: 'r7g.large',
      multiAz: 'false',
    });
    const { MinCapacity, MaxCapacity } = only(template, 'AWS::ApplicationAutoScaling::ScalableTarget');
    assert.deepEqual([MinCapacity, MaxCapacity], [3, 12]);
    const { DBInstanceClass, MultiAZ } = only(template, 'AWS::RDS::DBInstance');
    assert.deepEqual([DBInstanceClass, MultiAZ], ['db.r7g.large', false]);
  });
});
