import { Badge, Box, ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';

/** Whether a review is shown or hidden, with the reason as the tooltip, and whether it is marked as a spoiler. */
export default function ReviewState({ property, record, where }: BasePropertyProps) {
  const { translateLabel, translateProperty } = useTranslation();
  const { [property.path]: active, spoiler, hidden_reason } = record?.params ?? {};
  const label = (name: string) => translateLabel(name, property.resourceId);
  const state = (
    <Box as="span" style={{ display: 'inline-flex', gap: 4, flexWrap: 'wrap' }}>
      <Badge
        variant={active ? 'default' : 'danger'}
        outline={Boolean(active)}
        size="sm"
        title={hidden_reason ?? undefined}
      >
        {label(active ? 'reviewShown' : 'reviewHidden')}
      </Badge>
      {spoiler && where === 'list' ? (
        <Badge variant="info" outline size="sm">
          {label('reviewSpoiler')}
        </Badge>
      ) : null}
    </Box>
  );
  if (where !== 'show') return state;
  return <ValueGroup label={translateProperty(property.label, property.resourceId)}>{state}</ValueGroup>;
}
