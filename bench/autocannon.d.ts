/** The part of autocannon that is used here. */
declare module 'autocannon' {
  export interface Shot {
    path: string;
    method?: 'GET' | 'POST' | 'PUT';
    headers?: Record<string, string>;
    body?: string;
  }
  /** Requests that `setupRequest` makes one by one. */
  export interface Repeated {
    setupRequest: (defaults: Shot) => Shot;
    onResponse?: (
      status: number,
      body: string,
      context: unknown,
      headers: Record<string, string | undefined>,
    ) => void;
  }
  export interface Client {
    setRequests(requests: (Shot | Repeated)[]): void;
  }
  export interface Result {
    requests: { total: number };
    duration: number;
    errors: number;
    statusCodeStats: Record<string, { count: number }>;
  }
  export interface Run extends PromiseLike<Result> {
    on(
      event: 'response',
      listener: (client: Client, status: number, bytes: number, milliseconds: number) => void,
    ): this;
  }
  export default function autocannon(options: {
    url: string;
    connections: number;
    duration: number;
    timeout: number;
    setupClient: (client: Client) => void;
  }): Run;
}
