import type { Transporter } from 'nodemailer';
import { config } from '../config.js';
import { log } from '../log.js';
import { type Letter, letterHtml, letterText } from './letters.js';

let transport: Transporter | undefined;

/** Whether mail can be sent. Production needs a server; development writes mail to the log. */
export const canSendMail = config.SMTP_URL !== undefined || !config.production;

/**
 * Sends a mail, or writes it to the log if no server is set.
 * @throws the mail server's error
 */
export async function sendMail(to: string, letter: Letter): Promise<void> {
  const { subject } = letter;
  const text = letterText(letter);
  if (config.SMTP_URL === undefined) {
    log.info({ mail: { to, subject, text } }, 'mail');
    return;
  }
  transport ??= (await import('nodemailer')).createTransport(config.SMTP_URL);
  await transport.sendMail({
    from: config.MAIL_FROM ?? 'marquee@localhost',
    to,
    subject,
    text,
    html: letterHtml(letter),
  });
}
