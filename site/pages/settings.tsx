/** @jsxImportSource preact */
import { ApiError, notFound } from '../../src/http/errors.js';
import type { Account, Token } from '../api.js';
import { Devices } from '../components/devices.js';
import { Form, TextField } from '../components/form.js';
import { pageOf } from '../components/pages-nav.js';
import { SecondFactorSetting } from '../components/second-factor.js';
import { ImportForm } from '../components/import-form.js';
import { AccountName, Setting } from '../components/setting.js';
import { dropFactorSetup, keepFactorSetup } from '../http/factor-setup.js';
import { type Fields, type FormState, page, Redirect, type Visit } from '../http/page.js';
import { forgetSession } from '../http/sign-in.js';
import { EXPORT_PATH, memberPath } from '../paths.js';

const PATH = '/settings';
const ME = '/account/me/';
const OTP = '/account/otp/';

/** How many devices a page shows. */
const DEVICES = 20;

/** What each form of the page does. */
const forms: Record<string, (visit: Visit, fields: Fields) => Promise<Redirect>> = {
  email: async ({ api }, { email, password }) => {
    const { email_pending } = await api.send<{ email_pending: string | null }>('PATCH', ME, {
      email,
      password,
    });
    return new Redirect(PATH, 303, email_pending === null ? 'saved' : 'emailPending');
  },
  password: async ({ api }, { old_password, new_password, new_password2 }) => {
    await api.send('POST', '/account/password/', { old_password, new_password, new_password2 });
    return new Redirect(PATH, 303, 'passwordChanged');
  },
  factor: async (visit, { password }) => {
    const setup = await visit.api.send<{ secret: string; uri: string }>('POST', OTP, { password });
    keepFactorSetup(visit, { step: 'confirm', ...setup });
    return new Redirect('/settings/second-factor');
  },
  'factor-off': async ({ api, response }, { password, otp }) => {
    await api.send('DELETE', OTP, { password, otp }).catch((error: unknown) => {
      // It is off already, by another tab.
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
    });
    dropFactorSetup(response);
    return new Redirect(PATH, 303, 'otpOff');
  },
  device: async ({ api }, { id = '' }) => {
    await api.send('DELETE', `/account/tokens/${encodeURIComponent(id)}/`).catch((error: unknown) => {
      // It has ended by itself, or by another tab.
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
    });
    return new Redirect(PATH, 303, 'deviceEnded');
  },
  everywhere: async ({ api, response }) => {
    await api.send('POST', '/account/logout-all/');
    forgetSession(response);
    return new Redirect('/', 303, 'signedOutEverywhere');
  },
  delete: async ({ api, response }, { password }) => {
    await api.send('DELETE', ME, { password });
    forgetSession(response);
    return new Redirect('/', 303, 'accountDeleted');
  },
};

/** `/settings`: a member's address, password, second factor and devices, what others see, and the end of the account. */
export const settings = page(PATH, {
  isForMembers: true,
  show: async (visit, state) => {
    const { api, query, text } = visit;
    const [account, tokens] = await Promise.all([
      api.get<Account>(ME),
      api.list<Token>('/account/tokens/', { page: pageOf(query), page_size: DEVICES }),
    ]);
    const words = text.settings;
    return {
      title: words.title,
      isUnlisted: true,
      body: (
        <div class="band">
          <div class="wrap settings">
            <h1>{words.title}</h1>
            <EmailSetting visit={visit} state={state} account={account} />
            <PasswordSetting visit={visit} state={state} account={account} />
            <SecondFactorSetting visit={visit} state={state} account={account} />
            <Setting id="devices" heading={words.devices.heading} lead={<p>{words.devices.lead}</p>}>
              <Devices visit={visit} state={state} tokens={tokens} size={DEVICES} />
            </Setting>
            <Setting id="shown" heading={words.shown.heading} lead={<p>{words.shown.lead}</p>}>
              <p>{words.shown.hidden}</p>
              <p>
                <a class="button plain" href={memberPath(account.username)}>
                  {words.shown.profile}
                </a>
              </p>
            </Setting>
            <DataSetting visit={visit} />
            <DeleteSetting visit={visit} state={state} account={account} />
          </div>
        </div>
      ),
    };
  },
  submit: (visit, fields) => {
    // A device's form has its id in its name.
    const form = (fields.form ?? '').replace(/-\d+$/, '');
    const submit = Object.hasOwn(forms, form) ? forms[form] : undefined;
    if (!submit) throw notFound();
    return submit(visit, fields);
  },
});

interface SettingOptions {
  visit: Visit;
  state: FormState | undefined;
  account: Account;
}

function EmailSetting({ visit, state, account }: SettingOptions) {
  const words = visit.text.settings.email;
  const { email, password } = visit.text.account;
  return (
    <Setting id="email" heading={words.heading} lead={<p>{words.lead}</p>}>
      <Form visit={visit} name="email" state={state} labels={{ email, password }}>
        <TextField
          form="email"
          name="email"
          type="email"
          label={email}
          state={state}
          value={account.email}
          autocomplete="email"
          isRequired
        />
        <AccountName username={account.username} />
        <TextField
          form="email"
          name="password"
          type="password"
          label={password}
          hint={words.lock}
          state={state}
          autocomplete="current-password"
          isRequired
        />
        <button class="button">{words.button}</button>
      </Form>
    </Setting>
  );
}

function PasswordSetting({ visit, state, account }: SettingOptions) {
  const { account: fields, settings } = visit.text;
  const labels = {
    old_password: settings.present,
    new_password: fields.newPassword,
    new_password2: fields.repeatPassword,
  };
  const field = (name: keyof typeof labels) => ({
    form: 'password',
    name,
    label: labels[name],
    state,
    type: 'password' as const,
    autocomplete: name === 'old_password' ? 'current-password' : 'new-password',
    isRequired: true,
  });
  const { heading, lead, button } = settings.password;
  return (
    <Setting id="password" heading={heading} lead={<p>{lead}</p>}>
      <Form visit={visit} name="password" state={state} labels={labels}>
        <AccountName username={account.username} />
        <TextField {...field('old_password')} />
        <TextField {...field('new_password')} hint={fields.passwordHint} />
        <TextField {...field('new_password2')} />
        <button class="button">{button}</button>
      </Form>
    </Setting>
  );
}

function DataSetting({ visit }: { visit: Visit }) {
  const words = visit.text.importing;
  return (
    <>
      <Setting id="export" heading={words.exportHeading} lead={<p>{words.exportLead}</p>}>
        <p>
          <a class="button plain" href={EXPORT_PATH} download>
            {words.exportButton}
          </a>
        </p>
      </Setting>
      <Setting id="import" heading={words.heading} lead={<p>{words.lead}</p>}>
        <ImportForm visit={visit} />
      </Setting>
    </>
  );
}

function DeleteSetting({ visit, state, account }: SettingOptions) {
  const { heading, lead, goes, button } = visit.text.settings.delete;
  const { password } = visit.text.account;
  const list = (
    <>
      <p>{lead}</p>
      <ul>
        {goes.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
    </>
  );
  return (
    <Setting id="delete" heading={heading} lead={list}>
      <Form visit={visit} name="delete" state={state} labels={{ password }}>
        <AccountName username={account.username} />
        <TextField
          form="delete"
          name="password"
          type="password"
          label={password}
          state={state}
          autocomplete="current-password"
          isRequired
        />
        <button class="button danger">{button}</button>
      </Form>
    </Setting>
  );
}
