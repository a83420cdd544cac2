import { Badge, ButtonGroup } from '@adminjs/design-system';
import {
  type ActionHeaderProps,
  type ActionJSON,
  actionHref,
  buildActionClickHandler,
  buildActionTestId,
  useActionResponseHandler,
  useFilterDrawer,
  useModal,
  useTranslation,
} from 'adminjs';
import { type ComponentType, useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import Breadcrumbs from './breadcrumbs.js';
import { useFormats } from '../formats.js';
import { recordTitle } from './record-title.js';

type Props = ActionHeaderProps & { OriginalComponent: ComponentType<ActionHeaderProps> };

/** The head of a page: AdminJS's own calls every record's page "View", and its buttons cover that on narrow screens. */
export default function Header({ OriginalComponent, ...props }: Props) {
  if (props.action.showInDrawer) return <OriginalComponent {...props} />;
  return props.action.hideActionHeader ? null : <PageHeader {...props} />;
}

function PageHeader({ resource, record, action, tag, omitActions, ...props }: ActionHeaderProps) {
  const { translateAction } = useTranslation();
  const formats = useFormats();
  const buttonsOf = useButtons({ resource, record, action, ...props });
  const filter = useFilterButton(props.toggleFilter, resource.id);
  const done = translateAction(action.label, resource.id);
  const title = record ? recordTitle(record) : done;
  useEffect(() => {
    document.title = `${title} – Marquee`;
    return () => {
      document.title = 'Marquee';
    };
  }, [title]);

  const big = record
    ? record.recordActions.filter(({ name }) => name !== action.name)
    : resource.resourceActions.filter(({ name }) => name === 'new' && name !== action.name);
  const small = action.showResourceActions
    ? resource.resourceActions.filter(({ name }) => !['list', 'new', action.name].includes(name))
    : [];
  return (
    <div className="page-header">
      <div className="page-header-row">
        <Breadcrumbs resource={resource} record={record} title={title} action={action} />
        <ButtonGroup size="sm" rounded buttons={buttonsOf(small)} />
      </div>
      <div className="page-header-row">
        <h1>
          {record && action.name !== 'show' ? `${done}: ${title}` : title}
          {tag ? (
            <Badge variant="default" outline ml="default">
              {/^\d+$/.test(tag) ? formats.number(Number(tag)) : tag}
            </Badge>
          ) : null}
        </h1>
        {!omitActions && <ButtonGroup buttons={[...buttonsOf(big), ...filter]} />}
      </div>
    </div>
  );
}

/** Makes buttons of actions; those of a record's own page say so in the address, to lead back to it. */
function useButtons({ resource, record, action, actionPerformed }: ActionHeaderProps) {
  const translateFunctions = useTranslation();
  const modalFunctions = useModal();
  const navigate = useNavigate();
  const location = useLocation();
  const actionResponseHandler = useActionResponseHandler(actionPerformed);
  const from = action.name === 'show' ? { ...location, search: '?from=record' } : location;
  const params = { resourceId: resource.id, recordId: record?.id };
  const buttonOf = (one: ActionJSON) => ({
    icon: one.icon,
    label: translateFunctions.translateAction(one.label, resource.id),
    variant: one.variant,
    href: actionHref(one, params) ?? undefined,
    onClick: buildActionClickHandler({
      action: one,
      params,
      actionResponseHandler,
      navigate,
      location: from,
      translateFunctions,
      modalFunctions,
    }),
    'data-testid': buildActionTestId(one),
    'data-css': `${resource.id}-${one.name}-button`,
  });
  return (actions: ActionJSON[]) => actions.map(buttonOf);
}

function useFilterButton(shown: ActionHeaderProps['toggleFilter'], resourceId: string) {
  const { translateButton } = useTranslation();
  const { toggleFilter, filtersCount } = useFilterDrawer();
  if (!shown) return [];
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
