import { type RecordJSON, type ResourceJSON, useTranslation } from 'adminjs';
import type { MouseEvent } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import type { SitePage } from '../../resources/site-page.js';
import { listAddress } from '../lists/list-memory.js';
import { type Direction, ELSEWHERE, knownNeighbour, neighbourOf } from '../lists/neighbours.js';

interface Props {
  resource: ResourceJSON;
  record: RecordJSON;
  /** The page that the neighbours are shown on, too: `show` or `edit`. */
  page: string;
}

/** Links from a record to those beside it in the list that one came from, and to its page on the site. */
export default function RecordLinks({ resource, record, page }: Props) {
  const { translateComponent } = useTranslation();
  const navigate = useNavigate();
  const recordId = String(record.id);
  const linkTo = (by: Direction, text: string) => {
    const beside = knownNeighbour(resource.id, recordId, by);
    if (beside === null) return null;
    const to = (id: string) => `/admin/resources/${resource.id}/records/${id}/${page}`;
    /** Reads the page beside only now: it becomes the one to return to. */
    const turn = async (event: MouseEvent) => {
      event.preventDefault();
      const id = await neighbourOf(resource.id, recordId, by);
      if (id !== null) navigate(to(id));
    };
    const isElsewhere = beside === ELSEWHERE;
    return (
      <Link
        to={isElsewhere ? listAddress(resource.id) : to(beside)}
        onClick={isElsewhere ? (event) => void turn(event) : undefined}
      >
        {text}
      </Link>
    );
  };
  const previous = linkTo(-1, `← ${translateComponent('RecordLinks.previous')}`);
  const next = linkTo(1, `${translateComponent('RecordLinks.next')} →`);
  const site = siteAddress(resource, record);
  if (!previous && !next && !site) return null;
  return (
    <nav className="record-links" aria-label={translateComponent('RecordLinks.name')}>
      {previous}
      {next}
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
