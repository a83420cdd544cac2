import {
  type ActionJSON,
  BasePropertyComponent,
  type BasePropertyJSON,
  type RecordJSON,
  type ResourceJSON,
  useTranslation,
} from 'adminjs';
import type { MouseEvent } from 'react';
import { Link } from 'react-router-dom';
import { recordTitle } from '../layout/record-title.js';
import RowMenu from './row-menu.js';

interface Props {
  resource: ResourceJSON;
  record: RecordJSON;
  columns: BasePropertyJSON[];
  isSelected: boolean;
  isOpened: boolean;
  onSelect: (record: RecordJSON) => void;
  onAction: (event: MouseEvent, action: ActionJSON, record: RecordJSON) => void;
}

/** What has a click of its own in a row. */
const INTERACTIVE = 'a, button, input, label, select, [role="menu"]';

/** A record in its list: a row of a table, and on a phone a card. */
export default function Row(props: Props) {
  const { resource, record, columns, isSelected, isOpened, onSelect, onAction } = props;
  const { translateComponent, translateProperty, translateLabel } = useTranslation();
  const page = record.recordActions.find(({ name }) => name === 'show' || name === 'edit');
  const title = recordTitle(record);
  const opening = openingColumn(columns, resource);
  const open = (event: MouseEvent) => {
    if (!page || (event.target as Element).closest(INTERACTIVE) || getSelection()?.toString()) return;
    onAction(event, page, record);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the row has a link for the keyboard.
    <tr
      className={[isSelected && 'selected', isOpened && 'opened'].filter(Boolean).join(' ')}
      data-id={record.id}
      data-css={`${resource.id}-table-row`}
      onClick={open}
    >
      <td className="select-cell">
        {record.bulkActions.length > 0 && (
          <input
            type="checkbox"
            aria-label={`${translateComponent('Names.select')}: ${title}`}
            checked={isSelected}
            onChange={() => onSelect(record)}
          />
        )}
      </td>
      {columns.map((property) => {
        const content = (
          <BasePropertyComponent where="list" property={property} resource={resource} record={record} />
        );
        const isEmpty = (record.params[property.propertyPath] ?? '') === '';
        return (
          <td
            key={property.propertyPath}
            className={property === opening ? 'opening-cell' : undefined}
            data-label={translateProperty(property.label, property.resourceId)}
            data-property-name={property.propertyPath}
            data-css={`${resource.id}-${property.name}-table-cell`}
          >
            {property === opening && page ? (
              <Link
                to={`/admin/resources/${resource.id}/records/${record.id}/${page.name}`}
                data-opens=""
                onClick={(event) => onAction(event, page, record)}
              >
                {isEmpty ? translateLabel('noText', resource.id) : content}
              </Link>
            ) : (
              content
            )}
          </td>
        );
      })}
      <td className="menu-cell">
        {record.recordActions.length > 0 && (
          <RowMenu
            of={title}
            resourceId={resource.id}
            recordId={record.id}
            actions={record.recordActions}
            onAction={(event, action) => onAction(event, action, record)}
          />
        )}
      </td>
    </tr>
  );
}

/** The column that links to the record: one that says so, else its title, else the first. */
function openingColumn(
  columns: BasePropertyJSON[],
  { titleProperty }: ResourceJSON,
): BasePropertyJSON | undefined {
  return (
    columns.find(({ custom }) => custom.opensRecord === true) ??
    columns.find(({ propertyPath }) => propertyPath === titleProperty.propertyPath) ??
    columns.find(({ reference, type }) => !reference && type !== 'boolean')
  );
}
