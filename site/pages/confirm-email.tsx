/** @jsxImportSource preact */
import { Booth } from '../components/booth.js';
import { Form } from '../components/form.js';
import { tokenOf, withoutTokenField } from '../http/mailed-link.js';
import { page, Redirect } from '../http/page.js';

const FORM = 'confirm-email';

/** `/confirm-email?token=`: confirms a new e-mail address, by a button, since programs that scan mail follow links. */
export const confirmEmail = page('/confirm-email', {
  show: (visit, state) => {
    const words = visit.text.account;
    const isComplete = tokenOf(visit) !== '' || state !== undefined;
    return {
      title: words.confirm.title,
      isUnlisted: true,
      body: (
        <Booth heading={words.confirm.title} {...(isComplete && { lead: words.confirm.lead })}>
          {isComplete ? (
            <Form visit={visit} name={FORM} state={state} labels={{}}>
              <button class="button">{words.confirm.button}</button>
            </Form>
          ) : (
            <p>{words.incomplete}</p>
          )}
        </Booth>
      ),
    };
  },
  submit: async (visit, { token = tokenOf(visit) }) => {
    await visit.api.send('POST', '/account/email/confirm/', { token }).catch(withoutTokenField);
    return new Redirect(visit.member ? '/settings' : '/', 303, 'emailConfirmed');
  },
});
