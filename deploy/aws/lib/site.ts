import { Duration } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { type ISecurityGroup, SubnetType, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { type Cluster, FargateService } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationLoadBalancer,
  type ApplicationTargetGroup,
  ApplicationProtocol,
  ListenerAction,
  ListenerCondition,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import place from '../environment.json' with { type: 'json' };
import type { Settings } from './settings.js';
import { CONTAINER, type Task } from './task.js';

interface Props {
  vpc: IVpc;
  cluster: Cluster;
  securityGroup: ISecurityGroup;
  task: Task;
  settings: Settings;
}

/** The tasks that serve, and the load balancer in front of them with the site's certificate. */
export class Site extends Construct {
  readonly service: FargateService;
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly targets: ApplicationTargetGroup;

  constructor(scope: Construct, id: string, { vpc, cluster, securityGroup, task, settings }: Props) {
    super(scope, id);
    this.service = new FargateService(this, 'Service', {
      cluster,
      taskDefinition: task.definition,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [securityGroup],
      // Left to the scaling: a number here would put the service back to it at each deployment.
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      // A version whose tasks do not become healthy gives way to the one before.
      circuitBreaker: { rollback: true },
      healthCheckGracePeriod: Duration.minutes(1),
    });
    this.service
      .autoScaleTaskCount({ minCapacity: settings.minTasks, maxCapacity: settings.maxTasks })
      .scaleOnCpuUtilization('Processor', {
        targetUtilizationPercent: 60,
        scaleInCooldown: Duration.minutes(5),
      });

    const zone =
      settings.zone &&
      HostedZone.fromHostedZoneAttributes(this, 'Zone', {
        hostedZoneId: settings.zone.id,
        zoneName: settings.zone.name,
      });
    const certificate =
      settings.certificateArn === undefined
        ? new Certificate(this, 'Certificate', {
            domainName: settings.domain,
            validation: CertificateValidation.fromDns(zone),
          })
        : Certificate.fromCertificateArn(this, 'Certificate', settings.certificateArn);
    this.loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc,
      internetFacing: true,
      // The server keeps idle connections for 65 seconds, and so never closes one that is about to be used.
      idleTimeout: Duration.seconds(60),
      dropInvalidHeaderFields: true,
      deletionProtection: true,
    });
    this.loadBalancer.addRedirect();
    const listener = this.loadBalancer.addListener('Https', {
      port: 443,
      certificates: [certificate],
      sslPolicy: SslPolicy.RECOMMENDED_TLS,
    });
    listener.addAction('Inside', {
      priority: 1,
      // Figures and probes are for the inside.
      conditions: [ListenerCondition.pathPatterns(['/metrics', '/healthz', '/readyz'])],
      action: ListenerAction.fixedResponse(404, {
        contentType: 'application/json',
        messageBody: '{"detail":"Not found."}',
      }),
    });
    this.targets = listener.addTargets('Tasks', {
      port: place.port,
      protocol: ApplicationProtocol.HTTP,
      targets: [this.service.loadBalancerTarget({ containerName: CONTAINER, containerPort: place.port })],
      deregistrationDelay: Duration.seconds(15),
      healthCheck: {
        // A task that fails it is replaced, which brings no database back: not /readyz.
        path: place.health,
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
    });
    if (zone) {
      new ARecord(this, 'Address', {
        zone,
        recordName: `${settings.domain}.`,
        target: RecordTarget.fromAlias(new LoadBalancerTarget(this.loadBalancer)),
      });
    }
  }
}
