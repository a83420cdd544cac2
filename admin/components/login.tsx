import { Box, Button, FormGroup, H5, Input, Label, MessageBox } from '@adminjs/design-system';
import { type ReduxState, useTranslation } from 'adminjs';
import { useSelector } from 'react-redux';

interface State {
  action: string;
  errorMessage?: string;
}

/** The login page: AdminJS's own asks for an e-mail address, keeps password managers out and labels no field. */
export default function Login() {
  const { action, errorMessage } = Reflect.get(window, '__APP_STATE__') as State;
  const { translateComponent } = useTranslation();
  const branding = useSelector((state: ReduxState) => state.branding);
  return (
    <Box flex variant="grey" alignItems="center" justifyContent="center" height="100%" as="main">
      <Box as="form" action={action} method="POST" bg="white" p="x3" width={[1, 480]} boxShadow="login">
        <H5 mb="xl">
          <img src={String(branding.logo)} alt={branding.companyName} height={40} />
        </H5>
        {errorMessage && <MessageBox mt="xl" mb="xl" message={errorMessage} variant="danger" role="alert" />}
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
      </Box>
    </Box>
  );
}
