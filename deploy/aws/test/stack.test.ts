import { Match, type Template } from 'aws-cdk-lib/assertions';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { ENOUGH, idsOf, type Part, synthesise, text } from './synthesis.js';

let template: Template;

before(() => {
  template = synthesise(ENOUGH);
});

describe('the data', () => {
  it('is encrypted, backed up and kept when the stack goes', () => {
    template.hasResource('AWS::RDS::DBInstance', {
      DeletionPolicy: 'Snapshot',
      Properties: {
        Engine: 'mysql',
        StorageEncrypted: true,
        BackupRetentionPeriod: 14,
        DeletionProtection: true,
        MultiAZ: true,
        PubliclyAccessible: false,
      },
    });
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
  });

  it('is reached by TLS only, whose certificate is verified', () => {
    template.hasResourceProperties('AWS::RDS::DBParameterGroup', {
      Family: 'mysql8.4',
      Parameters: { require_secure_transport: 'ON' },
    });
    const addresses = Object.values(template.findResources('AWS::SecretsManager::Secret'))
      .map((one) => text(one.Properties.SecretString ?? ''))
      .filter((one) => one.includes('://'));
    assert.equal(addresses.length, 3);
    assert.ok(
      addresses.some((one) =>
        one.includes('ssl-mode=VERIFY_IDENTITY&ssl-ca=/app/dist/certificates/aws-rds.pem'),
      ),
    );
    assert.ok(addresses.some((one) => one.includes('rediss://:')));
    assert.ok(addresses.some((one) => one.includes('s3://')));
    template.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
      TransitEncryptionEnabled: true,
      AtRestEncryptionEnabled: true,
      AuthToken: Match.anyValue(),
    });
  });

  it('is in the template by reference only', () => {
    for (const one of Object.values(template.findResources('AWS::SecretsManager::Secret'))) {
      const { SecretString, GenerateSecretString } = one.Properties;
      if (GenerateSecretString) continue;
      assert.match(text(SecretString), /resolve:secretsmanager|Fn::GetAtt/);
    }
  });

  it('lets in the tasks only', () => {
    const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(
      (one) => one.Properties,
    );
    const tasks = idsOf(template, 'AWS::EC2::SecurityGroup', {
      GroupDescription: 'The tasks of Marquee',
    })[0] as string;
    const intoData = rules.filter(({ Description }) => !/load ?balancer/i.test(Description as string));
    assert.equal(intoData.length, 2);
    for (const { SourceSecurityGroupId } of intoData)
      assert.match(text(SourceSecurityGroupId), new RegExp(tasks));
  });

  it('of posters is open to one user, for that bucket', () => {
    const user = idsOf(template, 'AWS::IAM::User')[0];
    const [policy] = Object.values(
      template.findResources('AWS::IAM::Policy', { Properties: { Users: [{ Ref: user }] } }),
    );
    const resources = policy?.Properties.PolicyDocument.Statement.flatMap(
      ({ Resource }: Part) => Resource,
    ) as Part[];
    for (const resource of resources) assert.match(text(resource), /MediaBucket/);
  });
});

describe('the load balancer', () => {
  it('serves TLS, leads there from port 80, and hides what is for the inside', () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: Match.stringLikeRegexp('TLS13'),
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 80,
      DefaultActions: [
        { Type: 'redirect', RedirectConfig: { Port: '443', Protocol: 'HTTPS', StatusCode: 'HTTP_301' } },
      ],
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
      Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      Conditions: [
        { Field: 'path-pattern', PathPatternConfig: { Values: ['/metrics', '/healthz', '/readyz'] } },
      ],
    });
  });

  it('checks that tasks live, and lets their requests end', () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckPath: '/healthz',
      TargetGroupAttributes: Match.arrayWith([{ Key: 'deregistration_delay.timeout_seconds', Value: '15' }]),
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: Match.arrayWith([{ Key: 'idle_timeout.timeout_seconds', Value: '60' }]),
    });
  });

  it('has the name and the certificate of the site', () => {
    template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'movies.example.org.', Type: 'A' });
    template.hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: 'movies.example.org',
      ValidationMethod: 'DNS',
    });
  });

  it('takes a certificate that is given, and leaves the name to others', () => {
    const certificateArn = 'arn:aws:acm:eu-central-1:111122223333:certificate/abc';
    const given = synthesise({ domain: ENOUGH.domain, image: ENOUGH.image, certificateArn });
    given.resourceCountIs('AWS::Route53::RecordSet', 0);
    given.resourceCountIs('AWS::CertificateManager::Certificate', 0);
    given.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Certificates: [{ CertificateArn: certificateArn }],
    });
  });
});

describe('the alarms', () => {
  it('tell somebody, at the beginning and at the end', () => {
    const alarms = Object.values(
      synthesise({ ...ENOUGH, alarmEmail: 'ops@example.org' }).findResources('AWS::CloudWatch::Alarm'),
    );
    assert.equal(alarms.length, 11);
    for (const alarm of alarms) {
      const { AlarmActions, OKActions, AlarmDescription } = alarm.Properties;
      assert.ok(AlarmActions.length === 1 && OKActions.length === 1 && AlarmDescription);
    }
  });

  it('go to an address where one is given', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 0);
    synthesise({ ...ENOUGH, alarmEmail: 'ops@example.org' }).hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'ops@example.org',
    });
  });

  it('take silence for a fault where too little is one', () => {
    const alarms = template.findResources('AWS::CloudWatch::Alarm');
    for (const { Properties } of Object.values(alarms)) {
      const isBelow = Properties.ComparisonOperator === 'LessThanThreshold';
      assert.equal(Properties.TreatMissingData, isBelow ? 'breaching' : 'notBreaching');
    }
  });
});
