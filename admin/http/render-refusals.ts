import type { Response } from 'express';

/** Turns JSON refusals, such as a throttle's 429, into a login page with their text. */
export function renderRefusals(response: Response, render: (message: string) => Promise<string>): void {
  const json = response.json.bind(response);
  response.json = (body: { detail?: unknown } | undefined) => {
    if (response.statusCode < 400 || typeof body?.detail !== 'string') return json(body);
    render(body.detail).then(
      (page) => response.type('html').send(page),
      () => json(body),
    );
    return response;
  };
}
