import type { Request } from 'express';

/** The languages of mail; the first is the default. */
const LANGUAGES = ['en', 'de'] as const;
type MailLanguage = (typeof LANGUAGES)[number];

/** What a mail says. */
export interface Letter {
  language: MailLanguage;
  subject: string;
  paragraphs: string[];
  /** What one is to do, and where. */
  link?: { label: string; address: string };
  /** Paragraphs after the link. */
  after: string[];
}

const TEXTS = {
  en: {
    hello: (name: string) => `Hello ${name},`,
    nothingToDo: 'If it was not you, there is nothing to do.',
    reset: {
      subject: 'Reset your password',
      asked: 'Someone, probably you, asked to reset your password.',
      link: 'The link is good for an hour, and once:',
      label: 'Set a new password',
      token: (token: string) => `Your reset token, if an app asks for it: ${token}`,
    },
    address: {
      subject: 'Confirm your e-mail address',
      asked: 'Someone, probably you, wants to use this address for your account.',
      link: 'The link is good for a day, and once:',
      label: 'Confirm the address',
    },
    changed: {
      subject: 'Your e-mail address has changed',
      now: (email: string) => `Your account’s e-mail address is ${email} now.`,
      alarm: 'If it was not you, reset your password at once, and write to the people who run this site.',
    },
  },
  de: {
    hello: (name: string) => `Guten Tag ${name},`,
    nothingToDo: 'Wenn Sie das nicht waren, brauchen Sie nichts zu tun.',
    reset: {
      subject: 'Passwort zurücksetzen',
      asked: 'jemand, wahrscheinlich Sie, möchte Ihr Passwort zurücksetzen.',
      link: 'Der Link gilt eine Stunde lang und einmal:',
      label: 'Neues Passwort setzen',
      token: (token: string) => `Ihr Code zum Zurücksetzen, falls eine App danach fragt: ${token}`,
    },
    address: {
      subject: 'E-Mail-Adresse bestätigen',
      asked: 'jemand, wahrscheinlich Sie, möchte diese Adresse für Ihr Konto verwenden.',
      link: 'Der Link gilt einen Tag lang und einmal:',
      label: 'Adresse bestätigen',
    },
    changed: {
      subject: 'Ihre E-Mail-Adresse wurde geändert',
      now: (email: string) => `die E-Mail-Adresse Ihres Kontos ist jetzt ${email}.`,
      alarm:
        'Wenn Sie das nicht waren, setzen Sie sofort Ihr Passwort zurück, und schreiben Sie den Betreibern dieser Website.',
    },
  },
};

/** The language of a mail that a request causes: the first in its `Accept-Language` that mail has. */
export function mailLanguage(request: Request): MailLanguage {
  return (request.acceptsLanguages([...LANGUAGES]) || LANGUAGES[0]) as MailLanguage;
}

/**
 * The mail that resets a password.
 * @param link the address of the page that takes the token; null where there is none
 */
export function resetLetter(
  language: MailLanguage,
  { username, token, link }: { username: string; token: string; link: string | null },
): Letter {
  const { hello, nothingToDo, reset } = TEXTS[language];
  const asked = [hello(username), reset.asked];
  return {
    language,
    subject: reset.subject,
    paragraphs: link === null ? asked : [...asked, reset.link],
    ...(link !== null && { link: { label: reset.label, address: link } }),
    after: [reset.token(token), nothingToDo],
  };
}

/** The mail to a new address, which counts once its link is followed. */
export function newAddressLetter(
  language: MailLanguage,
  { username, link }: { username: string; link: string },
): Letter {
  const { hello, nothingToDo, address } = TEXTS[language];
  return {
    language,
    subject: address.subject,
    paragraphs: [hello(username), address.asked, address.link],
    link: { label: address.label, address: link },
    after: [nothingToDo],
  };
}

/** The mail to the address that an account had before. */
export function changedAddressLetter(
  language: MailLanguage,
  { username, email }: { username: string; email: string },
): Letter {
  const { hello, changed } = TEXTS[language];
  return {
    language,
    subject: changed.subject,
    paragraphs: [hello(username), changed.now(email), changed.alarm],
    after: [],
  };
}

/** A letter as plain text. */
export function letterText({ paragraphs, link, after }: Letter): string {
  return `${[...paragraphs, ...(link ? [link.address] : []), ...after].join('\n\n')}\n`;
}

/** A letter as HTML. It loads nothing, so that nobody learns when it is read. */
export function letterHtml({ language, subject, paragraphs, link, after }: Letter): string {
  const button = link
    ? [
        `<p><a href="${escape(link.address)}" style="display:inline-block;padding:12px 20px;border-radius:99px;background:#4035b8;color:#fff;text-decoration:none;font-weight:bold">${escape(link.label)}</a></p>`,
        `<p style="overflow-wrap:anywhere">${escape(link.address)}</p>`,
      ]
    : [];
  const text = (paragraph: string) => `<p style="overflow-wrap:anywhere">${escape(paragraph)}</p>`;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head>`,
    '<body style="font:16px/1.5 sans-serif;max-width:36em;margin:0 auto;padding:24px">',
    ...paragraphs.map(text),
    ...button,
    ...after.map(text),
    '</body></html>',
  ].join('\n');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
