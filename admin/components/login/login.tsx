import { Box, Button, FormGroup, Input, Label, MessageBox } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import { Brand } from '../layout/brand.js';
import { Preferences } from '../layout/preferences.js';
import { Themed } from '../layout/theme-provider.js';

interface State {
  action: string;
  errorMessage?: string;
}

/** What the API says of too many attempts, too. */
const THROTTLED = /^Request was throttled\. Expected available in (\d+) seconds?\.$/;

/** The login page: AdminJS's own asks for an e-mail address, keeps password managers out and labels no field. */
export default function Login() {
  return (
    <Themed>
      <Form />
    </Themed>
  );
}

function Form() {
  const { action, errorMessage } = Reflect.get(window, '__APP_STATE__') as State;
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
