import type { ImportEvent, ImportReport } from '../../admin/import-export/import-events.js';
import type { Filled } from '../../src/import/tally.js';
import type { PanelClient } from '../support/panel.js';

/** The texts of the files of an import. */
export type Files = Partial<Record<'platforms' | 'movies' | 'reviews', string>>;

/** Imports and downloads of exports by a member of staff. */
export function importsAs(staff: PanelClient) {
  const post = (
    step: string,
    files: Files,
    { client = staff, headers = {} }: { client?: PanelClient; headers?: Record<string, string> } = {},
  ) => {
    const body = new FormData();
    for (const [name, text] of Object.entries(files)) body.set(name, new Blob([text]), `${name}-mine.csv`);
    return client.fetch(`/admin/import/${step}`, { method: 'POST', body, headers });
  };
  const events = async (step: string, files: Files) => {
    const lines = (await (await post(step, files)).text()).trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as ImportEvent);
  };
  const report = async (step: string, files: Files): Promise<ImportReport> => {
    const last = (await events(step, files)).at(-1);
    if (!last || !('report' in last)) throw new Error(`No report, but ${JSON.stringify(last)}`);
    return last.report;
  };
  const download = async (name: string) => (await staff.fetch(`/admin/export/${name}/csv?bom=1`)).text();
  return { post, events, report, download };
}

export const tally = (added: number, present: number) => ({ added, present });

/** What an import has filled in; what is not named is 0. */
export function filled(counts: Partial<Filled>): Filled {
  return { movies: 0, year: 0, kind: 0, genres: 0, runtime: 0, imdb_id: 0, ...counts };
}
