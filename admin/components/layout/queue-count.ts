import { ApiClient, type ListActionResponse, type ReduxState } from 'adminjs';
import { useEffect, useState } from 'react';
import { useSelector } from 'react-redux';
import { useLocation } from 'react-router-dom';

const api = new ApiClient();
const QUEUE = 'moderation_queue';

/** Shows in the menu how many reviews wait for a decision. The attribute is shown by lists/tools.css. */
export default function QueueCount() {
  const { key } = useLocation();
  const [count, setCount] = useState(0);
  const isThere = useSelector((state: ReduxState) => state.resources.some(({ id }) => id === QUEUE));
  const notices = useSelector((state: ReduxState) => state.notices.length);
  useEffect(() => {
    if (!isThere) return;
    const params = new URLSearchParams({ perPage: '1' });
    api.resourceAction({ resourceId: QUEUE, actionName: 'list', params }).then(
      ({ data }) => setCount((data as ListActionResponse).meta.total),
      // The menu is complete without it.
      () => undefined,
    );
  }, [isThere, key, notices]);
  useEffect(() => {
    const link = document.querySelector(`[data-css="sidebar"] a[href$="/resources/${QUEUE}"]`);
    if (count > 0) link?.setAttribute('data-count', String(count));
    else link?.removeAttribute('data-count');
  });
  return null;
}
