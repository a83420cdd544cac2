import { type ActionJSON, type ActionProps, type RecordJSON, useTranslation } from 'adminjs';
import { type MouseEvent, useEffect, useLayoutEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';
import BulkBar from './bulk-bar.js';
import Columns, { useColumns } from './columns.js';
import { useDecisions } from './decisions.js';
import EmptyList from './empty-list.js';
import FilterChips from './filter-chips.js';
import HeaderCell from './header-cell.js';
import { placeIn, rememberPlace } from './list-memory.js';
import Pager from './pager.js';
import { useKept } from './preferences.js';
import Row from './row.js';
import { useListScroll } from './scroll.js';
import SearchBox from './search-box.js';
import { useListKeys } from './list-keys.js';
import { useActions } from './use-actions.js';
import { useList } from './use-list.js';

/**
 * A resource's list. AdminJS's own is blank on phones, clips its menus, shows skeletons for ever when it fails, and has neither
 * links nor headings for a screen reader.
 */
export default function List(props: ActionProps) {
  return <ListOf key={props.resource.id} {...props} />;
}

function ListOf({ resource, action, setTag }: ActionProps) {
  const { page, state, reload } = useList(resource.id);
  const { translateComponent: translate, translateLabel } = useTranslation();
  const { search } = useLocation();
  const [selectedIds, setSelectedIds] = useState<string[]>([]);
  const [isCompact, setIsCompact] = useKept('marquee.compact', false);
  const { columns, keep } = useColumns(resource);
  const records = page?.records ?? [];
  const selected = records.filter(({ id }) => selectedIds.includes(id));
  const selectable = records.filter(({ bulkActions }) => bulkActions.length > 0);
  const opened = placeIn(resource.id)?.opened;
  const run = useActions(reload);
  useListScroll(resource.id, page !== null);

  const total = page?.meta.total;
  // Before the paint: the heading must not show the count of another list.
  useLayoutEffect(() => setTag?.(total === undefined ? '' : String(total)), [setTag, total]);
  // The drawer of an action on a selection has it in its address.
  const inAddress = new URLSearchParams(search).get('recordIds');
  useEffect(() => setSelectedIds(inAddress ? inAddress.split(',') : []), [inAddress, search]);

  const act = (event: MouseEvent | Event, chosen: ActionJSON, record: RecordJSON) => {
    rememberPlace(resource.id, { opened: record.id });
    run(event, chosen, { resourceId: resource.id, recordId: record.id });
  };
  useListKeys(records, act);
  useDecisions(resource.id, records, reload);
  const actOnSelection = (event: MouseEvent, chosen: ActionJSON) =>
    run(event, chosen, { resourceId: resource.id, recordIds: selected.map(({ id }) => id) });
  const select = ({ id }: RecordJSON) =>
    setSelectedIds((ids) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]));
  const isAllSelected = selectable.length > 0 && selected.length === selectable.length;
  const { sortBy, direction } = page?.meta ?? {};
  return (
    <div data-css={`${resource.id}-list-table-wrapper`} className="list" aria-busy={state === 'loading'}>
      <div className="list-tools">
        {action.custom.search === true && <SearchBox resourceId={resource.id} />}
        <Columns resource={resource} columns={columns} onChange={keep} />
        <button
          type="button"
          className="list-button list-density"
          aria-pressed={isCompact}
          onClick={() => setIsCompact(!isCompact)}
        >
          {translate('Columns.compact')}
        </button>
      </div>
      <FilterChips resource={resource} records={records} />
      <BulkBar
        resourceId={resource.id}
        selected={selected}
        onAction={actOnSelection}
        onClear={() => setSelectedIds([])}
      />
      {records.length > 0 && page && (
        <>
          <table className={isCompact ? 'list-table compact' : 'list-table'}>
            <caption className="hidden-text">{translateLabel(resource.name, resource.id)}</caption>
            <thead>
              <tr>
                <th scope="col" className="select-cell">
                  {selectable.length > 0 ? (
                    <input
                      type="checkbox"
                      aria-label={translate('Names.selectAll')}
                      checked={isAllSelected}
                      onChange={() => setSelectedIds(isAllSelected ? [] : selectable.map(({ id }) => id))}
                    />
                  ) : (
                    <span className="hidden-text">{translate('Names.select')}</span>
                  )}
                </th>
                {columns.map((property) => (
                  <HeaderCell
                    key={property.propertyPath}
                    property={property}
                    sortBy={sortBy}
                    direction={direction}
                  />
                ))}
                <th scope="col" className="menu-cell">
                  <span className="hidden-text">{translate('Names.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {records.map((record) => (
                <Row
                  key={record.id}
                  resource={resource}
                  record={record}
                  columns={columns}
                  isSelected={selectedIds.includes(record.id)}
                  isOpened={record.id === opened}
                  onSelect={select}
                  onAction={act}
                />
              ))}
            </tbody>
          </table>
          <Pager meta={page.meta} onResize={reload} />
        </>
      )}
      {records.length === 0 && state !== 'loading' && (
        <EmptyList resource={resource} meta={page?.meta} onRetry={reload} />
      )}
      {records.length === 0 && state === 'loading' && (
        <p className="empty-list" role="status">
          {translate('EmptyList.loading')}
        </p>
      )}
    </div>
  );
}
