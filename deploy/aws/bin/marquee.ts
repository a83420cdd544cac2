import { App } from 'aws-cdk-lib';
import { SettingsError } from '../lib/settings.js';
import { MarqueeStack } from '../lib/stack.js';

const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;

try {
  new MarqueeStack(new App(), 'Marquee', {
    description: 'Marquee, a movie-review platform',
    ...(account && region && { env: { account, region } }),
  });
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\nSee docs/deploy/aws.md.\n`);
  process.exitCode = 1;
}
