import { Button } from '@adminjs/design-system';
import { ApiClient, type RecordJSON, useNotice, useTranslation } from 'adminjs';
import { type FormEvent, useState } from 'react';
import OwnPassword from '../properties/own-password.js';

const LOG = 'audit_log';
const api = new ApiClient();

/** A button that restores a version. Where the version gives a user rights, it asks for one's own password. */
export default function Restore({ record, version }: { record: RecordJSON; version: string }) {
  const { translateAction, translateProperty } = useTranslation();
  const addNotice = useNotice();
  const [busy, setBusy] = useState(false);
  const [needsPassword, setNeedsPassword] = useState(false);
  const [password, setPassword] = useState('');
  const restore = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const { data } = await api.recordAction({
        resourceId: LOG,
        recordId: record.id,
        actionName: 'restore',
        data: { version, own_password: password },
      });
      if (data.notice) addNotice(data.notice);
      setNeedsPassword('own_password' in (data.record.errors ?? {}));
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void restore(event)}>
      {needsPassword && (
        <OwnPassword
          id={`own-password-${version}`}
          label={translateProperty('own_password', 'users')}
          value={password}
          onChange={setPassword}
          autoFocus
        />
      )}
      <Button variant="outlined" size="sm" type="submit" disabled={busy}>
        {translateAction('restore', LOG)}
      </Button>
    </form>
  );
}
