import {
  H5,
  MessageBox,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Text,
} from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import type { FileName, ImportReport } from '../../import-export/import-events.js';
import { useFormats } from '../formats.js';

/** The files of an import as the visitor has named them. */
type Files = Partial<Record<FileName, File>>;

/** The result of an import or its check: counts by kind of record, invalid lines, and lines left out. */
export default function ImportReportView({ report, files }: { report: ImportReport; files: Files }) {
  const { translateComponent: translate } = useTranslation();
  const { counts, faults, passedOver, written } = report;
  const changed = Object.values(counts ?? {}).reduce(
    (sum, tally) => sum + tally.added,
    counts?.movies.filled.movies ?? 0,
  );
  const message = counts ? (written ? 'done' : changed > 0 ? 'ready' : 'nothing') : 'faulty';
  return (
    <>
      <MessageBox
        mb="xl"
        variant={counts ? (written ? 'success' : 'info') : 'danger'}
        message={translate(`Import.${message}`, { count: counts ? changed : faults.count })}
        role={counts ? 'status' : 'alert'}
      />
      {counts && <Counts counts={counts} written={written} />}
      <Lines title={translate('Import.faults')} notes={faults} files={files} />
      <Lines title={translate('Import.passedOver')} notes={passedOver} files={files} />
    </>
  );
}

function Counts({ counts, written }: { counts: NonNullable<ImportReport['counts']>; written: boolean }) {
  const { translateComponent: translate } = useTranslation();
  const formats = useFormats();
  const head = ['kind', written ? 'added' : 'wouldBeAdded', 'present', written ? 'filled' : 'wouldBeFilled'];
  return (
    <Grid head={head.map((name) => translate(`Import.columns.${name}`))}>
      {Object.entries(counts).map(([kind, tally]) => (
        <TableRow key={kind}>
          <TableCell>{translate(`Import.phases.${kind}`)}</TableCell>
          <TableCell>{formats.number(tally.added)}</TableCell>
          <TableCell>{formats.number(tally.present)}</TableCell>
          <TableCell>{kind === 'movies' ? formats.number(counts.movies.filled.movies) : '–'}</TableCell>
        </TableRow>
      ))}
    </Grid>
  );
}

interface LinesProps {
  title: string;
  notes: ImportReport['faults'];
  files: Files;
}

function Lines({ title, notes: { count, first }, files }: LinesProps) {
  const { translateComponent: translate } = useTranslation();
  const formats = useFormats();
  const nameOf = (file: string) => files[file.replace(/\.csv$/, '') as FileName]?.name ?? file;
  if (count === 0) return null;
  return (
    <>
      <H5 mt="xl">
        {title} ({formats.number(count)})
      </H5>
      <Grid head={['file', 'line', 'field', 'message'].map((name) => translate(`Import.columns.${name}`))}>
        {first.map(({ file, line, column, text }, index) => (
          <TableRow key={index}>
            <TableCell>{nameOf(file)}</TableCell>
            <TableCell>{line ?? '–'}</TableCell>
            <TableCell>{column ?? '–'}</TableCell>
            <TableCell>{text}</TableCell>
          </TableRow>
        ))}
      </Grid>
      {count > first.length && <Text>{translate('Import.more', { count: count - first.length })}</Text>}
    </>
  );
}

function Grid({ head, children }: { head: string[]; children: React.ReactNode }) {
  return (
    <Table>
      <TableHead>
        <TableRow>
          {head.map((name) => (
            <TableCell key={name}>{name}</TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>{children}</TableBody>
    </Table>
  );
}
