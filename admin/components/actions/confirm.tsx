import { Box, Button, DrawerContent, DrawerFooter, Icon, Text } from '@adminjs/design-system';
import { type ActionProps, ApiClient, useNotice, useTranslation } from 'adminjs';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';

const api = new ApiClient();

/** The drawer of an action that asks for confirmation: the message `NAMEConfirm` and a button. */
export default function Confirm({ action, resource, record }: ActionProps) {
  const { translateAction, translateMessage } = useTranslation();
  const navigate = useNavigate();
  const addNotice = useNotice();
  const [busy, setBusy] = useState(false);
  if (!record) return null;
  const run = async () => {
    setBusy(true);
    try {
      const { data } = await api.recordAction({
        resourceId: resource.id,
        recordId: record.id,
        actionName: action.name,
        data: {},
      });
      if (data.notice) addNotice(data.notice);
      if (data.redirectUrl) navigate(data.redirectUrl);
    } finally {
      setBusy(false);
    }
  };
  const text = translateMessage(`${action.name}Confirm`, resource.id, { title: record.title });
  return (
    <Box flex flexDirection="column">
      <DrawerContent>
        <Text>{text}</Text>
      </DrawerContent>
      <DrawerFooter>
        <Button variant="contained" onClick={() => void run()} disabled={busy}>
          <Icon icon={busy ? 'Loader' : action.icon} spin={busy} />
          {translateAction(action.name, resource.id)}
        </Button>
      </DrawerFooter>
    </Box>
  );
}
