import { CustomResource, Duration } from 'aws-cdk-lib';
import { type ISecurityGroup, SubnetType, type IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Cluster } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { fileURLToPath } from 'node:url';
import place from '../environment.json' with { type: 'json' };
import { CONTAINER, type Task } from './task.js';

const CODE = fileURLToPath(new URL('../../migration', import.meta.url));

interface Props {
  vpc: IVpc;
  cluster: Cluster;
  securityGroup: ISecurityGroup;
  task: Task;
}

/**
 * Runs the migrations of a new version in a task of it, and waits for its end: what depends on this construct is deployed
 * afterwards, or not at all if they fail.
 */
export class Migration extends Construct {
  constructor(scope: Construct, id: string, { vpc, cluster, securityGroup, task }: Props) {
    super(scope, id);
    const handler = (name: string, method: string) =>
      new LambdaFunction(this, name, {
        runtime: Runtime.NODEJS_22_X,
        code: Code.fromAsset(CODE),
        handler: `index.${method}`,
        timeout: Duration.minutes(1),
        logGroup: new LogGroup(this, `${name}Log`, { retention: RetentionDays.ONE_MONTH }),
        environment: { CLUSTER: cluster.clusterArn, CONTAINER },
      });
    const [start, check] = [handler('Start', 'onEvent'), handler('Check', 'isComplete')];
    task.definition.grantRun(start);
    check.addToRolePolicy(
      new PolicyStatement({
        actions: ['ecs:DescribeTasks'],
        resources: ['*'],
        conditions: { ArnEquals: { 'ecs:cluster': cluster.clusterArn } },
      }),
    );
    const provider = new Provider(this, 'Provider', {
      onEventHandler: start,
      isCompleteHandler: check,
      queryInterval: Duration.seconds(15),
      // The longest that CloudFormation waits for a resource.
      totalTimeout: Duration.hours(1),
    });
    const run = new CustomResource(this, 'Run', {
      serviceToken: provider.serviceToken,
      properties: {
        // A new version has a new definition, which makes CloudFormation run it.
        TaskDefinition: task.definition.taskDefinitionArn,
        Command: place.migrate,
        Subnets: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS }).subnetIds,
        SecurityGroups: [securityGroup.securityGroupId],
      },
    });
    // Nor can a task start before it may read its secrets and write its log.
    run.node.addDependency(task);
  }
}
