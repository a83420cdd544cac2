import { Box, Button, FormMessage, Icon, Label, Text } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';
import { type DragEvent, useRef, useState } from 'react';
import { fileNames, MEDIA_PATH } from '../../../src/media/file-names.js';
import { openerHeader } from '../session/opener.js';

const TYPES = 'image/jpeg,image/png,image/webp,image/avif';

/** The refusals that have a text of their own. */
const EXPLAINED = new Set([400, 408, 413, 415]);

/** A movie's poster on its page and form. Who may change the movie drops or chooses a picture, which is stored at once. */
export default function Poster({ property, record }: BasePropertyProps) {
  const { translateProperty, translateMessage: translate } = useTranslation();
  const { resourceId } = property;
  const [hash, setHash] = useState((record?.params.poster as string | null | undefined) ?? null);
  const [message, setMessage] = useState('');
  const [isFault, setFault] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = record?.id;
  // The form of a new movie has a record without actions.
  const mayEdit = id ? record.recordActions.some(({ name }) => name === 'edit') : false;

  const send = async (path: string, body: FormData | undefined, done: string) => {
    setBusy(true);
    setFault(false);
    setMessage(body ? 'posterSending' : '');
    const outcome = await request(path, body);
    if ('fault' in outcome) setMessage(outcome.fault);
    else {
      setHash(outcome.poster);
      setMessage(done);
    }
    setFault('fault' in outcome);
    setBusy(false);
  };
  const put = (file: File | null | undefined) => {
    if (!file || isBusy) return;
    const body = new FormData();
    body.set('poster', file);
    void send(`${id}`, body, 'posterSet');
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    put(event.dataTransfer.files[0]);
  };
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };

  const picture = hash ? (
    <img
      src={`${MEDIA_PATH}${fileNames(hash).small}`}
      alt={translate('posterOf', resourceId, { title: String(record?.params.title ?? '') })}
      width={185}
      height={278}
    />
  ) : (
    <span>{translate('noPoster', resourceId)}</span>
  );
  const label = translateProperty(property.label, resourceId);
  if (!id) return <Text mb="xl">{translate('posterLater', resourceId)}</Text>;
  return (
    <Box mb="xl" data-testid="poster">
      <Label as="div">{label}</Label>
      <div
        className={`poster ${isOver ? 'poster-over' : ''}`}
        {...(mayEdit && { onDrop: drop, onDragOver: over, onDragLeave: () => setOver(false) })}
      >
        <div className="poster-frame">{picture}</div>
        {mayEdit && (
          <div className="poster-actions">
            <Text>{translate('posterHint', resourceId)}</Text>
            <input
              ref={input}
              type="file"
              accept={TYPES}
              hidden
              aria-label={translate('choosePoster', resourceId)}
              onChange={(event) => {
                put(event.target.files?.[0]);
                event.target.value = '';
              }}
            />
            <Button type="button" variant="outlined" disabled={isBusy} onClick={() => input.current?.click()}>
              <Icon icon="Upload" />
              {translate('choosePoster', resourceId)}
            </Button>
            {hash && (
              <Button
                type="button"
                variant="text"
                disabled={isBusy}
                onClick={() => void send(`${id}/remove`, undefined, 'posterRemoved')}
              >
                <Icon icon="Trash2" />
                {translate('removePoster', resourceId)}
              </Button>
            )}
            <FormMessage role={isFault ? 'alert' : 'status'} {...(isFault && { color: 'error' })}>
              {message && translate(message, resourceId)}
            </FormMessage>
          </div>
        )}
      </div>
    </Box>
  );
}

/** Sends a picture, or takes it off; gives the new poster, or the key of a text about what went wrong. */
async function request(
  path: string,
  body: FormData | undefined,
): Promise<{ poster: string | null } | { fault: string }> {
  try {
    const response = await fetch(`/admin/posters/${path}`, {
      method: 'POST',
      headers: openerHeader(),
      ...(body && { body }),
    });
    // The session has expired: the response is the login page.
    if (response.redirected) window.location.assign(response.url);
    if (response.ok) return (await response.json()) as { poster: string | null };
    return { fault: EXPLAINED.has(response.status) ? `poster${response.status}` : 'posterFailed' };
  } catch {
    return { fault: 'posterFailed' };
  }
}
