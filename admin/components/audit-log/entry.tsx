import {
  Box,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Text,
  ValueGroup,
} from '@adminjs/design-system';
import { type ActionProps, type RecordJSON, useTranslation } from 'adminjs';
import { Link } from 'react-router-dom';
import type { Change } from '../../../src/audit/audit-entry.js';
import RecordLink from './record-link.js';
import FieldValue from './field-value.js';
import Restore from './restore.js';
import { useFormats } from '../formats.js';

const VERSIONS = ['before', 'after'] as const;
const LOG = 'audit_log';

/** The page of an audit log entry: who did what to which record, and the changed fields before and after. */
export default function AuditEntry({ record }: ActionProps) {
  const { translateLabel, translateMessage } = useTranslation();
  const formats = useFormats();
  if (!record) return null;
  const { actor, actor_role, door, address, created, action, cascaded, restored_id, exists } = record.params;
  const cascadedCounts = Object.entries(JSON.parse(cascaded || '{}') as Record<string, number>);
  const label = (key: string) => translateLabel(key, LOG);
  return (
    <Box variant="white" p="xl">
      <Box flex flexWrap="wrap" style={{ columnGap: 48 }}>
        <ValueGroup label={label('when')}>{formats.exactTime(String(created))}</ValueGroup>
        <ValueGroup label={label('who')}>
          {actor} {actor_role && `(${translateLabel(`role.${actor_role}`, 'users')})`}
        </ValueGroup>
        <ValueGroup label={label('from')}>
          {[label(`door.${door}`), address].filter(Boolean).join(', ')}
        </ValueGroup>
        <ValueGroup label={label('what')}>
          {label(`action.${action}`)}{' '}
          {restored_id && (
            <Link to={`/admin/resources/${LOG}/records/${restored_id}/show`}>#{restored_id}</Link>
          )}
        </ValueGroup>
        <ValueGroup label={label('about')}>
          <RecordLink record={record} />
        </ValueGroup>
        {cascadedCounts.length > 0 && (
          <ValueGroup label={label(`counts.${action}`)}>
            {cascadedCounts
              .map(([table, count]) => `${label(`table.${table}`)}: ${formats.number(count)}`)
              .join(', ')}
          </ValueGroup>
        )}
      </Box>
      <Changes record={record} />
      {action === 'password' && <Text>{translateMessage('passwordHidden', LOG)}</Text>}
      {!exists && action !== 'import' && <Text mt="lg">{translateMessage('cannotRestoreDeleted', LOG)}</Text>}
    </Box>
  );
}

function Changes({ record }: { record: RecordJSON }) {
  const { translateLabel, translateProperty } = useTranslation();
  const { changes, names, resource } = record.params;
  const rows = Object.entries(JSON.parse(changes) as Record<string, Change>);
  const titles = JSON.parse(names) as Record<string, Record<string, string>>;
  if (rows.length === 0) return null;
  const versions = VERSIONS.filter((version) => rows.some(([, change]) => Object.hasOwn(change, version)));
  return (
    <Table>
      <TableHead>
        <TableRow>
          <TableCell style={{ width: '16%' }}>{translateLabel('field', LOG)}</TableCell>
          {versions.map((version) => (
            <TableCell key={version} style={{ width: '42%' }}>
              {translateLabel(version, LOG)}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(([field, change]) => (
          <TableRow key={field}>
            <TableCell style={{ verticalAlign: 'top' }}>
              <strong>{translateProperty(field, String(resource))}</strong>
            </TableCell>
            {versions.map((version) => (
              <TableCell key={version} style={{ verticalAlign: 'top' }}>
                <FieldValue
                  field={field}
                  resource={String(resource)}
                  value={change[version]}
                  titles={titles[field]}
                />
              </TableCell>
            ))}
          </TableRow>
        ))}
        {record.params.exists && (
          <TableRow>
            <TableCell />
            {versions.map((version) => (
              <TableCell key={version}>
                <Restore record={record} version={version} />
              </TableCell>
            ))}
          </TableRow>
        )}
      </TableBody>
    </Table>
  );
}
