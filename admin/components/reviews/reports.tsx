import { Badge, Box, Text, ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';
import { useFormats } from '../formats.js';
import type { ShownReport } from '../../resources/review-reports.js';

/** A review's reports: in lists the reasons of the latest, elsewhere all with their dates. */
export default function Reports({ property, record, where }: BasePropertyProps) {
  const { translateProperty, translateLabel } = useTranslation();
  const formats = useFormats();
  const reports = (record?.params.reports ?? []) as ShownReport[];
  if (where === 'list') return <Reasons reports={reports} total={Number(record?.params.open_reports ?? 0)} />;
  if (reports.length === 0) return null;
  return (
    <ValueGroup label={translateProperty(property.label, property.resourceId)}>
      {reports.map(({ reason, created, closed, reporter }) => (
        <Box key={created + reason} py="sm" data-testid="report">
          <Badge variant={closed ? 'default' : 'danger'} outline={Boolean(closed)} size="sm" mr="default">
            {translateLabel(closed ? 'reportClosed' : 'reportOpen', property.resourceId)}
          </Badge>
          <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{reason}</span>
          <Text as="span" color="grey60" ml="default">
            {reporter && `${reporter}, `}
            <time dateTime={created}>{formats.time(created)}</time>
          </Text>
        </Box>
      ))}
    </ValueGroup>
  );
}

function Reasons({ reports, total }: { reports: ShownReport[]; total: number }) {
  const more = total - reports.length;
  return (
    <Box as="ul" m="0" p="0" className="reasons">
      {reports.map(({ reason, created, reporter }) => (
        <li key={created + reason} title={reason}>
          {reason}
          {reporter && ` (${reporter})`}
        </li>
      ))}
      {more > 0 && <li>+ {more}</li>}
    </Box>
  );
}
