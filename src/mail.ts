import type { Transporter } from 'nodemailer';
import { config } from './config.js';
import { log } from './log.js';

let transport: Transporter | undefined;

/** Whether mail can be sent: production needs a server, development writes it to the log. */
export const canSendMail = config.SMTP_URL !== undefined || !config.production;

/**
 * Sends a mail, or writes it to the log where no server is set.
 * @throws whatever the mail server answers
 */
export async function sendMail(to: string, subject: string, text: string): Promise<void> {
  if (config.SMTP_URL === undefined) {
    log.info({ mail: { to, subject, text } }, 'mail');
    return;
  }
  transport ??= (await import('nodemailer')).createTransport(config.SMTP_URL);
  await transport.sendMail({ from: config.MAIL_FROM ?? 'marquee@localhost', to, subject, text });
}
