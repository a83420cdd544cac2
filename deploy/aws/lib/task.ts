import { Duration } from 'aws-cdk-lib';
import {
  type ContainerDefinition,
  ContainerDependencyCondition,
  CpuArchitecture,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
  type Secret as TaskSecret,
} from 'aws-cdk-lib/aws-ecs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import place from '../environment.json' with { type: 'json' };
import { imageOf } from './image.js';

/** The container that serves, and in which commands run. */
export const CONTAINER = 'app';

interface Props {
  /** The image's name; undefined builds it. */
  image: string | undefined;
  environment: Record<string, string>;
  secrets: Record<string, TaskSecret>;
}

/** A task of Marquee: one process, its disk read-only but for /tmp, as the image's own user. */
export class Task extends Construct {
  readonly definition: FargateTaskDefinition;
  readonly container: ContainerDefinition;

  constructor(scope: Construct, id: string, { image: name, environment, secrets }: Props) {
    super(scope, id);
    const image = imageOf(name);
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_MONTH });
    this.definition = new FargateTaskDefinition(this, 'Definition', {
      // A process is one core's worth: more tasks, not larger ones.
      cpu: 1024,
      memoryLimitMiB: 2048,
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.X86_64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
      volumes: [{ name: 'tmp' }],
    });
    const mount = { sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false };
    // Fargate gives a new volume to root alone.
    const prepare = this.definition.addContainer('prepare', {
      image,
      user: '0',
      command: ['chmod', '1777', '/tmp'],
      essential: false,
      readonlyRootFilesystem: true,
      logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'prepare' }),
    });
    prepare.addMountPoints(mount);
    this.container = this.definition.addContainer(CONTAINER, {
      image,
      environment: { ...place.environment, ...environment },
      secrets,
      portMappings: [{ containerPort: place.port }],
      readonlyRootFilesystem: true,
      linuxParameters: new LinuxParameters(this, 'Init', { initProcessEnabled: true }),
      stopTimeout: Duration.seconds(place.stopSeconds),
      logging: LogDrivers.awsLogs({ logGroup, streamPrefix: CONTAINER }),
    });
    this.container.addMountPoints(mount);
    this.container.addContainerDependencies({
      container: prepare,
      condition: ContainerDependencyCondition.SUCCESS,
    });
  }
}
