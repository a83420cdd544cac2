/** @jsxImportSource preact */
import type { Genre, Platform } from '../api.js';
import type { FormState, Visit } from '../http/page.js';
import { addressOf, countOf, type MovieFilters } from '../movie-filters.js';
import { Field } from './form.js';

/** What one can filter by. */
export interface Choices {
  platforms: readonly Pick<Platform, 'id' | 'name' | 'watchlist_count'>[];
  /** The commonest first. */
  genres: readonly Genre[];
}

const FORM = 'filter';
/** The genres that show at once. */
const GENRES = 12;
const KINDS = ['movie', 'show'];

const sameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The form that narrows a list of movies, and orders it. On phones it unfolds. */
export function Filters({
  visit,
  filters,
  choices,
  faults,
}: {
  visit: Visit;
  filters: MovieFilters;
  choices: Choices;
  /** By field, in the visitor's language. */
  faults: Record<string, string[]>;
}) {
  const { text, path, query } = visit;
  const words = text.browse;
  const { platform, kind, from, to, order, orders } = filters;
  const state: FormState = { name: FORM, values: { platform, kind, from, to, order }, faults };
  const set = countOf(filters);
  const language = query.get('lang');
  return (
    <details class="filters" open={Object.keys(faults).length > 0}>
      <summary class="button plain">{set > 0 ? words.filtersSet(set) : words.filters}</summary>
      <form class="card" action={path} data-sparse="" aria-label={words.filters}>
        {language !== null && <input type="hidden" name="lang" value={language} />}
        <Choice
          name="order"
          label={words.order}
          state={state}
          options={orders.map((each) => [each, words.orders[each]])}
        />
        <Choice
          name="platform"
          label={words.platform}
          state={{ ...state, values: { platform: platformValue(platform, choices) } }}
          options={platformOptions(visit, filters, choices)}
          any={words.any}
        />
        <Choice
          name="kind"
          label={words.kind}
          state={state}
          options={KINDS.map((each) => [each, words.kinds[each] ?? each])}
          any={words.any}
        />
        <Genres visit={visit} chosen={filters.genres} genres={choices.genres} faults={faults.genre} />
        <div class="years">
          {(['from', 'to'] as const).map((name) => (
            <Field form={FORM} name={name} label={words[name]} state={state}>
              {(attributes) => <input type="text" inputMode="numeric" autocomplete="off" {...attributes} />}
            </Field>
          ))}
        </div>
        <button class="button">{words.apply}</button>
      </form>
    </details>
  );
}

/** A field to choose one of some values. */
export function Choice({
  form = FORM,
  name,
  label,
  state,
  options,
  any,
}: {
  form?: string;
  name: string;
  label: string;
  state: FormState;
  /** Values and what they are called. */
  options: readonly (readonly [string, string])[];
  /** What no choice is called, where there may be none. */
  any?: string;
}) {
  return (
    <Field form={form} name={name} label={label} state={state}>
      {({ value, ...attributes }) => (
        <select {...attributes}>
          {any !== undefined && <option value="">{any}</option>}
          {options.map(([each, called]) => (
            <option value={each} selected={each === value}>
              {called}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** All faults of the filters, each a link to its field. */
export function FilterFaults({ visit, faults }: { visit: Visit; faults: Record<string, string[]> }) {
  const words = visit.text.browse;
  const { platform, genres: genre, kind, from, to, order } = words;
  const labels: Record<string, string> = { platform, genre, kind, from, to, order };
  return (
    <div class="summary faulty" role="alert">
      <p>{words.faulty}</p>
      <ul>
        {Object.entries(faults).map(([field, messages]) => (
          <li>
            <a href={`#${FORM}-${field}`}>
              {labels[field] ?? field}: {messages.join(' ')}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The id of the platform that an address names by id or name; the text itself where it is unknown. */
function platformValue(platform: string, { platforms }: Choices): string {
  const known = platforms.find(({ id, name }) => String(id) === platform || sameName(name, platform));
  return known ? String(known.id) : platform;
}

function platformOptions({ text }: Visit, { platform }: MovieFilters, choices: Choices): [string, string][] {
  const options = choices.platforms.map(({ id, name, watchlist_count }): [string, string] => [
    String(id),
    `${name} (${text.format.number(watchlist_count)})`,
  ]);
  const value = platformValue(platform, choices);
  const isListed = value === '' || options.some(([each]) => each === value);
  return isListed ? options : [...options, [value, value]];
}

function Genres({
  visit: { text },
  chosen,
  genres,
  faults = [],
}: {
  visit: Visit;
  chosen: readonly string[];
  genres: readonly Genre[];
  faults: string[] | undefined;
}) {
  const words = text.browse;
  const names = genres.map(({ name }) => name);
  const isChosen = (name: string) => chosen.some((each) => sameName(each, name));
  const unknown = chosen.filter((each) => !names.some((name) => sameName(each, name)));
  const shown = [...unknown, ...names.filter((name, at) => at < GENRES || isChosen(name))];
  const more = names.filter((name) => !shown.includes(name)).toSorted((a, b) => a.localeCompare(b));
  if (shown.length === 0) return null;
  const pick = (name: string) => (
    <label class="chip pick">
      <input type="checkbox" name="genre" value={name} checked={isChosen(name)} />
      <span dir="auto">{name}</span>
    </label>
  );
  const describedBy = faults.length > 0 ? { 'aria-describedby': `${FORM}-genre-fault` } : {};
  return (
    <fieldset class="genres" id={`${FORM}-genre`} {...describedBy}>
      <legend>{words.genres}</legend>
      <div class="chips">{shown.map(pick)}</div>
      {more.length > 0 && (
        <details>
          <summary>{words.moreGenres}</summary>
          <div class="chips">{more.map(pick)}</div>
        </details>
      )}
      {faults.length > 0 && (
        <p class="fault" id={`${FORM}-genre-fault`}>
          {faults.join(' ')}
        </p>
      )}
    </fieldset>
  );
}

/** The filters that are set, each a link that takes it off. */
export function ActiveFilters({
  visit,
  filters,
  choices,
}: {
  visit: Visit;
  filters: MovieFilters;
  choices: Choices;
}) {
  const { text, path, query } = visit;
  const words = text.browse;
  const { platform, genres, kind, from, to } = filters;
  if (countOf(filters) === 0) return null;
  const without = (change: Partial<MovieFilters>) => addressOf(path, { ...filters, ...change }, query);
  const id = platformValue(platform, choices);
  const named = choices.platforms.find((each) => String(each.id) === id)?.name ?? platform;
  const years =
    from === to ? from : from === '' ? words.yearTo(to) : to === '' ? words.yearFrom(from) : `${from}–${to}`;
  const chips: [string, string][] = [
    ...(platform === '' ? [] : [[named, without({ platform: '' })] as [string, string]]),
    ...genres.map((genre): [string, string] => [
      genre,
      without({ genres: genres.filter((each) => each !== genre) }),
    ]),
    ...(kind === '' ? [] : [[words.kinds[kind] ?? kind, without({ kind: '' })] as [string, string]]),
    ...(years === '' ? [] : [[years, without({ from: '', to: '' })] as [string, string]]),
  ];
  const none = { ...filters, platform: '', genres: [], kind: '', from: '', to: '' };
  return (
    <ul class="chips active" aria-label={words.active}>
      {chips.map(([name, address]) => (
        <li>
          <a class="chip" href={address} aria-label={words.remove(name)}>
            <span dir="auto">{name}</span> <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
      <li>
        <a class="clear" href={addressOf(path, none, query)}>
          {words.reset}
        </a>
      </li>
    </ul>
  );
}
