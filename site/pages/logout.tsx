/** @jsxImportSource preact */
import { Booth } from '../components/booth.js';
import { page, Redirect } from '../http/page.js';
import { endSession } from '../http/sign-in.js';

/** `/logout`: ends the session. A GET only asks, since a link must not sign anyone out. */
export const logout = page('/logout', {
  show: ({ member, text }) => {
    if (!member) return new Redirect('/');
    const words = text.account.signOut;
    return {
      title: words.title,
      isUnlisted: true,
      body: (
        <Booth heading={words.title} lead={<span dir="auto">{words.lead(member.username)}</span>}>
          <form method="post" action="/logout" class="actions">
            <button class="button">{words.button}</button>
            <a class="button plain" href="/">
              {words.stay}
            </a>
          </form>
        </Booth>
      ),
    };
  },
  submit: async (visit) => {
    await endSession(visit);
    return new Redirect('/', 303, 'signedOut');
  },
});
