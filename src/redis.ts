import { log } from './log.js';

/** How long a reply may take before Redis counts as down, in milliseconds. */
const TIMEOUT_MS = 500;
/** The longest delay between attempts to reconnect, in milliseconds. */
const LONGEST_WAIT_MS = 2_000;
/** The interval of the probes, in milliseconds. */
const PROBE_MS = 1_000;
/** The key that the probes write. */
const PROBED_KEY = 'marquee:probe';
const PROBED_KEY_MS = '60000';

/**
 * The errors of a Redis that does not do its work: full, a replica, loading its data, failing to save, busy with a script,
 * and so on. Those of a script have the error's name behind a dash, as older versions put it.
 */
const UNABLE =
  /(?:^|-)(?:OOM|READONLY|LOADING|MISCONF|MASTERDOWN|NOREPLICAS|CLUSTERDOWN|BUSY|NOAUTH|NOPERM|DENIED)\b/;

/** A connection to Redis that reconnects by itself. While Redis is down, or refuses writes, `send` is of no use. */
export interface Redis {
  isReady: () => boolean;
  /** Sends a command. Rejects if Redis is down, too slow or unable. */
  send: (command: string[]) => Promise<unknown>;
  /** Calls back each time that Redis can be used, again or at first. */
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
  const onFound = new Set<() => void>();
  /** Whether the last probe has succeeded, and no command has failed since. */
  let isUsable = false;
  /** Whether the loss has been logged. */
  let isLost = false;
  let isProbing = false;
  const lose = (error: Error) => {
    isUsable = false;
    if (!isLost)
      log.warn({ err: error }, 'Redis is away: each process counts limits for itself and keeps no answers');
    isLost = true;
  };
  const find = () => {
    if (isUsable || !client.isReady) return;
    isUsable = true;
    if (isLost) log.info('Redis is back: limits are shared and answers kept again');
    isLost = false;
    for (const callback of onFound) callback();
  };
  /** Does what the limits do: a Redis that is full, or a replica, answers a PING. */
  const probe = async () => {
    if (isProbing || !client.isReady) return;
    isProbing = true;
    try {
      await withinTime(client.sendCommand(['SET', PROBED_KEY, '1', 'PX', PROBED_KEY_MS]));
      find();
    } catch (error) {
      if (client.isReady) lose(error as Error);
    } finally {
      isProbing = false;
    }
  };
  client.on('error', lose).on('ready', () => void probe());
  client.connect().catch(() => undefined);
  const timer = setInterval(() => void probe(), PROBE_MS).unref();
  return {
    isReady: () => client.isReady && isUsable,
    send: async (command) => {
      try {
        return await withinTime(client.sendCommand(command));
      } catch (error) {
        // Only this command has waited: until Redis does its work again, the others do not use it.
        if (error instanceof ReplyTimeout || UNABLE.test((error as Error).message)) lose(error as Error);
        throw error;
      }
    },
    onReady: (callback) => {
      onFound.add(callback);
      if (client.isReady && isUsable) callback();
    },
    subscribe: (channel, onMessage) => void client.subscribe(channel, onMessage).catch(() => undefined),
    close: () => {
      clearInterval(timer);
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
