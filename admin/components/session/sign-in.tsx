import { Button, FormGroup, Input, Label, MessageBox } from '@adminjs/design-system';
import { type ReduxState, useTranslation } from 'adminjs';
import { type FormEvent, useEffect, useState } from 'react';
import { useSelector } from 'react-redux';
import Dialog from '../dialog.js';
import OwnPassword from '../properties/own-password.js';
import { SIGN_IN_EVENT, type SignInRequest } from './sign-in-request.js';

const LOGIN = '/admin/login';

/** Signs in again in place, as the user whose session has ended: nothing on the page is lost. */
export default function SignIn() {
  const [answer, setAnswer] = useState<((signedIn: boolean) => void) | null>(null);
  useEffect(() => {
    const open = (event: Event) => setAnswer(() => (event as SignInRequest).detail);
    addEventListener(SIGN_IN_EVENT, open);
    return () => removeEventListener(SIGN_IN_EVENT, open);
  }, []);
  if (!answer) return null;
  const close = (signedIn: boolean) => {
    setAnswer(null);
    answer(signedIn);
  };
  return <SignInDialog close={close} />;
}

function SignInDialog({ close }: { close: (signedIn: boolean) => void }) {
  const { translateComponent, translateButton } = useTranslation();
  const session = useSelector((state: ReduxState) => state.session);
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const text = (key: string, options?: object) => translateComponent(`SignIn.${key}`, options);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const name = await signIn(session?.email ?? '', password);
    setBusy(false);
    if (name === null) return close(true);
    setPassword('');
    return setFault(text(name));
  };
  return (
    <Dialog title={text('title')} onClose={() => close(false)}>
      <form onSubmit={(event) => void submit(event)}>
        <p>{text('intro')}</p>
        {fault && <MessageBox mb="lg" message={fault} variant="danger" role="alert" />}
        <FormGroup>
          <Label htmlFor="sign-in-username">{text('username')}</Label>
          <Input id="sign-in-username" autoComplete="username" readOnly value={session?.email ?? ''} />
        </FormGroup>
        <OwnPassword
          id="sign-in-password"
          label={text('password')}
          value={password}
          onChange={setPassword}
          autoFocus
        />
        <p>
          <a href={LOGIN} target="_blank" rel="noreferrer">
            {text('elsewhere')}
          </a>
        </p>
        <div className="dialog-buttons">
          <Button type="button" variant="text" onClick={() => close(false)}>
            {translateButton('cancel')}
          </Button>
          <Button type="button" variant="outlined" onClick={() => close(true)}>
            {text('continue')}
          </Button>
          <Button type="submit" variant="contained" disabled={busy}>
            {text('submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Sends the login form. Gives null if it let the user in, else the name of the text that says why not. */
async function signIn(email: string, password: string): Promise<string | null> {
  try {
    const body = new URLSearchParams({ email, password });
    const response = await fetch(LOGIN, { method: 'POST', body });
    if (response.status === 429) return 'throttled';
    if (!response.ok) return 'refused';
    // Some logins have a second step, which is a page.
    return new URL(response.url).pathname.startsWith(LOGIN) ? 'secondStep' : null;
  } catch {
    return 'failed';
  }
}
