import { Box, Button, FormGroup, FormMessage, Icon, Label, MessageBox, Text } from '@adminjs/design-system';
import { type ActionProps, useTranslation } from 'adminjs';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router-dom';
import {
  type FileName,
  FILES,
  IMPORT_BYTES,
  type ImportEvent,
  type ImportReport,
} from '../../import-export/import-events.js';
import { openerHeader } from '../session/opener.js';
import ImportReportView from './import-report.js';

type Progress = Extract<ImportEvent, { progress: unknown }>['progress'];

/** By resource: the file of its own records, then the optional files of the records that they refer to. */
const FIELDS: Record<string, FileName[]> = {
  stream_platforms: ['platforms'],
  watch_lists: ['movies', 'platforms'],
  reviews: ['reviews', 'movies', 'platforms'],
};

/** The import page: sends CSV files to be checked, shows the report, then sends them to be written. */
export default function Import({ resource }: ActionProps) {
  const { translateComponent: translate } = useTranslation();
  const [files, setFiles] = useState<Partial<Record<FileName, File>>>({});
  const [progress, setProgress] = useState<Progress | 'sending' | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const fields = FIELDS[resource.id] ?? FILES;
  const chosenFiles = Object.values(files).filter((file) => file !== undefined);
  const isTooLarge = chosenFiles.reduce((bytes, { size }) => bytes + size, 0) > IMPORT_BYTES;
  const isReady = report !== null && !report.written && report.counts !== null;

  const choose = (name: FileName, file: File | undefined) => {
    setFiles((current) => ({ ...current, [name]: file }));
    setReport(null);
    setProblem(null);
  };
  const run = async (step: 'check' | 'write') => {
    setProblem(null);
    setProgress('sending');
    try {
      await send(step, files, (event) => {
        if ('progress' in event) setProgress(event.progress);
        else if ('report' in event) setReport(event.report);
        else setProblem(event.detail);
      });
    } catch {
      setProblem(translate('Import.lost'));
    }
    setProgress(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run('check');
  };

  return (
    <Box variant="white" p="xxl">
      <form onSubmit={submit}>
        <Text mb="xl">{translate('Import.intro')}</Text>
        {fields.map((name, index) => (
          <FormGroup key={name}>
            <Label htmlFor={`import-${name}`} required={index === 0}>
              {translate(`Import.files.${name}`)}
            </Label>
            <Text
              as="input"
              id={`import-${name}`}
              type="file"
              accept=".csv,text/csv"
              required={index === 0}
              disabled={progress !== null}
              aria-describedby={`import-${name}-hint`}
              onChange={(change: { target: HTMLInputElement }) => choose(name, change.target.files?.[0])}
            />
            <FormMessage id={`import-${name}-hint`} style={{ height: 'auto' }}>
              {translate(`Import.hints.${name}`)}
            </FormMessage>
          </FormGroup>
        ))}
        {isTooLarge && <Alert>{translate('Import.tooLarge', { megabytes: IMPORT_BYTES / 1_000_000 })}</Alert>}
        <Box flex style={{ gap: 16 }}>
          <Button
            type="submit"
            variant={isReady ? 'outlined' : 'contained'}
            disabled={chosenFiles.length === 0 || isTooLarge || progress !== null}
          >
            <Icon icon="CheckSquare" />
            {translate('Import.check')}
          </Button>
          {isReady && (
            <Button
              type="button"
              variant="contained"
              disabled={progress !== null}
              onClick={() => void run('write')}
            >
              <Icon icon="Upload" />
              {translate('Import.write')}
            </Button>
          )}
        </Box>
      </form>
      <Box mt="xl" aria-live="polite">
        {progress && <ProgressLine progress={progress} />}
        {problem && <Alert>{problem}</Alert>}
        {report && !progress && <ImportReportView report={report} files={files} />}
        {report?.written && !progress && (
          <Text mt="xl">
            <Link to={`/admin/resources/${resource.id}`}>{translate('Import.back')}</Link>
          </Text>
        )}
      </Box>
    </Box>
  );
}

function Alert({ children }: { children: string }) {
  return <MessageBox mb="xl" variant="danger" message={children} role="alert" />;
}

function ProgressLine({ progress }: { progress: Progress | 'sending' }) {
  const { translateComponent: translate } = useTranslation();
  const { phase, done, total } = progress === 'sending' ? { phase: 'sending', done: 0, total: 0 } : progress;
  const label = translate(`Import.phases.${phase}`);
  return (
    <Text as="label">
      {label} <progress aria-label={label} {...(total > 0 && { value: done, max: total })} />
    </Text>
  );
}

/** Sends the files and calls `onEvent` for each line of the response as it arrives. */
async function send(
  step: 'check' | 'write',
  files: Partial<Record<FileName, File>>,
  onEvent: (event: ImportEvent) => void,
): Promise<void> {
  const body = new FormData();
  for (const [name, file] of Object.entries(files)) body.set(name, file);
  const response = await fetch(`/admin/import/${step}`, { method: 'POST', headers: openerHeader(), body });
  // The session has expired: the response is the login page.
  if (response.redirected) window.location.assign(response.url);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  let isLast = !reader;
  while (!isLast) {
    const chunk = await reader?.read();
    isLast = chunk?.done ?? true;
    const lines = (buffer + (chunk?.value ?? '')).split('\n');
    buffer = isLast ? '' : (lines.pop() ?? '');
    for (const line of lines) if (line) onEvent(JSON.parse(line) as ImportEvent);
  }
}
