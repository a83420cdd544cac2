import { Badge, ButtonGroup } from '@adminjs/design-system';
import {
  type ActionHeaderProps,
  type ActionJSON,
  actionHref,
  buildActionClickHandler,
  buildActionTestId,
  useActionResponseHandler,
  useFilterDrawer,
  useTranslation,
} from 'adminjs';
import { type ComponentType, useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { useConfirmation } from '../actions/confirmation.js';
import Breadcrumbs from './breadcrumbs.js';
import { useFormats } from '../formats.js';
import RecordLinks from './record-links.js';
import { recordTitle } from './record-title.js';

/** Pages of a record that its neighbours have, too. */
const PAGES = new Set(['show', 'edit']);

type Props = ActionHeaderProps & { OriginalComponent: ComponentType<ActionHeaderProps> };

/** The page header. AdminJS's own titles every record's page "View", and its buttons cover the title on narrow screens. */
export default function PageHeader({ OriginalComponent, ...props }: Props) {
  if (props.action.showInDrawer) return <OriginalComponent {...props} />;
  return props.action.hideActionHeader ? null : <HeaderRows {...props} />;
}

function HeaderRows({ resource, record, action, tag, omitActions, ...props }: ActionHeaderProps) {
  const { translateAction } = useTranslation();
  const formats = useFormats();
  const buttonsOf = useButtons({ resource, record, action, ...props });
  const filterButton = useFilterButton(props.toggleFilter, resource.id);
  const actionLabel = translateAction(action.label, resource.id);
  const title = record ? recordTitle(record) : actionLabel;
  useEffect(() => {
    document.title = `${title} – Marquee`;
    return () => {
      document.title = 'Marquee';
    };
  }, [title]);

  const mainActions = record
    ? record.recordActions.filter(({ name }) => name !== action.name)
    : resource.resourceActions.filter(({ name }) => name === 'new' && name !== action.name);
  const otherActions = action.showResourceActions
    ? resource.resourceActions.filter(({ name }) => !['list', 'new', action.name].includes(name))
    : [];
  return (
    <div className="page-header">
      <div className="page-header-row">
        <Breadcrumbs resource={resource} record={record} title={title} action={action} />
        <ButtonGroup size="sm" rounded buttons={buttonsOf(otherActions)} />
      </div>
      <div className="page-header-row">
        <h1>
          {record && action.name !== 'show' ? `${actionLabel}: ${title}` : title}
          {tag ? (
            <Badge variant="default" outline ml="default">
              {/^\d+$/.test(tag) ? formats.number(Number(tag)) : tag}
            </Badge>
          ) : null}
        </h1>
        {!omitActions && <ButtonGroup buttons={[...buttonsOf(mainActions), ...filterButton]} />}
      </div>
      {record && PAGES.has(action.name) && (
        <RecordLinks resource={resource} record={record} page={action.name} />
      )}
    </div>
  );
}

/** Builds buttons for actions. On a record's page they add `?from=record` to the URL, so that the action leads back to it. */
function useButtons({ resource, record, action, actionPerformed }: ActionHeaderProps) {
  const translateFunctions = useTranslation();
  const modalFunctions = useConfirmation();
  const navigate = useNavigate();
  const location = useLocation();
  const actionResponseHandler = useActionResponseHandler(actionPerformed);
  const origin = action.name === 'show' ? { ...location, search: '?from=record' } : location;
  const params = { resourceId: resource.id, recordId: record?.id };
  const buttonOf = (target: ActionJSON) => ({
    icon: target.icon,
    label: translateFunctions.translateAction(target.label, resource.id),
    variant: target.variant,
    href: actionHref(target, params) ?? undefined,
    onClick: buildActionClickHandler({
      action: target,
      params,
      actionResponseHandler,
      navigate,
      location: origin,
      translateFunctions,
      modalFunctions,
    }),
    'data-testid': buildActionTestId(target),
    'data-css': `${resource.id}-${target.name}-button`,
  });
  return (actions: ActionJSON[]) => actions.map(buttonOf);
}

function useFilterButton(isFilterable: ActionHeaderProps['toggleFilter'], resourceId: string) {
  const { translateButton } = useTranslation();
  const { toggleFilter, filtersCount } = useFilterDrawer();
  if (!isFilterable) return [];
  const name = filtersCount > 0 ? 'filterActive' : 'filter';
  return [
    {
      label: translateButton(name, resourceId, { count: filtersCount }),
      onClick: () => toggleFilter(),
      icon: 'Filter',
      'data-css': `${resourceId}-filter-button`,
    },
  ];
}
