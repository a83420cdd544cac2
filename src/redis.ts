import { log } from './log.js';

/** How long a reply may take before Redis counts as down, in milliseconds. */
const TIMEOUT_MS = 500;
/** The longest delay between attempts to reconnect, in milliseconds. */
const LONGEST_WAIT_MS = 2_000;

/** A connection to Redis that reconnects by itself. While Redis is down `send` fails at once. */
export interface Redis {
  isReady: () => boolean;
  /** Sends a command. Rejects if Redis is down or too slow. */
  send: (command: string[]) => Promise<unknown>;
  /** Calls back at each connection and reconnection. */
  onReady: (callback: () => void) => void;
  /** Subscribes to a channel on this connection; doing so again has no effect. */
  subscribe: (channel: string, onMessage: (message: string) => void) => void;
  close: () => void;
}

/** Connects to Redis in the background. Each loss and each recovery is logged once. */
export async function openRedis(url: string): Promise<Redis> {
  // Loaded here, since it takes a quarter of a second that a start without Redis saves.
  const { createClient } = await import('redis');
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: TIMEOUT_MS,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, LONGEST_WAIT_MS),
    },
  });
  // Each rate limit loads its scripts anew at each connection.
  client.setMaxListeners(0);
  let isDown = false;
  /** Whether a reply has timed out and none has come since. */
  let isHanging = false;
  const onLost = (error: Error) => {
    if (!isDown)
      log.warn({ err: error }, 'Redis is away: each process counts limits for itself and keeps no answers');
    isDown = true;
  };
  const onFound = () => {
    if (isDown) log.info('Redis is back: limits are shared and answers kept again');
    isDown = false;
    isHanging = false;
  };
  const probe = () => {
    if (!isHanging) return;
    withinTime(client.sendCommand(['PING'])).then(onFound, () => void setTimeout(probe, TIMEOUT_MS).unref());
  };
  client.on('error', onLost).on('ready', onFound);
  client.connect().catch(() => undefined);
  return {
    isReady: () => client.isReady && !isHanging,
    send: async (command) => {
      try {
        return await withinTime(client.sendCommand(command));
      } catch (error) {
        // Only this command has waited: until Redis replies again, the others do not use it.
        if (error instanceof ReplyTimeout && !isHanging) {
          isHanging = true;
          onLost(error);
          probe();
        }
        throw error;
      }
    },
    onReady: (callback) => {
      client.on('ready', callback);
      if (client.isReady) callback();
    },
    subscribe: (channel, onMessage) => void client.subscribe(channel, onMessage).catch(() => undefined),
    close: () => {
      isHanging = false;
      client.destroy();
    },
  };
}

class ReplyTimeout extends Error {}

/** @throws {ReplyTimeout} if the reply takes too long */
async function withinTime<T>(reply: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    const expire = () => reject(new ReplyTimeout('Redis did not answer in time'));
    // In two steps: after a blocked event loop the first is over, and waiting replies are read before the second is.
    timer = setTimeout(() => {
      timer = setTimeout(expire, TIMEOUT_MS / 2);
    }, TIMEOUT_MS / 2);
  });
  try {
    return await Promise.race([reply, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
