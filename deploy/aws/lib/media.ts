import { Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnAccessKey, User } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { composedSecret } from './secret-text.js';

/** The bucket of posters, and the one user that may reach into it. */
export class Media extends Construct {
  /** The text is MEDIA_URL. */
  readonly url: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const user = new User(this, 'User');
    bucket.grantReadWrite(user);
    const key = new CfnAccessKey(this, 'Key', { userName: user.userName });
    // A key's secret may have a slash, which would end the address's host.
    const escaped = Fn.join('%2F', Fn.split('/', key.attrSecretAccessKey));
    const { region } = Stack.of(this);
    this.url = composedSecret(
      this,
      'Url',
      'MEDIA_URL of Marquee',
      `s3://${key.ref}:${escaped}@s3.${region}.amazonaws.com/${bucket.bucketName}?region=${region}`,
    );
  }
}
