import { SecretValue } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** Without the signs that an address gives a meaning to. */
const generateSecretString = { excludePunctuation: true, passwordLength: 48 };

/** A secret that AWS makes up. */
export function randomSecret(scope: Construct, id: string, description: string): Secret {
  return new Secret(scope, id, { description, generateSecretString });
}

/**
 * A secret whose text has others in it, as an address has a password. The template has references only; CloudFormation
 * looks them up when it deploys.
 */
export function composedSecret(scope: Construct, id: string, description: string, text: string): Secret {
  return new Secret(scope, id, { description, secretStringValue: SecretValue.unsafePlainText(text) });
}
