import { Box, Button, DrawerContent, DrawerFooter, Text } from '@adminjs/design-system';
import { type ActionProps, ApiClient, useNotice, useTranslation } from 'adminjs';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import OwnPassword from '../properties/own-password.js';

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
        <OwnPassword
          id={FIELD}
          label={translateProperty(FIELD, resource.id)}
          value={password}
          onChange={setPassword}
          fault={fault && translateMessage(fault)}
        />
      </DrawerContent>
      <DrawerFooter>
        <Button variant="contained" type="submit" disabled={busy}>
          {translateAction(action.name, resource.id)}
        </Button>
      </DrawerFooter>
    </Box>
  );
}
