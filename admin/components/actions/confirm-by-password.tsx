import {
  Box,
  Button,
  DrawerContent,
  DrawerFooter,
  FormGroup,
  Input,
  Label,
  Text,
} from '@adminjs/design-system';
import { type ActionProps, ApiClient, useNotice, useTranslation } from 'adminjs';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router-dom';

const api = new ApiClient();
const FIELD = 'own_password';

/** The page of an action that asks for one's own password: the message `NAMEConfirm`, a field and a button. */
export default function ConfirmByPassword({ action, resource, record }: ActionProps) {
  const { translateAction, translateMessage, translateProperty } = useTranslation();
  const navigate = useNavigate();
  const addNotice = useNotice();
  const [busy, setBusy] = useState(false);
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState('');
  if (!record) return null;
  const run = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const { data } = await api.recordAction({
        resourceId: resource.id,
        recordId: record.id,
        actionName: action.name,
        data: { [FIELD]: password },
      });
      setFault(data.record.errors?.[FIELD]?.message ?? '');
      if (data.redirectUrl && data.notice) addNotice(data.notice);
      if (data.redirectUrl) navigate(data.redirectUrl);
    } finally {
      setBusy(false);
      setPassword('');
    }
  };
  return (
    <Box as="form" flex flexDirection="column" onSubmit={(event: FormEvent) => void run(event)}>
      <DrawerContent>
        <Text mb="xl">{translateMessage(`${action.name}Confirm`, resource.id, { title: record.title })}</Text>
        <FormGroup error={fault !== ''}>
          <Label htmlFor={FIELD}>{translateProperty(FIELD, resource.id)}</Label>
          <Input
            id={FIELD}
            type="password"
            autoComplete="current-password"
            required
            value={password}
            aria-invalid={fault !== ''}
            aria-describedby={`${FIELD}-fault`}
            onChange={(event: { target: { value: string } }) => setPassword(event.target.value)}
          />
          <p className="field-hint" id={`${FIELD}-fault`} role="alert">
            {fault && translateMessage(fault)}
          </p>
        </FormGroup>
      </DrawerContent>
      <DrawerFooter>
        <Button variant="contained" type="submit" disabled={busy}>
          {translateAction(action.name, resource.id)}
        </Button>
      </DrawerFooter>
    </Box>
  );
}
