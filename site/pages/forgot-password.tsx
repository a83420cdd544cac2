/** @jsxImportSource preact */
import { canSendMail } from '../../src/mail/mail.js';
import { Booth } from '../components/booth.js';
import { Form, TextField } from '../components/form.js';
import { type FormState, page, Redirect, type View, type Visit } from '../http/page.js';

const PATH = '/forgot-password';
const FORM = 'forgot-password';

/** `/forgot-password`: asks for a mail that lets one set a new password. */
export const forgotPassword = page(PATH, {
  show: (visit, state) => {
    if (!canSendMail) return message(visit, visit.text.account.forgotten.unavailable);
    if (visit.query.has('sent') && !state) return message(visit, visit.text.account.forgotten.sent);
    return askForAddress(visit, state);
  },
  submit: async ({ api }, { email }) => {
    if (!canSendMail) return new Redirect(PATH);
    await api.send('POST', '/account/password-reset/', { email });
    return new Redirect(`${PATH}?sent=1`);
  },
});

function askForAddress(visit: Visit, state: FormState | undefined): View {
  const { email, forgotten } = visit.text.account;
  return {
    title: forgotten.title,
    isUnlisted: true,
    body: (
      <Booth heading={forgotten.title} lead={forgotten.lead} foot={<SignInLink visit={visit} />}>
        <Form visit={visit} name={FORM} state={state} labels={{ email }}>
          <TextField
            form={FORM}
            name="email"
            type="email"
            label={email}
            state={state}
            autocomplete="email"
            isRequired
          />
          <button class="button">{forgotten.button}</button>
        </Form>
      </Booth>
    ),
  };
}

function message(visit: Visit, text: string): View {
  const { title } = visit.text.account.forgotten;
  return {
    title,
    isUnlisted: true,
    body: (
      <Booth heading={title} foot={<SignInLink visit={visit} />}>
        <p role="status">{text}</p>
      </Booth>
    ),
  };
}

function SignInLink({ visit }: { visit: Visit }) {
  return (
    <p>
      <a href="/login">{visit.text.account.forgotten.signIn}</a>
    </p>
  );
}
