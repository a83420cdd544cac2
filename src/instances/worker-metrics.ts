import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry, Counter, Gauge, type MetricObject, Registry } from 'prom-client';
import { config } from '../config.js';
import { log } from '../log.js';

/**
 * How long the primary waits for the workers' metrics, in milliseconds. A worker that is slower, or does not serve yet, is
 * left out of that scrape: its series have a gap, and no others are affected.
 */
const GATHER_MS = 1_000;

/** How long a worker waits for the primary, in milliseconds: less than Prometheus's scrape timeout of 10 seconds. */
const ANSWER_MS = 5_000;

/** The metrics of `getMetricsAsJSON`, whose type lacks the aggregator. */
type Figures = (MetricObject & { aggregator?: string })[];

/** The messages between workers and the primary: a worker asks, the primary asks all workers and sends the result back. */
type Message =
  | { metrics: 'serving' }
  | { metrics: 'ask'; id: number }
  | { metrics: 'measure'; id: number }
  | { metrics: 'figures'; id: number; figures: Figures }
  | { metrics: 'all'; id: number; text: string };

let lastId = 0;

/**
 * Measures the workers, in the primary.
 * @param serving those that serve
 */
function measureWorkers(serving: ReadonlySet<Worker>): Registry {
  const registry = new Registry();
  const registers = [registry];
  const configured = new Gauge({ name: 'marquee_workers_configured', help: 'WEB_CONCURRENCY.', registers });
  configured.set(config.WEB_CONCURRENCY);
  registry.registerMetric(
    new Gauge({
      name: 'marquee_workers_serving',
      help: 'Workers that serve.',
      registers: [],
      collect() {
        this.set(serving.size);
      },
    }),
  );
  const deaths = new Counter({
    name: 'marquee_worker_deaths_total',
    help: 'Workers that have ended by a signal or with a status other than 0.',
    registers,
  });
  cluster.on('exit', (_worker, code, signal) => {
    if (code !== 0 || signal) deaths.inc();
  });
  return registry;
}

/** In the primary: answers a worker's request for metrics with those of every worker, and its own. */
export function gatherWorkerMetrics(): void {
  const serving = new Set<Worker>();
  const own = measureWorkers(serving);
  const awaited = new Map<number, (worker: Worker, figures: Figures) => void>();

  const gather = (): Promise<Figures[]> =>
    new Promise((resolve) => {
      const id = (lastId += 1);
      const missing = new Set([...serving].filter((worker) => worker.isConnected()));
      const gathered: Figures[] = [];
      const finish = () => {
        clearTimeout(timer);
        awaited.delete(id);
        resolve(gathered);
      };
      const timer = setTimeout(finish, GATHER_MS);
      awaited.set(id, (worker, figures) => {
        gathered.push(figures);
        if (missing.delete(worker) && missing.size === 0) finish();
      });
      for (const worker of missing) sendToWorker(worker, { metrics: 'measure', id });
      if (missing.size === 0) finish();
    });

  cluster.on('exit', (worker) => serving.delete(worker));
  cluster.on('message', (worker: Worker, message: Message) => {
    if (message?.metrics === 'serving') serving.add(worker);
    if (message?.metrics === 'figures') awaited.get(message.id)?.(worker, message.figures);
    if (message?.metrics === 'ask') {
      Promise.all([gather(), own.getMetricsAsJSON() as Promise<Figures>])
        .then(([ofWorkers, ofPrimary]) => exposition([...ofWorkers, ofPrimary]))
        .then((text) => sendToWorker(worker, { metrics: 'all', id: message.id, text }))
        .catch((error: unknown) =>
          log.error({ err: error }, "the workers' metrics could not be put together"),
        );
    }
  });
}

/** All workers' series, grouped by metric. The series differ by their `worker` label, so the sums change nothing. */
function exposition(gathered: Figures[]): Promise<string> {
  const summed = gathered.map((figures) => figures.map((metric) => ({ ...metric, aggregator: 'sum' })));
  return AggregatorRegistry.aggregate(summed).metrics();
}

function sendToWorker(worker: Worker, message: Message): void {
  // A worker that has just exited needs no answer.
  if (worker.isConnected()) worker.send(message, () => undefined);
}

function sendToPrimary(message: Message): void {
  // A primary that has just exited receives nothing, which is no error.
  process.send?.(message, undefined, undefined, () => undefined);
}

/**
 * In a worker: labels its metrics with its number, and sends them to the primary on request.
 * @returns a function that gets the metrics of all workers from the primary, in Prometheus's text format
 */
export function joinWorkerMetrics(registry: Registry, number: number): () => Promise<string> {
  const waiting = new Map<number, (text: string) => void>();
  registry.setDefaultLabels({ worker: String(number) });

  process.on('message', (message: Message) => {
    if (message?.metrics === 'all') waiting.get(message.id)?.(message.text);
    if (message?.metrics === 'measure') {
      void registry
        .getMetricsAsJSON()
        .then((figures) => sendToPrimary({ metrics: 'figures', id: message.id, figures }));
    }
  });
  sendToPrimary({ metrics: 'serving' });

  return () =>
    new Promise((resolve, reject) => {
      const id = (lastId += 1);
      const finish = () => {
        clearTimeout(timer);
        waiting.delete(id);
      };
      const giveUp = () => {
        if (waiting.delete(id)) reject(new Error('The primary process gave no metrics'));
      };
      // After a blocked event loop timers run before I/O: a waiting answer is read before giving up.
      const timer = setTimeout(() => setImmediate(giveUp), ANSWER_MS);
      waiting.set(id, (text) => {
        finish();
        resolve(text);
      });
      sendToPrimary({ metrics: 'ask', id });
    });
}
