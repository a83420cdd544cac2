import { Icon } from '@adminjs/design-system';
import { type ListActionResponse, useTranslation } from 'adminjs';
import type { FormEvent } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { useFormats } from '../formats.js';
import { choosePageSize, PAGE_SIZES } from './preferences.js';

const STEPS = [
  ['first', 'ChevronsLeft'],
  ['previous', 'ChevronLeft'],
  ['next', 'ChevronRight'],
  ['last', 'ChevronsRight'],
] as const;

/** Which rows of how many a list shows, and the ways to its other pages. */
export default function Pager({
  meta,
  onResize,
}: {
  meta: ListActionResponse['meta'];
  onResize: () => void;
}) {
  const { translateComponent: translate } = useTranslation();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const formats = useFormats();
  const { page, perPage, total } = meta;
  const last = Math.max(1, Math.ceil(total / perPage));
  const go = (to: number) => {
    const query = new URLSearchParams(search);
    query.set('page', String(Math.min(Math.max(to, 1), last)));
    navigate({ pathname, search: query.toString() });
  };
  const targets = { first: 1, previous: page - 1, next: page + 1, last };
  const jump = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = Number(new FormData(event.currentTarget).get('page'));
    if (Number.isSafeInteger(typed) && typed > 0) go(typed);
  };
  const resize = (size: number) => {
    choosePageSize(size);
    if (page === 1) onResize();
    else go(1);
  };
  const from = (page - 1) * perPage + 1;
  const range = {
    from: formats.number(from),
    to: formats.number(Math.min(total, page * perPage)),
    total: formats.number(total),
  };
  return (
    <nav className="pager" aria-label={translate('Pager.name')}>
      <span role="status">{translate('Pager.range', range)}</span>
      <span className="pager-steps">
        {STEPS.map(([step, icon]) => (
          <button
            key={step}
            type="button"
            className="list-button"
            data-testid={step}
            aria-label={translate(`Names.${step}`)}
            disabled={targets[step] === page || targets[step] < 1 || targets[step] > last}
            onClick={() => go(targets[step])}
          >
            <Icon icon={icon} aria-hidden="true" />
          </button>
        ))}
      </span>
      <form onSubmit={jump}>
        <label>
          {translate('Pager.page')}{' '}
          <input
            key={page}
            name="page"
            inputMode="numeric"
            defaultValue={page}
            size={Math.max(2, String(last).length)}
          />
        </label>{' '}
        {translate('Pager.of', { last: formats.number(last) })}
      </form>
      <label>
        {translate('Pager.size')}{' '}
        <select value={perPage} onChange={(event) => resize(Number(event.target.value))}>
          {PAGE_SIZES.map((size) => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
        </select>
      </label>
    </nav>
  );
}
