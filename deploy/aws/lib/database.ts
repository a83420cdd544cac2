import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type IConnectable, InstanceType, SubnetType, type IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  CaCertificate,
  Credentials,
  DatabaseInstance,
  DatabaseInstanceEngine,
  MysqlEngineVersion,
  ParameterGroup,
  StorageType,
} from 'aws-cdk-lib/aws-rds';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { composedSecret } from './secret-text.js';
import type { Settings } from './settings.js';

const NAME = 'marquee';
/** RDS's certificate authorities, which the build writes into the image. */
const CERTIFICATES = '/app/dist/certificates/aws-rds.pem';

/** MySQL on RDS: encrypted, backed up, and reached by TLS only. */
export class Database extends Construct {
  readonly instance: DatabaseInstance;
  /** The text is DATABASE_URL. */
  readonly url: Secret;

  constructor(scope: Construct, id: string, { vpc, settings }: { vpc: IVpc; settings: Settings }) {
    super(scope, id);
    const engine = DatabaseInstanceEngine.mysql({ version: MysqlEngineVersion.VER_8_4_8 });
    this.instance = new DatabaseInstance(this, 'Instance', {
      engine,
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      instanceType: new InstanceType(settings.databaseClass),
      multiAz: settings.multiAz,
      databaseName: NAME,
      // Letters and digits: the password stands in an address.
      credentials: Credentials.fromGeneratedSecret(NAME, {
        excludeCharacters: ` !"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`,
      }),
      parameterGroup: new ParameterGroup(this, 'Parameters', {
        engine,
        parameters: { require_secure_transport: 'ON' },
      }),
      caCertificate: CaCertificate.RDS_CA_RSA2048_G1,
      storageType: StorageType.GP3,
      allocatedStorage: 20,
      maxAllocatedStorage: 500,
      storageEncrypted: true,
      backupRetention: Duration.days(14),
      deletionProtection: true,
      removalPolicy: RemovalPolicy.SNAPSHOT,
      cloudwatchLogsExports: ['error'],
    });
    const password = this.instance.secret?.secretValueFromJson('password').unsafeUnwrap();
    const { hostname, port } = this.instance.instanceEndpoint;
    this.url = composedSecret(
      this,
      'Url',
      'DATABASE_URL of Marquee',
      `mysql://${NAME}:${password}@${hostname}:${port}/${NAME}?ssl-mode=VERIFY_IDENTITY&ssl-ca=${CERTIFICATES}`,
    );
  }

  allowFrom(peer: IConnectable): void {
    this.instance.connections.allowDefaultPortFrom(peer);
  }
}
