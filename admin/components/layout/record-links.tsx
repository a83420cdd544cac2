import { type RecordJSON, type ResourceJSON, useTranslation } from 'adminjs';
import { useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import type { SitePage } from '../../resources/site-page.js';
import { isListed, neighbourOf } from '../lists/neighbours.js';

interface Props {
  resource: ResourceJSON;
  record: RecordJSON;
  /** The page that the neighbours are shown on, too: `show` or `edit`. */
  page: string;
}

/** Links from a record to those beside it in the list that one came from, and to its page on the site. */
export default function RecordLinks({ resource, record, page }: Props) {
  const { translateComponent } = useTranslation();
  const recordId = String(record.id);
  const [beside, setBeside] = useState<(string | null)[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const read = isListed(resource.id, recordId)
      ? Promise.all([neighbourOf(resource.id, recordId, -1), neighbourOf(resource.id, recordId, 1)])
      : Promise.resolve([]);
    read.then(
      (ids) => isCurrent && setBeside(ids),
      // Without them the page is whole.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [resource.id, recordId]);
  const site = siteAddress(resource, record);
  const [previous, next] = beside;
  if (!previous && !next && !site) return null;
  const to = (id: string) => `/admin/resources/${resource.id}/records/${id}/${page}`;
  return (
    <nav className="record-links" aria-label={translateComponent('RecordLinks.name')}>
      {previous && <Link to={to(previous)}>← {translateComponent('RecordLinks.previous')}</Link>}
      {next && <Link to={to(next)}>{translateComponent('RecordLinks.next')} →</Link>}
      {site && <a href={site}>{translateComponent('RecordLinks.site')}</a>}
    </nav>
  );
}

/** The address of a record's page on the site; null where it has none. */
function siteAddress(resource: ResourceJSON, { params }: RecordJSON): string | null {
  const page = resource.properties.id?.custom.sitePage as SitePage | undefined;
  const value = page && params[page.property];
  if (!page || value === undefined || value === null) return null;
  if (page.needs && params[page.needs] !== true) return null;
  // Browsers take these for steps in a path.
  if (['.', '..'].includes(String(value))) return null;
  return page.path + encodeURIComponent(String(value));
}
