import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { setTimeout } from 'node:timers/promises';

/**
 * A mail server that takes every mail.
 * @param tls a certificate, to speak TLS from the start
 */
export async function mailbox(tls?: { cert: Buffer; key: Buffer }) {
  const sockets = new Set<Socket>();
  const taken: string[] = [];
  const take = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let data: string | null = null;
    socket.write('220 mail.example.org\r\n');
    socket.on('data', (chunk) => {
      if (data === null) {
        const command = chunk.toString().slice(0, 4).toUpperCase();
        if (command === 'DATA') data = '';
        socket.write({ DATA: '354 go on\r\n', QUIT: '221 bye\r\n' }[command] ?? '250 ok\r\n');
        return;
      }
      data += chunk.toString();
      if (!data.endsWith('\r\n.\r\n')) return;
      taken.push(data);
      data = null;
      socket.write('250 ok\r\n');
    });
  };
  const server = tls ? createTlsServer(tls, take) : createServer(take);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `${tls ? 'smtps://localhost' : 'smtp://127.0.0.1'}:${(server.address() as AddressInfo).port}`,
    /** The text of a mail to this address. */
    async mail(to: string): Promise<string> {
      for (let tries = 0; tries < 200; tries += 1) {
        const mail = taken.find((text) => text.includes(`To: ${to}`));
        if (mail !== undefined) return mail;
        await setTimeout(25);
      }
      throw new Error('No mail came');
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** What {@link mailbox} gives. */
export type Mailbox = Awaited<ReturnType<typeof mailbox>>;

/** A mail as its reader sees it: its text and HTML parts, decoded. */
export function partsOf(mail: string): { text: string; html: string } {
  const boundary = /boundary="([^"]+)"/.exec(mail)?.[1] ?? '';
  const parts = mail.split(`--${boundary}`).map((part) => {
    const end = part.indexOf('\r\n\r\n');
    const [head, body] = [part.slice(0, end), part.slice(end).trim()];
    return { head, body: /quoted-printable/i.test(head) ? unquote(body) : body };
  });
  const bodyOf = (type: string) =>
    parts.find(({ head }) => head.includes(`Content-Type: ${type}`))?.body ?? '';
  return { text: bodyOf('text/plain'), html: bodyOf('text/html') };
}

/** Decodes quoted-printable text. */
function unquote(text: string): string {
  return text
    .replaceAll('=\r\n', '')
    .replace(/(?:=[\dA-F]{2})+/g, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString());
}
