import { Box, ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';
import type { ShownMarks } from '../../resources/user-marks.js';
import { useFormats } from '../formats.js';
import PanelLink from '../panel-link.js';

const REVIEWS = '/admin/resources/reviews';

/** A user's reports or helpful votes: how many, and links to the latest reviews that they are about. */
export default function UserMarks({ property, record }: BasePropertyProps) {
  const { translateProperty, translateMessage } = useTranslation();
  const formats = useFormats();
  const marks = record?.params[property.path] as ShownMarks | undefined;
  if (!marks) return null;
  const open = translateMessage('openReports', property.resourceId, {
    formatted: formats.number(marks.open ?? 0),
  });
  return (
    <ValueGroup label={translateProperty(property.label, property.resourceId)}>
      <Box data-testid={property.path}>
        {formats.number(marks.count)}
        {Boolean(marks.open) && (
          <>
            {' '}
            (
            {property.path === 'reports_about' ? (
              <PanelLink to={`${REVIEWS}?filters.user_id=${record?.id}&filters.open_reports~~from=1`}>
                {open}
              </PanelLink>
            ) : (
              open
            )}
            )
          </>
        )}
        <Box as="ul" m="0" pl="lg">
          {marks.reviews.map(({ id, title }) => (
            <li key={id}>
              <PanelLink to={`${REVIEWS}/records/${id}/show`}>{title}</PanelLink>
            </li>
          ))}
        </Box>
      </Box>
    </ValueGroup>
  );
}
