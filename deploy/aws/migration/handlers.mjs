/**
 * The two functions of the custom resource that migrates: one starts a task, the other says whether it has ended.
 * @param {Pick<import('@aws-sdk/client-ecs').ECS, 'runTask' | 'describeTasks'>} ecs
 * @param {{ CLUSTER: string, CONTAINER: string }} names
 */
export function makeHandlers(ecs, { CLUSTER: cluster, CONTAINER: name }) {
  return {
    async onEvent({ RequestType, PhysicalResourceId, ResourceProperties }) {
      // Nothing is undone: the version before runs on the new tables.
      if (RequestType === 'Delete') return { PhysicalResourceId };
      const { TaskDefinition, Command, Subnets, SecurityGroups } = ResourceProperties;
      const { tasks = [], failures = [] } = await ecs.runTask({
        cluster,
        taskDefinition: TaskDefinition,
        launchType: 'FARGATE',
        count: 1,
        startedBy: 'migration',
        networkConfiguration: { awsvpcConfiguration: { subnets: Subnets, securityGroups: SecurityGroups } },
        overrides: { containerOverrides: [{ name, command: Command }] },
      });
      if (tasks.length === 0) {
        throw new Error(`The migration could not start: ${failures.map(({ reason }) => reason).join(', ')}`);
      }
      return { PhysicalResourceId: 'migration', Data: { Task: tasks[0].taskArn } };
    },

    async isComplete({ RequestType, Data }) {
      if (RequestType === 'Delete') return { IsComplete: true };
      const { tasks = [] } = await ecs.describeTasks({ cluster, tasks: [Data.Task] });
      const [task] = tasks;
      // A task that has just started may not be listed yet.
      if (task?.lastStatus !== 'STOPPED') return { IsComplete: false };
      const container = task.containers.find((one) => one.name === name);
      if (container?.exitCode === 0) return { IsComplete: true };
      const reason = [task.stoppedReason, container?.reason].filter(Boolean).join('; ');
      throw new Error(
        `The migration ended with status ${container?.exitCode ?? 'none'} (${reason}). Its log says more.`,
      );
    },
  };
}
