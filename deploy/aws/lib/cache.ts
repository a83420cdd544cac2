import { type IConnectable, Port, SecurityGroup, SubnetType, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { composedSecret, randomSecret } from './secret-text.js';

const PORT = 6379;

/** Redis on ElastiCache, by TLS and with a password. One node: without it each task counts for itself. */
export class Cache extends Construct {
  readonly group: CfnReplicationGroup;
  /** The text is REDIS_URL. */
  readonly url: Secret;
  private readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, { vpc }: { vpc: IVpc }) {
    super(scope, id);
    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', { vpc, allowAllOutbound: false });
    const subnets = new CfnSubnetGroup(this, 'Subnets', {
      description: 'The cache of Marquee',
      subnetIds: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_ISOLATED }).subnetIds,
    });
    const password = randomSecret(
      this,
      'Password',
      'The password of the cache of Marquee',
    ).secretValue.unsafeUnwrap();
    this.group = new CfnReplicationGroup(this, 'Group', {
      replicationGroupDescription: 'Rate limits and cache invalidations of Marquee',
      engine: 'redis',
      engineVersion: '7.1',
      cacheNodeType: 'cache.t4g.micro',
      numCacheClusters: 1,
      automaticFailoverEnabled: false,
      cacheSubnetGroupName: subnets.ref,
      securityGroupIds: [this.securityGroup.securityGroupId],
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: true,
      authToken: password,
      port: PORT,
    });
    this.url = composedSecret(
      this,
      'Url',
      'REDIS_URL of Marquee',
      `rediss://:${password}@${this.group.attrPrimaryEndPointAddress}:${PORT}`,
    );
  }

  allowFrom(peer: IConnectable): void {
    this.securityGroup.connections.allowFrom(peer, Port.tcp(PORT));
  }
}
