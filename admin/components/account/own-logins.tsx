import { Button } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import type { AccountState, OwnLogin } from '../login/page-state.js';

/** One's sessions of the panel, or one's tokens, each with a button to end it. */
export function OwnLogins({
  state,
  kind,
  logins,
}: {
  state: AccountState;
  kind: 'session' | 'token';
  logins: OwnLogin[];
}) {
  const { translateComponent, i18n } = useTranslation();
  const time = (text: string) =>
    new Date(text).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const nameOf = ({ client, created }: OwnLogin) =>
    client || translateComponent(`Account.unnamed.${kind}`, { created: time(created) });
  return (
    <section aria-labelledby={`${kind}-heading`}>
      <h2 id={`${kind}-heading`}>{translateComponent(`Account.forms.${kind}.heading`)}</h2>
      {logins.length === 0 && <p>{translateComponent(`Account.none.${kind}`)}</p>}
      <ul className="own-logins">
        {logins.map((login) => (
          <li key={login.id}>
            <div>
              <strong>{nameOf(login)}</strong>
              {login.current && <span> · {translateComponent('Account.current')}</span>}
              <p className="field-hint">
                {translateComponent('Account.created')}: {time(login.created)}
                {login.lastUsed && ` · ${translateComponent('Account.lastUsed')}: ${time(login.lastUsed)}`}
              </p>
            </div>
            {!login.current && (
              <form action={state.action} method="POST">
                <input type="hidden" name="form" value={kind} />
                <input type="hidden" name="id" value={login.id} />
                <Button
                  variant="outlined"
                  size="sm"
                  type="submit"
                  aria-label={`${translateComponent('Account.end')}: ${nameOf(login)}`}
                >
                  {translateComponent('Account.end')}
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
