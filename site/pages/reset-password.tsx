/** @jsxImportSource preact */
import { Booth } from '../components/booth.js';
import { Form, TextField } from '../components/form.js';
import { tokenOf, withoutTokenField } from '../http/mailed-link.js';
import { page, Redirect } from '../http/page.js';
import { endSession } from '../http/sign-in.js';

const FORM = 'reset-password';

/** `/reset-password?token=`: sets the password of the account that the mailed token belongs to. */
export const resetPassword = page('/reset-password', {
  show: (visit, state) => {
    const words = visit.text.account;
    const labels = { new_password: words.newPassword, new_password2: words.repeatPassword };
    const field = (name: keyof typeof labels) => ({ form: FORM, name, label: labels[name], state });
    const isComplete = tokenOf(visit) !== '' || state !== undefined;
    return {
      title: words.reset.title,
      isUnlisted: true,
      body: (
        <Booth
          heading={words.reset.title}
          {...(isComplete && { lead: words.reset.lead })}
          foot={
            <p>
              <a href="/forgot-password">{words.reset.again}</a>
            </p>
          }
        >
          {isComplete ? (
            <Form visit={visit} name={FORM} state={state} labels={labels}>
              <TextField
                {...field('new_password')}
                type="password"
                hint={words.passwordHint}
                autocomplete="new-password"
                isRequired
              />
              <TextField {...field('new_password2')} type="password" autocomplete="new-password" isRequired />
              <button class="button">{words.reset.button}</button>
            </Form>
          ) : (
            <p>{words.incomplete}</p>
          )}
        </Booth>
      ),
    };
  },
  submit: async (visit, { token = tokenOf(visit), new_password, new_password2 }) => {
    await visit.api
      .send('POST', '/account/password-reset/confirm/', { token, new_password, new_password2 })
      .catch(withoutTokenField);
    // The account's own session has ended already; another member's would hide the page to sign in.
    await endSession(visit);
    return new Redirect('/login', 303, 'passwordReset');
  },
});
