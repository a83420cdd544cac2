import { Box, Button, FormGroup, Input, Label, MessageBox } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import { Brand } from '../layout/brand.js';
import { Preferences } from '../layout/preferences.js';
import { VisitorThemeProvider } from '../layout/theme-provider.js';

interface LoginState {
  action: string;
  errorMessage?: string;
}

/** The throttle's message, which the API sends, too. */
const THROTTLED = /^Request was throttled\. Expected available in (\d+) seconds?\.$/;

/** The login page. AdminJS's own asks for an e-mail address, blocks password managers and labels no field. */
export default function Login() {
  return (
    <VisitorThemeProvider>
      <Form />
    </VisitorThemeProvider>
  );
}

function Form() {
  const { action, errorMessage } = Reflect.get(window, '__APP_STATE__') as LoginState;
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
        <FormGroup>
          <Label htmlFor="email">{translateComponent('Login.properties.email')}</Label>
          <Input id="email" name="email" autoComplete="username" autoCapitalize="none" required autoFocus />
        </FormGroup>
        <FormGroup>
          <Label htmlFor="password">{translateComponent('Login.properties.password')}</Label>
          <Input id="password" name="password" type="password" autoComplete="current-password" required />
        </FormGroup>
        <Button variant="contained" type="submit" mt="lg">
          {translateComponent('Login.loginButton')}
        </Button>
      </form>
      <Box mt="xl">
        <Preferences />
      </Box>
    </main>
  );
}
