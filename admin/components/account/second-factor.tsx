import { Button } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import { CodeInput } from '../login/code-input.js';
import type { AccountState } from '../login/page-state.js';
import { FieldOf, faultsAt, OwnForm } from './own-form.js';

/** Sets the second factor up in three steps, or switches it off. */
export function SecondFactor(state: AccountState) {
  const { translateComponent } = useTranslation();
  if (state.codes) return <RecoveryCodes codes={state.codes} action={state.action} />;
  if (state.setup && !state.otpEnabled) return <Confirmation state={state} setup={state.setup} />;
  const name = state.otpEnabled ? 'factor-off' : 'factor';
  const lead = <p>{translateComponent(state.otpEnabled ? 'Account.factorOn' : 'Account.factorOff')}</p>;
  return (
    <OwnForm state={state} name={name} lead={lead} danger={state.otpEnabled}>
      <FieldOf state={state} form={name} name="password" autoComplete="current-password" />
      {state.otpEnabled && (
        <CodeInput
          id="factor-off-otp"
          hint={translateComponent('Login.codeHint')}
          faults={faultsAt(state, name, 'otp')}
        />
      )}
    </OwnForm>
  );
}

function Confirmation({
  state,
  setup: { secret, uri, size, path, sealed },
}: {
  state: AccountState;
  setup: NonNullable<AccountState['setup']>;
}) {
  const { translateComponent } = useTranslation();
  const lead = (
    <>
      <p>{translateComponent('Account.scan')}</p>
      <svg
        className="qr"
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={translateComponent('Account.qr')}
      >
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" shapeRendering="crispEdges" />
      </svg>
      <p>
        {translateComponent('Account.type')}{' '}
        <code className="secret">{secret.match(/.{4}/g)?.join(' ')}</code>
      </p>
      <p>
        <a href={uri}>{translateComponent('Account.open')}</a>
      </p>
    </>
  );
  return (
    <OwnForm state={state} name="factor-confirm" lead={lead}>
      <input type="hidden" name="setup" value={sealed} />
      <CodeInput
        id="factor-confirm-otp"
        hint={translateComponent('Account.confirmHint')}
        faults={faultsAt(state, 'factor-confirm', 'otp')}
        autoFocus
      />
    </OwnForm>
  );
}

function RecoveryCodes({ codes, action }: { codes: string[]; action: string }) {
  const { translateComponent } = useTranslation();
  return (
    <section aria-labelledby="codes-heading">
      <h2 id="codes-heading">{translateComponent('Account.codes')}</h2>
      <p>{translateComponent('Account.codesLead')}</p>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p className="own-account-actions">
        {window.isSecureContext && (
          <Button onClick={() => void navigator.clipboard.writeText(codes.join('\n'))}>
            {translateComponent('Account.copy')}
          </Button>
        )}
        <Button onClick={() => window.print()}>{translateComponent('Account.print')}</Button>
        <Button as="a" variant="contained" href={action}>
          {translateComponent('Account.kept')}
        </Button>
      </p>
    </section>
  );
}
