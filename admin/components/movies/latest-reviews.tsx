import { Box, Text, ValueGroup } from '@adminjs/design-system';
import { ApiClient, type BasePropertyProps, type ListActionResponse, useTranslation } from 'adminjs';
import { useEffect, useState } from 'react';
import Excerpt from '../properties/excerpt.js';
import { useFormats } from '../formats.js';
import PanelLink from '../panel-link.js';
import Stars from '../properties/stars.js';

const api = new ApiClient();
const REVIEWS = 'reviews';
const LATEST_COUNT = '5';

/** A movie's latest reviews, each with a link to its page, and a link to all of them. */
export default function LatestReviews({ property, record, resource }: BasePropertyProps) {
  const { translateProperty, translateMessage } = useTranslation();
  const [list, setList] = useState<ListActionResponse>();
  const id = record?.id;
  useEffect(() => {
    const params = {
      'filters.watchlist_id': id,
      sortBy: 'created',
      direction: 'desc',
      perPage: LATEST_COUNT,
    };
    let isUnmounted = false;
    void api.resourceAction({ resourceId: REVIEWS, actionName: 'list', params }).then(({ data }) => {
      if (!isUnmounted) setList(data as ListActionResponse);
    });
    return () => {
      isUnmounted = true;
    };
  }, [id]);
  const formats = useFormats();
  return (
    <ValueGroup label={translateProperty(property.label, property.resourceId)}>
      <Box data-testid="latest-reviews">
        {list?.records.map((review) => (
          <Box key={review.id} py="default" borderBottom="default">
            <PanelLink to={`/admin/resources/${REVIEWS}/records/${review.id}/show`}>
              {review.populated.user_id?.title ?? review.id}
            </PanelLink>{' '}
            <Stars
              {...{ property: { ...property, path: 'rating' }, record: review, resource, where: 'list' }}
            />{' '}
            <time dateTime={String(review.params.created)}>
              {formats.time(String(review.params.created))}
            </time>
            <Box mt="sm">
              <Excerpt
                {...{
                  property: { ...property, path: 'description' },
                  record: review,
                  resource,
                  where: 'list',
                }}
              />
            </Box>
          </Box>
        ))}
        {list && (
          <Text mt="lg">
            {list.meta.total === 0 ? (
              translateMessage('noReviews', property.resourceId)
            ) : (
              <PanelLink to={`/admin/resources/${REVIEWS}?filters.watchlist_id=${id}`}>
                {translateMessage('allReviews', property.resourceId, {
                  formatted: formats.number(list.meta.total),
                })}
              </PanelLink>
            )}
          </Text>
        )}
      </Box>
    </ValueGroup>
  );
}
