import type { Worker } from 'node:cluster';

/** The parts of Node's own messages between the primary and its workers that this file uses. */
interface InternalMessage {
  cmd?: string;
  act?: string;
  seq?: number;
  ack?: number;
}

interface Connection {
  close(): void;
}

/**
 * Gives connections that a worker was handed, and had not taken when it died, to the other workers. The primary accepts all
 * connections; Node.js waits for ever for a dead worker's word that it has one, with the client on the line and a
 * descriptor open.
 * @param anyServes whether another worker listens; otherwise the connections are closed
 */
export function keepHandoffs({ process: child }: Worker, anyServes: () => boolean): void {
  const pending = new Map<number, Connection>();
  const send = child.send.bind(child) as (...all: unknown[]) => boolean;
  child.send = (message: InternalMessage, handle?: unknown, ...rest: unknown[]): boolean => {
    if (message?.act === 'newconn' && message.seq !== undefined) {
      pending.set(message.seq, handle as Connection);
    }
    return send(message, handle, ...rest);
  };
  child.on('internalMessage', ({ ack }: InternalMessage) => {
    if (ack !== undefined) pending.delete(ack);
  });
  let isDisconnected = false;
  child.once('disconnect', () => (isDisconnected = true));
  // Node.js puts `disconnect` off until the worker has said that it got the last handle sent: for ever, where it died before.
  // By `close` it has exited and its channel is read to the end.
  child.once('close', () => setImmediate(() => isDisconnected || child.emit('disconnect')));
  // All that the worker has sent is read by then, and the primary has taken it off its list.
  child.once('disconnect', () =>
    setImmediate(() => {
      for (const [ack, connection] of pending) {
        // What a worker that shuts down answers: the primary hands the connection to another one.
        if (anyServes()) child.emit('internalMessage', { cmd: 'NODE_CLUSTER', ack, accepted: false });
        else connection.close();
      }
      pending.clear();
    }),
  );
}
