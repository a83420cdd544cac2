/** @jsxImportSource preact */
import { Booth } from '../components/booth.js';
import { CodeField } from '../components/code-field.js';
import { Form } from '../components/form.js';
import { page, Redirect } from '../http/page.js';
import { dropPendingLogin, readPendingLogin } from '../http/pending-login.js';
import { nextOf, signIn } from '../http/sign-in.js';
import { withNext } from '../paths.js';

const FORM = 'code';

/** `/login/code`: asks for the code of the second factor, once the password was right. */
export const loginCode = page('/login/code', {
  show: (visit, state) => {
    const next = nextOf(visit);
    if (!readPendingLogin(visit.request)) return new Redirect(withNext('/login', next));
    const words = visit.text.account.signInCode;
    return {
      title: words.title,
      isUnlisted: true,
      body: (
        <Booth
          heading={words.title}
          lead={words.lead}
          foot={
            <p>
              <a href={withNext('/login', next)}>{words.again}</a>
            </p>
          }
        >
          <Form visit={visit} name={FORM} state={state} labels={{ otp: words.code }}>
            <CodeField visit={visit} form={FORM} state={state} hasFocus />
            <button class="button">{words.button}</button>
          </Form>
        </Booth>
      ),
    };
  },
  submit: async (visit, { otp }) => {
    const pending = readPendingLogin(visit.request);
    if (!pending) return new Redirect(withNext('/login', nextOf(visit)), 303, 'signInExpired');
    const { token } = await visit.api.send<{ token: string }>('POST', '/account/login/', { ...pending, otp });
    dropPendingLogin(visit.response);
    return signIn(visit, token);
  },
});
