import type { Template } from 'aws-cdk-lib/assertions';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import place from '../environment.json' with { type: 'json' };
import { container, ENOUGH, idsOf, only, type Part, synthesise, text } from './synthesis.js';

let template: Template;

before(() => {
  template = synthesise(ENOUGH);
});

describe('the tasks', () => {
  it('run as the image does, on a disk that is read-only but for /tmp', () => {
    const app = container(template, 'app');
    assert.equal(app.Image, ENOUGH.image);
    assert.equal(app.User, undefined);
    assert.equal(app.Command, undefined);
    assert.equal(app.ReadonlyRootFilesystem, true);
    assert.deepEqual(app.MountPoints, [{ ContainerPath: '/tmp', ReadOnly: false, SourceVolume: 'tmp' }]);
    assert.deepEqual(app.DependsOn, [{ Condition: 'SUCCESS', ContainerName: 'prepare' }]);
    const prepare = container(template, 'prepare');
    assert.deepEqual(
      [prepare.User, prepare.Command, prepare.Essential],
      ['0', ['chmod', '1777', '/tmp'], false],
    );
  });

  it('have the variables, and every secret by reference', () => {
    const { Environment, Secrets, PortMappings, StopTimeout } = container(template, 'app');
    const given = Object.fromEntries((Environment as Part[]).map(({ Name, Value }) => [Name, Value]));
    assert.deepEqual(given, { ...place.environment, PUBLIC_URL: 'https://movies.example.org' });
    assert.deepEqual(new Set((Secrets as Part[]).map(({ Name }) => Name)), new Set(place.secrets));
    assert.deepEqual(PortMappings, [{ ContainerPort: place.port, Protocol: 'tcp' }]);
    assert.ok(StopTimeout >= 15, 'running requests have 10 s');
  });

  it('send mail where a secret has the mail server', () => {
    const smtpSecretArn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:smtp-AbCdEf';
    const app = container(synthesise({ ...ENOUGH, smtpSecretArn, mailFrom: 'movies@example.org' }), 'app');
    assert.ok(
      (app.Secrets as Part[]).some(
        ({ Name, ValueFrom }) => Name === 'SMTP_URL' && ValueFrom === smtpSecretArn,
      ),
    );
    assert.ok(
      (app.Environment as Part[]).some(
        ({ Name, Value }) => Name === 'MAIL_FROM' && Value === 'movies@example.org',
      ),
    );
  });

  it('are replaced one after the other, and rolled back if they do not become healthy', () => {
    template.hasResourceProperties('AWS::ECS::Service', {
      LaunchType: 'FARGATE',
      DeploymentConfiguration: {
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
      },
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } },
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 2,
      MaxCapacity: 6,
    });
  });

  it('are built for the processor that they run on where no registry has the image', () => {
    const { RuntimePlatform } = only(template, 'AWS::ECS::TaskDefinition');
    assert.deepEqual(RuntimePlatform, { CpuArchitecture: 'X86_64', OperatingSystemFamily: 'LINUX' });
    const { Image } = container(synthesise({ ...ENOUGH, image: undefined }), 'app');
    assert.match(text(Image), /dkr\.ecr\./);
  });
});

describe('the migration', () => {
  it('runs in a task of the new version', () => {
    const { TaskDefinition, Command } = only(template, 'AWS::CloudFormation::CustomResource');
    assert.deepEqual(TaskDefinition, { Ref: idsOf(template, 'AWS::ECS::TaskDefinition')[0] });
    assert.deepEqual(Command, place.migrate);
  });

  it('comes after the database and before the service', () => {
    const [service] = Object.values(template.findResources('AWS::ECS::Service'));
    const [migration] = Object.entries(template.findResources('AWS::CloudFormation::CustomResource'));
    const [name, resource] = migration as [string, Part];
    assert.ok(service?.DependsOn.includes(name));
    assert.ok(
      (resource.DependsOn as string[]).includes(idsOf(template, 'AWS::RDS::DBInstance')[0] as string),
    );
  });

  it('may start that task and nothing else', () => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy')).map((one) => one.Properties);
    const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement as Part[]);
    const [starts, ...others] = statements.filter(({ Action }) => [Action].flat().includes('ecs:RunTask'));
    assert.equal(others.length, 0);
    assert.deepEqual(starts?.Resource, { Ref: idsOf(template, 'AWS::ECS::TaskDefinition')[0] });
  });
});
