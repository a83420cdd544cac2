import { Box, Button, FormGroup, Input, Label, MessageBox } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import Account from '../account/account.js';
import { Brand } from '../layout/brand.js';
import { Preferences } from '../layout/preferences.js';
import { VisitorThemeProvider } from '../layout/theme-provider.js';
import { CodeInput } from './code-input.js';
import type { PageState } from './page-state.js';

/** The throttle's message, which the API sends, too. */
const THROTTLED = /^Request was throttled\. Expected available in (\d+) seconds?\.$/;

/** The pages that stand by themselves. AdminJS's own login asks for an e-mail address, blocks password managers and labels no field. */
export default function Login() {
  const state = Reflect.get(window, '__APP_STATE__') as PageState;
  return (
    <VisitorThemeProvider>
      {state.page === 'account' ? <Account {...state} /> : <LoginForm {...state} />}
    </VisitorThemeProvider>
  );
}

function LoginForm({ page, action, errorMessage }: Exclude<PageState, { page: 'account' }>) {
  const { translateComponent, translateMessage } = useTranslation();
  const seconds = THROTTLED.exec(errorMessage ?? '')?.[1];
  const message = seconds
    ? translateComponent('Login.throttled', { seconds })
    : errorMessage && translateMessage(errorMessage);
  return (
    <main className="login">
      <form action={action} method="POST">
        <h1>
          <Brand />
        </h1>
        {message && <MessageBox mb="xl" message={message} variant="danger" role="alert" />}
        {page === 'code' ? (
          <CodeInput id="otp" hint={translateComponent('Login.codeHint')} autoFocus />
        ) : (
          <Credentials />
        )}
        <Button variant="contained" type="submit" mt="lg">
          {translateComponent('Login.loginButton')}
        </Button>
        {page === 'code' && (
          <p className="login-again">
            <a href={action.replace('/code', '')}>{translateComponent('Login.again')}</a>
          </p>
        )}
      </form>
      <Box mt="xl">
        <Preferences />
      </Box>
    </main>
  );
}

function Credentials() {
  const { translateComponent } = useTranslation();
  return (
    <>
      <FormGroup>
        <Label htmlFor="email">{translateComponent('Login.properties.email')}</Label>
        <Input id="email" name="email" autoComplete="username" autoCapitalize="none" required autoFocus />
      </FormGroup>
      <FormGroup>
        <Label htmlFor="password">{translateComponent('Login.properties.password')}</Label>
        <Input id="password" name="password" type="password" autoComplete="current-password" required />
      </FormGroup>
    </>
  );
}
