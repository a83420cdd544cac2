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
