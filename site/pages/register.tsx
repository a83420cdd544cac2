/** @jsxImportSource preact */
import { invalid } from '../../src/http/errors.js';
import { Booth } from '../components/booth.js';
import { Form, TextField } from '../components/form.js';
import { page, Redirect } from '../http/page.js';
import { nextOf, signIn } from '../http/sign-in.js';
import { withNext } from '../paths.js';

const FORM = 'sign-up';

/** The name of the field that only programs fill in. No browser knows it, so that none fills it in for a person. */
const TRAP = 'company_fax';

/** `/register`: makes an account, and signs its member in. */
export const register = page('/register', {
  show: (visit, state) => {
    const next = nextOf(visit);
    if (visit.member && !state) return new Redirect(next);
    const words = visit.text.account;
    const labels = {
      username: words.username,
      email: words.email,
      password: words.password,
      password2: words.repeatPassword,
    };
    const field = (name: keyof typeof labels) => ({ form: FORM, name, label: labels[name], state });
    return {
      title: words.signUp.title,
      isUnlisted: true,
      body: (
        <Booth
          heading={words.signUp.title}
          lead={words.signUp.lead}
          foot={
            <p>
              {words.signUp.member} <a href={withNext('/login', next)}>{words.signUp.signIn}</a>
            </p>
          }
        >
          <Form visit={visit} name={FORM} state={state} labels={labels}>
            <TextField
              {...field('username')}
              hint={words.usernameHint}
              autocomplete="username"
              isName
              isRequired
            />
            <TextField
              {...field('email')}
              type="email"
              hint={words.emailHint}
              autocomplete="email"
              isRequired
            />
            <TextField
              {...field('password')}
              type="password"
              hint={words.passwordHint}
              autocomplete="new-password"
              isRequired
            />
            <TextField {...field('password2')} type="password" autocomplete="new-password" isRequired />
            <p class="trap" aria-hidden="true">
              <label>
                {words.signUp.trap}
                <input name={TRAP} autocomplete="off" tabindex={-1} />
              </label>
            </p>
            <button class="button">{words.signUp.button}</button>
          </Form>
        </Booth>
      ),
    };
  },
  submit: async (visit, { username, email, password, password2, [TRAP]: trap }) => {
    // Said openly: an account that seems to exist and does not would cost a person more than the truth gives a program.
    if (trap) throw invalid({ non_field_errors: [visit.text.account.signUp.trapped] });
    const { token } = await visit.api.send<{ token: string }>('POST', '/account/register/', {
      username,
      email,
      password,
      password2,
    });
    return signIn(visit, token, 'welcome');
  },
});
