import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerInsights, Secret as TaskSecret } from 'aws-cdk-lib/aws-ecs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.js';
import { Cache } from './cache.js';
import { Database } from './database.js';
import { Media } from './media.js';
import { Migration } from './migration.js';
import { makeNetwork } from './network.js';
import { randomSecret } from './secret-text.js';
import { readSettings, type Settings } from './settings.js';
import { Site } from './site.js';
import { CONTAINER, Task } from './task.js';

/** One site of Marquee: network, database, cache, bucket, secrets, migration, tasks, load balancer and alarms. */
export class MarqueeStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    const settings = readSettings(this.node);
    const vpc = makeNetwork(this);
    const database = new Database(this, 'Database', { vpc, settings });
    const cache = new Cache(this, 'Cache', { vpc });
    const media = new Media(this, 'Media');
    const admin = randomSecret(this, 'AdminPassword', 'ADMIN_PASSWORD of Marquee: of the first admin, once');

    const cluster = new Cluster(this, 'Cluster', { vpc, containerInsightsV2: ContainerInsights.DISABLED });
    const securityGroup = new SecurityGroup(this, 'Tasks', { vpc, description: 'The tasks of Marquee' });
    for (const service of [database, cache]) service.allowFrom(securityGroup);
    const task = new Task(this, 'Task', {
      image: settings.image,
      environment: {
        PUBLIC_URL: `https://${settings.domain}`,
        ...(settings.mail && { MAIL_FROM: settings.mail.from }),
      },
      secrets: {
        DATABASE_URL: TaskSecret.fromSecretsManager(database.url),
        REDIS_URL: TaskSecret.fromSecretsManager(cache.url),
        MEDIA_URL: TaskSecret.fromSecretsManager(media.url),
        ADMIN_PASSWORD: TaskSecret.fromSecretsManager(admin),
        ...this.signingSecrets(),
        ...this.mailSecret(settings),
      },
    });
    const inside = { vpc, cluster, securityGroup, task };
    const migration = new Migration(this, 'Migration', inside);
    migration.node.addDependency(database, cache);
    const site = new Site(this, 'Site', { ...inside, settings });
    site.service.node.addDependency(migration);
    new Alarms(this, 'Alarms', { site, database, cache, settings });

    const outputs = {
      Address: `https://${settings.domain}/`,
      LoadBalancer: site.loadBalancer.loadBalancerDnsName,
      AdminPasswordSecret: admin.secretName,
      ClusterName: cluster.clusterName,
      TaskDefinition: task.definition.taskDefinitionArn,
      ContainerName: CONTAINER,
      TaskSubnets: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS }).subnetIds.join(','),
      TaskSecurityGroup: securityGroup.securityGroupId,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  private signingSecrets(): Record<string, TaskSecret> {
    const names = ['SESSION_SECRET', 'JWT_SECRET', 'METRICS_TOKEN'];
    const made = names.map((name) => [
      name,
      TaskSecret.fromSecretsManager(randomSecret(this, name, `${name} of Marquee`)),
    ]);
    return Object.fromEntries(made) as Record<string, TaskSecret>;
  }

  private mailSecret({ mail }: Settings): Record<string, TaskSecret> {
    if (!mail) return {};
    const secret = Secret.fromSecretCompleteArn(this, 'Mail', mail.secretArn);
    return { SMTP_URL: TaskSecret.fromSecretsManager(secret) };
  }
}
