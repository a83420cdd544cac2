import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
// Not compiled: it is deployed as it is.
const { makeHandlers } = (await import(new URL('../../migration/handlers.mjs', import.meta.url).href)) as {
  makeHandlers: (
    ecs: object,
    names: object,
  ) => Record<'onEvent' | 'isComplete', (event: object) => Promise<unknown>>;
};

/** ECS with these answers; it keeps what it was asked. */
function ecs(answers: { runTask?: object; describeTasks?: object }) {
  const asked: unknown[] = [];
  const answer =
    (value: object = {}) =>
    async (input: unknown) => {
      asked.push(input);
      return value;
    };
  const client = { runTask: answer(answers.runTask), describeTasks: answer(answers.describeTasks) };
  return { asked, handlers: makeHandlers(client, { CLUSTER: 'cluster-arn', CONTAINER: 'app' }) };
}

const created = {
  RequestType: 'Create',
  ResourceProperties: {
    TaskDefinition: 'marquee:7',
    Command: ['migrate'],
    Subnets: ['a', 'b'],
    SecurityGroups: ['c'],
  },
};
const started = { ...created, Data: { Task: 'task-arn' } };
const stopped = (container: object, more = {}) => ({
  describeTasks: {
    tasks: [{ lastStatus: 'STOPPED', containers: [{ name: 'prepare', exitCode: 0 }, container], ...more }],
  },
});

describe('the migration', () => {
  it('starts one task of the new version', async () => {
    const { asked, handlers } = ecs({ runTask: { tasks: [{ taskArn: 'task-arn' }] } });
    assert.deepEqual(await handlers.onEvent(created), {
      PhysicalResourceId: 'migration',
      Data: { Task: 'task-arn' },
    });
    assert.deepEqual(asked, [
      {
        cluster: 'cluster-arn',
        taskDefinition: 'marquee:7',
        launchType: 'FARGATE',
        count: 1,
        startedBy: 'migration',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['a', 'b'], securityGroups: ['c'] } },
        overrides: { containerOverrides: [{ name: 'app', command: ['migrate'] }] },
      },
    ]);
  });

  it('fails with the reason where no task could start', async () => {
    const { handlers } = ecs({ runTask: { failures: [{ reason: 'Capacity is unavailable' }] } });
    await assert.rejects(handlers.onEvent(created), /could not start: Capacity is unavailable/);
  });

  it('waits while the task runs, and before it is listed', async () => {
    for (const tasks of [[], [{ lastStatus: 'PENDING' }], [{ lastStatus: 'RUNNING' }]]) {
      const { handlers } = ecs({ describeTasks: { tasks } });
      assert.deepEqual(await handlers.isComplete(started), { IsComplete: false });
    }
  });

  it('is complete once the task has ended with status 0', async () => {
    assert.deepEqual(await ecs(stopped({ name: 'app', exitCode: 0 })).handlers.isComplete(started), {
      IsComplete: true,
    });
  });

  it('fails where the task did', async () => {
    const failed = ecs(
      stopped({ name: 'app', exitCode: 1 }, { stoppedReason: 'Essential container exited' }),
    );
    await assert.rejects(failed.handlers.isComplete(started), /status 1 \(Essential container exited\)/);
    const unstarted = ecs(stopped({ name: 'app', reason: 'CannotPullContainerError' }));
    await assert.rejects(unstarted.handlers.isComplete(started), /status none \(CannotPullContainerError\)/);
  });

  it('does nothing when the stack goes', async () => {
    const { asked, handlers } = ecs({});
    const gone = { ...created, RequestType: 'Delete', PhysicalResourceId: 'migration' };
    assert.deepEqual(await handlers.onEvent(gone), { PhysicalResourceId: 'migration' });
    assert.deepEqual(await handlers.isComplete(gone), { IsComplete: true });
    assert.deepEqual(asked, []);
  });
});
