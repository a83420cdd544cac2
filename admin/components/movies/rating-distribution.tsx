import { Box, Text, ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';

const STARS = [5, 4, 3, 2, 1];

/** A movie's ratings by stars as bars, each with its number and share as text. */
export default function RatingDistribution({ property, record }: BasePropertyProps) {
  const { translateProperty, i18n } = useTranslation();
  const counts = STARS.map((stars) => Number(record?.params[`rating_${stars}`] ?? 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const format = (value: number, style: 'decimal' | 'percent') =>
    new Intl.NumberFormat(i18n.language, { style }).format(value);
  return (
    <ValueGroup label={translateProperty(property.label, property.resourceId)}>
      <Box
        as="table"
        width="100%"
        maxWidth={480}
        style={{ borderSpacing: '0 4px' }}
        data-testid="distribution"
      >
        <tbody>
          {STARS.map((stars, index) => {
            const count = counts[index] ?? 0;
            const share = total === 0 ? 0 : count / total;
            return (
              <tr key={stars}>
                <Text as="th" scope="row" textAlign="left" fontWeight="normal" pr="default" width="1%">
                  <span style={{ whiteSpace: 'nowrap' }}>
                    {translateProperty(`rating_${stars}`, property.resourceId)}
                  </span>
                </Text>
                <td>
                  <Box bg="border" height={14} borderRadius={4} aria-hidden="true">
                    <Box
                      bg="primary100"
                      height={14}
                      borderRadius={4}
                      style={{ width: `${share * 100}%`, minWidth: count > 0 ? 2 : 0 }}
                    />
                  </Box>
                </td>
                <Text as="td" fontWeight="normal" textAlign="right" pl="default" width="1%">
                  <span style={{ whiteSpace: 'nowrap' }}>
                    {format(count, 'decimal')} ({format(share, 'percent')})
                  </span>
                </Text>
              </tr>
            );
          })}
        </tbody>
      </Box>
    </ValueGroup>
  );
}
