/** @jsxImportSource preact */
import { ApiError } from '../../src/http/errors.js';
import { Booth } from '../components/booth.js';
import { Form, TextField } from '../components/form.js';
import { page, Redirect } from '../http/page.js';
import { keepPendingLogin } from '../http/pending-login.js';
import { nextOf, signIn } from '../http/sign-in.js';
import { withNext } from '../paths.js';

const FORM = 'sign-in';

/** `/login`: signs a member in, and leads back to where they were. */
export const login = page('/login', {
  show: (visit, state) => {
    const next = nextOf(visit);
    if (visit.member && !state) return new Redirect(next);
    const words = visit.text.account;
    const labels = { username: words.username, password: words.password };
    return {
      title: words.signIn.title,
      isUnlisted: true,
      body: (
        <Booth
          heading={words.signIn.title}
          foot={
            <>
              <p>
                <a href="/forgot-password">{words.signIn.forgotten}</a>
              </p>
              <p>
                {words.signIn.newHere} <a href={withNext('/register', next)}>{words.signIn.signUp}</a>
              </p>
            </>
          }
        >
          <Form visit={visit} name={FORM} state={state} labels={labels}>
            <TextField
              form={FORM}
              name="username"
              label={labels.username}
              state={state}
              autocomplete="username"
              isName
              isRequired
            />
            <TextField
              form={FORM}
              name="password"
              type="password"
              label={labels.password}
              state={state}
              autocomplete="current-password"
              isRequired
            />
            <button class="button">{words.signIn.button}</button>
          </Form>
        </Booth>
      ),
    };
  },
  submit: async (visit, { username, password }) => {
    try {
      const { token } = await visit.api.send<{ token: string }>('POST', '/account/login/', {
        username,
        password,
      });
      return await signIn(visit, token);
    } catch (error) {
      if (!asksForCode(error)) throw error;
      keepPendingLogin(visit.response, { username: username as string, password: password as string });
      return new Redirect(withNext('/login/code', nextOf(visit)));
    }
  },
});

/** Whether the password was right, and a code is asked for. */
function asksForCode(error: unknown): boolean {
  return error instanceof ApiError && error.status === 400 && 'otp' in error.body;
}
