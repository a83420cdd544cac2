/** @jsxImportSource preact */
import type { List, Token } from '../api.js';
import { deviceOf } from '../devices.js';
import type { FormState, Visit } from '../http/page.js';
import { Form } from './form.js';
import { PagesNav } from './pages-nav.js';

/** The devices on which a member is signed in, each with a button to end it. */
export function Devices({
  visit,
  state,
  tokens,
  size,
}: {
  visit: Visit;
  state: FormState | undefined;
  tokens: List<Token>;
  /** How many of them a page has. */
  size: number;
}) {
  const words = visit.text.settings.devices;
  return (
    <>
      <ul class="devices">
        {tokens.results.toSorted(byUse).map((token) => (
          <li>
            <DeviceLine visit={visit} token={token} />
            {!token.current && (
              <Form visit={visit} name={`device-${token.id}`} state={state} labels={{}}>
                <input type="hidden" name="id" value={token.id} />
                <button class="button plain" aria-label={words.endNamed(nameOf(visit, token))}>
                  {words.end}
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      <PagesNav visit={visit} count={tokens.count} size={size} />
      <Form visit={visit} name="everywhere" state={state} labels={{}}>
        <p class="quiet" id="everywhere-hint">
          {words.everywhereHint}
        </p>
        <button class="button plain" aria-describedby="everywhere-hint">
          {words.everywhere}
        </button>
      </Form>
    </>
  );
}

function DeviceLine({ visit, token }: { visit: Visit; token: Token }) {
  const { format, settings } = visit.text;
  const words = settings.devices;
  const day = (time: string) => <time datetime={time}>{format.date(time)}</time>;
  return (
    <div>
      <p>
        <strong dir="auto">{nameOf(visit, token)}</strong>
        {token.current && <span class="tag">{words.this}</span>}
      </p>
      <p class="quiet">
        {words.created}: {day(token.created)}
        {!token.current && token.last_used !== null && (
          <>
            {' · '}
            {words.lastUsed}: {day(token.last_used)}
          </>
        )}
      </p>
    </div>
  );
}

function nameOf({ text }: Visit, { client }: Token): string {
  const { program, system } = deviceOf(client);
  const words = text.settings.devices;
  if (program !== null && system !== null) return words.name(program, system);
  return program ?? system ?? words.unknown;
}

/** This device first, then those that were used last. */
function byUse(a: Token, b: Token): number {
  if (a.current !== b.current) return a.current ? -1 : 1;
  return (b.last_used ?? b.created).localeCompare(a.last_used ?? a.created);
}
