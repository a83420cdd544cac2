import type { PanelClient } from './panel.js';

/** Where an answer leads. */
export const location = (answer: Response) => [answer.status, answer.headers.get('location')];

/** Sends a form to a page of the panel that stands by itself. */
export function send(client: PanelClient, path: string, fields: Record<string, string>): Promise<Response> {
  return client.fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
}

/** What a page of the panel that stands by itself shows. */
export async function stateOf(answer: Response): Promise<Record<string, unknown>> {
  const [, json = '{}'] = /window\.__APP_STATE__ = (.*);\n/.exec(await answer.text()) ?? [];
  return JSON.parse(json) as Record<string, unknown>;
}
