/** @jsxImportSource preact */
import { qrCode } from '../../src/auth/otp/qr-code.js';
import { Booth } from '../components/booth.js';
import { CodeField } from '../components/code-field.js';
import { Form } from '../components/form.js';
import { dropFactorSetup, type FactorSetup, keepFactorSetup, readFactorSetup } from '../http/factor-setup.js';
import { type FormState, page, Redirect, type Visit } from '../http/page.js';

const PATH = '/settings/second-factor';
const SETTINGS = '/settings#second-factor';
const FORM = 'factor-confirm';

/** `/settings/second-factor`: the QR code for an app, and then the recovery codes, once. */
export const secondFactor = page(PATH, {
  isForMembers: true,
  show: (visit, state) => {
    const setup = readFactorSetup(visit);
    if (!setup) return new Redirect(SETTINGS);
    const words = visit.text.settings.secondFactor;
    const { title, lead } = setup.step === 'codes' ? words.codes : words.confirm;
    return {
      title,
      isUnlisted: true,
      isSecret: true,
      body: (
        <Booth heading={title} lead={lead}>
          {setup.step === 'codes' ? (
            <RecoveryCodes visit={visit} codes={setup.codes} />
          ) : (
            <Confirmation visit={visit} state={state} setup={setup} />
          )}
        </Booth>
      ),
    };
  },
  submit: async (visit, { form, otp }) => {
    if (form !== FORM) {
      dropFactorSetup(visit.response);
      return new Redirect(SETTINGS, 303, 'otpOn');
    }
    const { recovery_codes: codes } = await visit.api.send<{ recovery_codes: string[] }>(
      'POST',
      '/account/otp/confirm/',
      { otp },
    );
    keepFactorSetup(visit, { step: 'codes', codes });
    return new Redirect(PATH);
  },
});

function Confirmation({
  visit,
  state,
  setup: { secret, uri },
}: {
  visit: Visit;
  state: FormState | undefined;
  setup: Extract<FactorSetup, { step: 'confirm' }>;
}) {
  const words = visit.text.settings.secondFactor;
  const { size, path } = qrCode(uri);
  const grouped = (secret.match(/.{4}/g) as string[]).join(' ');
  return (
    <>
      <p>{words.confirm.scan}</p>
      <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={words.confirm.qr}>
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" shape-rendering="crispEdges" />
      </svg>
      <p>
        {words.confirm.type} <code class="secret">{grouped}</code>
      </p>
      <p>
        <a href={uri}>{words.confirm.open}</a>
      </p>
      <Form visit={visit} name={FORM} state={state} labels={{ otp: visit.text.account.signInCode.code }}>
        <CodeField visit={visit} form={FORM} state={state} hint={words.confirm.hint} />
        <p class="actions">
          <button class="button">{words.confirm.button}</button>
          <a class="button plain" href={SETTINGS}>
            {words.confirm.cancel}
          </a>
        </p>
      </Form>
    </>
  );
}

function RecoveryCodes({ visit, codes }: { visit: Visit; codes: string[] }) {
  const words = visit.text.settings.secondFactor.codes;
  return (
    <>
      <ol class="recovery-codes" data-codes="">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p class="actions" data-codes-actions="" hidden>
        <button class="button plain" type="button" data-copy="">
          {words.copy}
        </button>
        <button class="button plain" type="button" data-print="">
          {words.print}
        </button>
        <span class="quiet" role="status" data-copied={words.copied} />
      </p>
      <Form visit={visit} name="factor-done" state={undefined} labels={{}}>
        <button class="button">{words.button}</button>
      </Form>
    </>
  );
}
