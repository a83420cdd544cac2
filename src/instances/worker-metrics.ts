import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry, type MetricObject, type Registry } from 'prom-client';
import { log } from '../log.js';

/**
 * How long a worker's figures are waited for, in milliseconds. One that is slower, or has not begun to serve, is left
 * out of that answer: its series have a gap, and no other's are wrong.
 */
const PATIENCE_MS = 1_000;

/** How long a worker waits for the primary's answer, in milliseconds: less than Prometheus's own 10 seconds. */
const ANSWER_MS = 5_000;

/** A metric as `getMetricsAsJSON` gives it; its type leaves the aggregator out. */
type Figures = (MetricObject & { aggregator?: string })[];

/** What workers and the primary say to each other: a worker asks, the primary asks all, and the answer goes back. */
type Message =
  | { metrics: 'serving' }
  | { metrics: 'ask'; id: number }
  | { metrics: 'measure'; id: number }
  | { metrics: 'figures'; id: number; figures: Figures }
  | { metrics: 'all'; id: number; text: string };

let lastId = 0;

/** In the primary: answers a worker that is asked for metrics with those of every worker. */
export function gatherWorkerMetrics(): void {
  const serving = new Set<Worker>();
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
      const timer = setTimeout(finish, PATIENCE_MS);
      awaited.set(id, (worker, figures) => {
        gathered.push(figures);
        if (missing.delete(worker) && missing.size === 0) finish();
      });
      for (const worker of missing) tell(worker, { metrics: 'measure', id });
      if (missing.size === 0) finish();
    });

  cluster.on('exit', (worker) => serving.delete(worker));
  cluster.on('message', (worker: Worker, message: Message) => {
    if (message?.metrics === 'serving') serving.add(worker);
    if (message?.metrics === 'figures') awaited.get(message.id)?.(worker, message.figures);
    if (message?.metrics === 'ask') {
      gather()
        .then(exposition)
        .then((text) => tell(worker, { metrics: 'all', id: message.id, text }))
        .catch((error: unknown) =>
          log.error({ err: error }, "the workers' metrics could not be put together"),
        );
    }
  });
}

/** Every worker's series under one heading each. They differ by their `worker` label, so adding up changes nothing. */
function exposition(gathered: Figures[]): Promise<string> {
  const summed = gathered.map((figures) => figures.map((metric) => ({ ...metric, aggregator: 'sum' })));
  return AggregatorRegistry.aggregate(summed).metrics();
}

function tell(worker: Worker, message: Message): void {
  // A worker that has just ended needs no answer.
  if (worker.isConnected()) worker.send(message, () => undefined);
}

function say(message: Message): void {
  // A primary that has just ended hears nothing any more.
  process.send?.(message, undefined, undefined, () => undefined);
}

/**
 * In a worker: marks its figures with its number and gives them to the primary when asked.
 * @returns what asks the primary for the figures of all workers, in Prometheus's text format
 */
export function joinWorkerMetrics(registry: Registry, number: number): () => Promise<string> {
  const waiting = new Map<number, (text: string) => void>();
  registry.setDefaultLabels({ worker: String(number) });

  process.on('message', (message: Message) => {
    if (message?.metrics === 'all') waiting.get(message.id)?.(message.text);
    if (message?.metrics === 'measure') {
      void registry
        .getMetricsAsJSON()
        .then((figures) => say({ metrics: 'figures', id: message.id, figures }));
    }
  });
  say({ metrics: 'serving' });

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
      // A process that was busy for long meets its timers first: an answer that lies there is read before giving up.
      const timer = setTimeout(() => setImmediate(giveUp), ANSWER_MS);
      waiting.set(id, (text) => {
        finish();
        resolve(text);
      });
      say({ metrics: 'ask', id });
    });
}
