import { Box, Text, ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';
import PanelLink from '../panel-link.js';
import Stars from '../properties/stars.js';

/** A review in a moderator's form: its movie, author, rating and text. */
export default function ReviewSummary({ property, record, resource }: BasePropertyProps) {
  const { translateProperty } = useTranslation();
  const { populated = {}, params = {} } = record ?? {};
  const label = (name: string) => translateProperty(name, property.resourceId);
  const rating = { property: { ...property, path: 'rating' }, record, resource, where: 'list' as const };
  return (
    <Box mb="xl" data-testid="summary">
      <ValueGroup label={label('watchlist_id')}>
        <PanelLink to={`/admin/resources/watch_lists/records/${params.watchlist_id}/show`}>
          {populated.watchlist_id?.title ?? params.watchlist_id}
        </PanelLink>
      </ValueGroup>
      <ValueGroup label={label('user_id')}>{populated.user_id?.title ?? params.user_id}</ValueGroup>
      <ValueGroup label={label('rating')}>
        <Stars {...rating} />
      </ValueGroup>
      <ValueGroup label={label('description')}>
        <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{params.description || '–'}</Text>
      </ValueGroup>
    </Box>
  );
}
