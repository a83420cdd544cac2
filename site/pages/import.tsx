/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { notFound } from '../../src/http/errors.js';
import type { Import } from '../api.js';
import { Form } from '../components/form.js';
import { IMPORT_FORM, ImportForm } from '../components/import-form.js';
import { ImportReport } from '../components/import-report.js';
import { type Fields, type FormState, page, type View, type Visit } from '../http/page.js';
import { IMPORT_PATH, memberPath } from '../paths.js';

const API = '/account/import/';
const IMPORT_BYTES = 10_000_000;
const CONFIRM_FORM = 'confirm-import';

/** Sends the form's file to be checked, and keeps it for the import. */
async function check(visit: Visit, { overwrite }: Fields): Promise<View> {
  const { file, api, text } = visit;
  if (!file) throw notFound();
  const body = { name: file.name, content: file.content, fields: {} };
  const report = await api.send<Import>('POST', API, body, { dry_run: 'true', keep: 'true', overwrite });
  const words = text.importing;
  const hasNews = report.added + report.updated > 0;
  return viewOf(
    visit,
    words.checked,
    <>
      <p>{hasNews ? words.checkedLead : words.nothingNew}</p>
      {hasNews && (
        <Form visit={visit} name={CONFIRM_FORM} state={undefined} labels={{}} action={IMPORT_PATH}>
          <input type="hidden" name="kept" value={report.kept ?? ''} />
          {overwrite !== undefined && <input type="hidden" name="overwrite" value={overwrite} />}
          <button class="button">{words.button}</button>
        </Form>
      )}
      <ImportReport visit={visit} report={report} />
      <Again visit={visit} />
    </>,
  );
}

/** Imports the file that was checked. */
async function confirm(visit: Visit, { kept, overwrite }: Fields): Promise<View> {
  const { api, member, text } = visit;
  const report = await api.send<Import>('POST', API, NO_FILE, { kept: kept || MISSING, overwrite });
  const words = text.importing;
  return viewOf(
    visit,
    words.done,
    <>
      <p class="actions">
        <a class="button" href={memberPath(member?.username ?? '')}>
          {words.seeProfile}
        </a>
        <a class="button plain" href="/watchlist">
          {words.seeWatchlist}
        </a>
      </p>
      <ImportReport visit={visit} report={report} />
    </>,
  );
}

const NO_FILE = { name: '', content: '', fields: {} };
/** A key under which nothing is kept. */
const MISSING = '0'.repeat(32);

/** `/settings/import`: a file to check, what an import would do, and the import. */
export const importData = page(IMPORT_PATH, {
  isForMembers: true,
  upload: { form: IMPORT_FORM, field: 'file', limit: IMPORT_BYTES },
  show: (visit, state) =>
    viewOf(
      visit,
      visit.text.importing.heading,
      <>
        <p>{visit.text.importing.lead}</p>
        <ImportForm visit={visit} state={asImport(state)} />
      </>,
    ),
  submit: (visit, fields) => (fields.form === CONFIRM_FORM ? confirm(visit, fields) : check(visit, fields)),
});

/** What is wrong with the second form is shown at the first: the file has to be chosen again. */
function asImport(state?: FormState): FormState | undefined {
  return state && { ...state, name: IMPORT_FORM };
}

function Again({ visit }: { visit: Visit }) {
  return (
    <p>
      <a href={IMPORT_PATH}>{visit.text.importing.again}</a>
    </p>
  );
}

function viewOf({ text }: Visit, title: string, body: ComponentChildren): View {
  return {
    title,
    isUnlisted: true,
    body: (
      <div class="band">
        <div class="wrap settings import">
          <h1>{title}</h1>
          {body}
          <p>
            <a href="/settings#import">{text.importing.back}</a>
          </p>
        </div>
      </div>
    ),
  };
}
