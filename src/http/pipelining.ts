import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/*
 * Pipelining: a client may send requests before it has the answers to earlier ones. Node begins all of them at once, so
 * that one bundle would hold every other client up.
 */

/** The most requests of a connection that wait for their answers. Benchmarks pipeline 10 to 20, browsers none. */
const WAITING_MAX = 24;
/** How many pipelined requests begin in one turn of the event loop. */
const BEGUN_IN_A_TURN = 20;

/** A connection's requests without an answer. */
interface Pipeline {
  /** Their responses, in order. */
  readonly responses: Set<ServerResponse>;
  /** Their number, with those that Node refuses itself. */
  waiting: number;
}

/** The parts of a socket's parser that this file uses. Node has no public way to stop it within a chunk. */
interface ParsedSocket extends Socket {
  parser?: { onIncoming?: (message: IncomingMessage, keepsAlive: boolean) => number } | null;
}

const pipelines = new WeakMap<Socket, Pipeline>();

/** The responses of a connection that are not sent as a whole, in the order of their requests. */
export function unsentResponses(socket: Socket): ServerResponse[] {
  return [...(pipelines.get(socket)?.responses ?? [])];
}

/**
 * Makes a server call `listener` for the requests of each connection one after another, and refuse a connection with too
 * many: the parser stops, and `clientError` is emitted with the code `HPE_CB_HEADERS_COMPLETE`.
 */
export function limitPipelines(server: Server, listener: RequestListener): void {
  const ready = new Set<ServerResponse>();
  let isScheduled = false;

  const beginSome = () => {
    let left = Math.min(ready.size, BEGUN_IN_A_TURN);
    for (const response of ready) {
      if (left === 0) break;
      left -= 1;
      ready.delete(response);
      if (!response.req.socket.destroyed) listener(response.req, response);
    }
    isScheduled = ready.size > 0;
    if (isScheduled) setImmediate(beginSome);
  };
  const beginSoon = (response: ServerResponse) => {
    ready.add(response);
    if (!isScheduled) setImmediate(beginSome);
    isScheduled = true;
  };

  server.on('connection', (socket) => {
    const pipeline = { responses: new Set<ServerResponse>(), waiting: 0 };
    pipelines.set(socket, pipeline);
    // Responses that wait behind others never close where their connection does.
    socket.once('close', () => pipelines.delete(socket));
    stopBeyondLimit(socket, pipeline);
  });
  server.on('request', (request, response) => {
    const pipeline = pipelines.get(request.socket);
    if (!pipeline) return;
    pipeline.responses.add(response);
    response.once('close', () => {
      pipeline.responses.delete(response);
      pipeline.waiting -= 1;
      const [next] = pipeline.responses;
      if (next) beginSoon(next);
    });
    if (pipeline.responses.size === 1) listener(request, response);
  });
  // Node would answer 417, without a body. A server may pass over an expectation that it does not know.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

/** Stops the parser at a request beyond the limit: a chunk may hold thousands. */
function stopBeyondLimit({ parser }: ParsedSocket, pipeline: Pipeline): void {
  const onIncoming = parser?.onIncoming;
  if (!parser || !onIncoming) return;
  parser.onIncoming = (message, keepsAlive) => {
    if (pipeline.waiting >= WAITING_MAX) return -1;
    pipeline.waiting += 1;
    return onIncoming(message, keepsAlive);
  };
}
