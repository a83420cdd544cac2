import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { HttpCodeElb, HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Cache } from './cache.js';
import type { Database } from './database.js';
import type { Settings } from './settings.js';
import type { Site } from './site.js';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

interface Props {
  site: Site;
  database: Database;
  cache: Cache;
  settings: Settings;
}

/** Alarms on what visitors notice, and on what they would notice next. */
export class Alarms extends Construct {
  private readonly action: SnsAction;

  constructor(scope: Construct, id: string, { site, database, cache, settings }: Props) {
    super(scope, id);
    const topic = new Topic(this, 'Topic', { enforceSSL: true });
    if (settings.alarmEmail !== undefined) topic.addSubscription(new EmailSubscription(settings.alarmEmail));
    this.action = new SnsAction(topic);

    const { loadBalancer, targets, service } = site;
    const { instance } = database;
    const minute = { period: Duration.minutes(1) };
    this.above(
      'Errors',
      'Requests are answered by a 5xx',
      targets.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, minute),
      10,
      5,
    );
    this.above(
      'Refusals',
      'The load balancer itself answers by a 5xx',
      loadBalancer.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, minute),
      10,
      5,
    );
    this.above(
      'Slow',
      'One request in a hundred takes longer than a second',
      targets.metrics.targetResponseTime({ ...minute, statistic: 'p99' }),
      1,
      10,
    );
    this.below(
      'Hosts',
      'Fewer tasks serve than should',
      targets.metrics.healthyHostCount({ ...minute, statistic: 'Minimum' }),
      settings.minTasks,
      5,
    );
    this.above(
      'TaskProcessor',
      'The tasks are at their limit, and no more may start',
      service.metricCpuUtilization(minute),
      85,
      15,
    );
    this.above('TaskMemory', 'The tasks lack memory', service.metricMemoryUtilization(minute), 85, 10);
    this.above(
      'DatabaseProcessor',
      'The database is at its limit',
      instance.metricCPUUtilization(minute),
      80,
      15,
    );
    this.below(
      'DatabaseStorage',
      'The disk of the database is nearly full',
      instance.metricFreeStorageSpace(minute),
      4 * GIB,
      5,
    );
    this.below(
      'DatabaseMemory',
      'The database lacks memory',
      instance.metricFreeableMemory(minute),
      200 * MIB,
      15,
    );
    this.above(
      'CacheProcessor',
      'The cache is at its limit',
      cacheMetric(cache, 'EngineCPUUtilization'),
      80,
      15,
    );
    this.above(
      'CacheMemory',
      'The cache is nearly full',
      cacheMetric(cache, 'DatabaseMemoryUsagePercentage'),
      80,
      15,
    );
  }

  private above(
    id: string,
    alarmDescription: string,
    metric: Metric,
    threshold: number,
    minutes: number,
  ): void {
    this.watch(id, metric, {
      alarmDescription,
      threshold,
      minutes,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** Where too little is the fault, nothing at all is, too. */
  private below(
    id: string,
    alarmDescription: string,
    metric: Metric,
    threshold: number,
    minutes: number,
  ): void {
    this.watch(id, metric, {
      alarmDescription,
      threshold,
      minutes,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  private watch(
    id: string,
    metric: IMetric,
    {
      minutes,
      ...options
    }: {
      alarmDescription: string;
      threshold: number;
      minutes: number;
      comparisonOperator: ComparisonOperator;
      treatMissingData: TreatMissingData;
    },
  ): void {
    const alarm = (metric as Metric).createAlarm(this, id, { ...options, evaluationPeriods: minutes });
    alarm.addAlarmAction(this.action);
    alarm.addOkAction(this.action);
  }
}

function cacheMetric({ group }: Cache, metricName: string): Metric {
  return new Metric({
    namespace: 'AWS/ElastiCache',
    metricName,
    dimensionsMap: { CacheClusterId: `${group.ref}-001` },
    period: Duration.minutes(1),
  });
}
