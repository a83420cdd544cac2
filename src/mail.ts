import { createTransport } from 'nodemailer';
import { config } from './config.js';
import { log } from './log.js';

const transport = config.SMTP_URL ? createTransport(config.SMTP_URL) : null;

/** Whether mail can be sent: production needs a server, development writes it to the log. */
export const canSendMail = transport !== null || !config.production;

/**
 * Sends a mail, or writes it to the log where no server is set.
 * @throws whatever the mail server answers
 */
export async function sendMail(to: string, subject: string, text: string): Promise<void> {
  if (transport)
    await transport.sendMail({ from: config.MAIL_FROM ?? 'marquee@localhost', to, subject, text });
  else log.info({ mail: { to, subject, text } }, 'mail');
}
