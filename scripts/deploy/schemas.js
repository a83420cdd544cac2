// The keys of the places' own files that are used here, strictly, as their pages describe them: a misspelt key, which
// some places pass over in silence, is a fault. Their published schemas have no licence that lets a copy lie here.
import { z } from 'zod';

const path = z.string().regex(/^\/\w+$/);
const command = z.string().min(1);
const seconds = z.string().regex(/^\d+(ms|s|m|h)$/);

/** https://render.com/docs/blueprint-spec */
const renderVariable = z
  .strictObject({
    key: z.string(),
    value: z.string().optional(),
    sync: z.literal(false).optional(),
    generateValue: z.literal(true).optional(),
    fromService: z
      .strictObject({
        type: z.enum(['web', 'pserv', 'worker', 'keyvalue']),
        name: z.string(),
        property: z.enum(['host', 'port', 'hostport', 'connectionString']),
      })
      .optional(),
  })
  .refine((variable) => Object.keys(variable).length === 2, 'has one source');

const renderRegion = z.enum(['oregon', 'ohio', 'virginia', 'frankfurt', 'singapore']);

export const renderBlueprint = z.strictObject({
  services: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('web'),
        name: z.string(),
        runtime: z.literal('docker'),
        dockerfilePath: z.string(),
        region: renderRegion,
        plan: z.enum(['free', 'starter', 'standard', 'pro', 'pro plus', 'pro max', 'pro ultra']),
        numInstances: z.int().min(1),
        autoDeployTrigger: z.enum(['commit', 'checksPass', 'off']),
        preDeployCommand: command,
        healthCheckPath: path,
        maxShutdownDelaySeconds: z.int().min(1).max(300),
        envVars: z.array(renderVariable),
      }),
      z.strictObject({
        type: z.literal('keyvalue'),
        name: z.string(),
        region: renderRegion,
        plan: z.enum(['free', 'starter', 'standard', 'pro', 'pro plus']),
        maxmemoryPolicy: z.enum([
          'allkeys-lru',
          'volatile-lru',
          'allkeys-random',
          'volatile-random',
          'volatile-ttl',
          'noeviction',
        ]),
        ipAllowList: z.array(z.strictObject({ source: z.string(), description: z.string() })),
      }),
    ]),
  ),
});

/** https://docs.railway.com/config-as-code/reference */
export const railwayConfig = z.strictObject({
  $schema: z.literal('https://railway.com/railway.schema.json'),
  build: z.strictObject({ builder: z.enum(['RAILPACK', 'DOCKERFILE']), dockerfilePath: z.string() }),
  deploy: z.strictObject({
    preDeployCommand: z.tuple([command]),
    healthcheckPath: path,
    healthcheckTimeout: z.int().min(1),
    restartPolicyType: z.enum(['ON_FAILURE', 'ALWAYS', 'NEVER']),
    restartPolicyMaxRetries: z.int().min(1),
    overlapSeconds: z.string().regex(/^\d+$/),
    drainingSeconds: z.string().regex(/^\d+$/),
  }),
});

/** https://fly.io/docs/reference/configuration/ */
export const flyConfig = z.strictObject({
  app: z.string(),
  primary_region: z.string().length(3),
  kill_signal: z.enum(['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGKILL', 'SIGSTOP']),
  kill_timeout: z.int().min(1).max(300),
  deploy: z.strictObject({
    release_command: command,
    release_command_timeout: seconds,
    strategy: z.enum(['rolling', 'immediate', 'canary', 'bluegreen']),
    max_unavailable: z.number().positive(),
  }),
  env: z.record(z.string(), z.string()),
  http_service: z.strictObject({
    internal_port: z.int().min(1).max(65_535),
    force_https: z.boolean(),
    auto_stop_machines: z.enum(['off', 'stop', 'suspend']),
    auto_start_machines: z.boolean(),
    concurrency: z.strictObject({
      type: z.enum(['connections', 'requests']),
      soft_limit: z.int().min(1),
      hard_limit: z.int().min(1),
    }),
    checks: z.array(
      z.strictObject({
        grace_period: seconds,
        interval: seconds,
        timeout: seconds,
        method: z.literal('GET'),
        path,
      }),
    ),
  }),
  vm: z.array(z.strictObject({ size: z.string(), memory: z.string().regex(/^\d+(mb|gb)$/) })),
});

/** deploy/aws/environment.json, which deploy/aws/lib/ reads too. */
export const awsEnvironment = z.strictObject({
  port: z.int(),
  health: path,
  stopSeconds: z.int(),
  migrate: z.array(z.string()).min(1),
  environment: z.record(z.string(), z.string()),
  secrets: z.array(z.string()),
});
