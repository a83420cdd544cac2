import {
  Box,
  Button,
  DrawerContent,
  DrawerFooter,
  FormGroup,
  Icon,
  Label,
  Text,
} from '@adminjs/design-system';
import { ActionHeader, type ActionProps, ApiClient, useTranslation } from 'adminjs';
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';

const FORMATS = ['csv', 'excel', 'json', 'ndjson'] as const;
type Choice = (typeof FORMATS)[number];

const api = new ApiClient();

/** The drawer of the export: a choice of formats and the download of the list behind it. */
export default function Export(props: ActionProps) {
  const { resource } = props;
  const { translateComponent: translate } = useTranslation();
  const [choice, setChoice] = useState<Choice>('csv');
  const [total, setTotal] = useState<number | null>(null);
  const query = listQuery(useLocation().search);
  useEffect(() => {
    const params = { ...Object.fromEntries(new URLSearchParams(query)), perPage: 1 };
    void api.resourceAction({ resourceId: resource.id, actionName: 'list', params }).then(({ data }) => {
      setTotal((data as { meta?: { total: number } }).meta?.total ?? null);
    });
  }, [query, resource.id]);
  return (
    <Box flex flexGrow={1} flexDirection="column">
      <DrawerContent>
        <ActionHeader {...props} omitActions />
        <Text mb="xl" aria-live="polite">
          {total === null
            ? '…'
            : translate('Export.total', { count: total, formatted: total.toLocaleString() })}
        </Text>
        <FormGroup as="fieldset" style={{ border: 0, padding: 0 }}>
          <Label as="legend">{translate('Export.format')}</Label>
          {FORMATS.map((format) => (
            <Box key={format} mb="default">
              <Text as="label" style={{ cursor: 'pointer' }}>
                <input
                  type="radio"
                  name="format"
                  value={format}
                  checked={choice === format}
                  onChange={() => setChoice(format)}
                />{' '}
                {translate(`Export.formats.${format}`)}
              </Text>
            </Box>
          ))}
        </FormGroup>
        <Text color="grey60">{translate('Export.hint')}</Text>
      </DrawerContent>
      <DrawerFooter>
        <Button as="a" variant="contained" href={downloadUrl(resource.id, choice, query)} download>
          <Icon icon="Download" />
          {translate('Export.download')}
        </Button>
      </DrawerFooter>
    </Box>
  );
}

/** The list's filters and order in the query string. */
function listQuery(search: string): string {
  const parameters = [...new URLSearchParams(search)].filter(([name]) =>
    /^(filters\.|sortBy$|direction$)/.test(name),
  );
  return new URLSearchParams(parameters).toString();
}

function downloadUrl(resourceId: string, choice: Choice, query: string): string {
  const parameters = new URLSearchParams(query);
  if (choice === 'excel') parameters.set('bom', '1');
  return `/admin/export/${resourceId}/${choice === 'excel' ? 'csv' : choice}?${parameters.toString()}`;
}
