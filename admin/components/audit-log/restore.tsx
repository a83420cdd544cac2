import { Button, FormGroup, Input, Label } from '@adminjs/design-system';
import { ApiClient, type RecordJSON, useNotice, useTranslation } from 'adminjs';
import { type FormEvent, useState } from 'react';

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
  const id = `own-password-${version}`;
  return (
    <form onSubmit={(event) => void restore(event)}>
      {needsPassword && (
        <FormGroup>
          <Label htmlFor={id}>{translateProperty('own_password', 'users')}</Label>
          <Input
            id={id}
            type="password"
            autoComplete="current-password"
            autoFocus
            required
            value={password}
            onChange={(event: { target: { value: string } }) => setPassword(event.target.value)}
          />
        </FormGroup>
      )}
      <Button variant="outlined" size="sm" type="submit" disabled={busy}>
        {translateAction('restore', LOG)}
      </Button>
    </form>
  );
}
