import { Gauge, type Registry } from 'prom-client';
import { config } from '../../config.js';
import { pool } from '../../database/database.js';
import { replicas } from '../../database/mysql.js';

/** Measures the connections to MySQL, and the read replicas. The embedded database has neither. */
export function measureDatabase(registry: Registry): void {
  if (!pool) return;
  registry.registerMetric(
    new Gauge({
      name: 'database_pool_connections',
      help: 'Connections of the pool by state, and requests that wait for one.',
      labelNames: ['state'],
      registers: [],
      collect() {
        for (const state of ['size', 'using', 'available', 'waiting'] as const)
          this.set({ state }, pool?.[state] ?? 0);
      },
    }),
  );
  const most = new Gauge({
    name: 'database_pool_max_connections',
    help: 'The most connections of the pool: DATABASE_POOL_MAX.',
    registers: [registry],
  });
  most.set(config.DATABASE_POOL_MAX);
  if (config.DATABASE_REPLICA_URLS.length === 0) return;
  registry.registerMetric(
    new Gauge({
      name: 'database_replica_up',
      help: 'Whether a read replica answers: 1 or 0.',
      labelNames: ['replica'],
      registers: [],
      collect() {
        for (const { name, up } of replicas.states()) this.set({ replica: name }, up ? 1 : 0);
      },
    }),
  );
  const lag = new Gauge({
    name: 'database_replica_lag_seconds',
    help: 'How far a read replica is behind, as it says itself: without the privilege to ask there is no series.',
    labelNames: ['replica'],
    registers: [registry],
  });
  registry.registerMetric(
    new Gauge({
      name: 'database_replica_replicating',
      help: 'Whether a read replica says that it replicates: 1 or 0.',
      labelNames: ['replica'],
      registers: [],
      async collect() {
        for (const { name, lag: seconds } of await replicas.lags()) {
          const labels = { replica: name };
          if (typeof seconds === 'number') lag.set(labels, seconds);
          else lag.remove(labels);
          if (seconds === undefined) this.remove(labels);
          else this.set(labels, seconds === null ? 0 : 1);
        }
      },
    }),
  );
}
