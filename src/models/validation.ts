import { domainToASCII, domainToUnicode } from 'node:url';

/* The validation rules of every entry point, with DRF's messages. Each returns a message, or null for a valid value. */

/** The limits of a text. Lengths count code points. */
export interface TextRule {
  max: number;
  /** Whether it may be empty; a text of white space only counts as empty. */
  blank?: boolean;
  /** Whether it loses white space at both ends before it is checked. */
  trim?: boolean;
}

export const REQUIRED = 'This field is required.';
export const EMAIL_TAKEN = 'A user with that email already exists.';
export const PASSWORDS_DIFFER = "The two password fields didn't match.";
export const NOT_NULL = 'This field may not be null.';
export const BLANK = 'This field may not be blank.';

/** Whether every supported database can store this text: it has no NUL and no lone surrogate. */
export function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}

export function textFault(value: string, { max, blank = false }: TextRule): string | null {
  if (!value.isWellFormed()) return 'Lone surrogate characters are not allowed.';
  if (value.includes('\0')) return 'Null characters are not allowed.';
  if (!blank && value.trim() === '') return BLANK;
  // A code point is one or two UTF-16 units, so only lengths between `max` and its double need counting.
  if (value.length > max && (value.length > 2 * max || [...value].length > max)) {
    return `Ensure this field has no more than ${max} characters.`;
  }
  return null;
}

export function urlFault(value: string): string | null {
  const url = /^https?:\/\/[^\s/?#]+/i.test(value) && URL.canParse(value) ? new URL(value) : null;
  const host = url?.hostname ?? '';
  const named = host === 'localhost' || /^\[[0-9a-f:.]+\]$|^[^.]+(\.[^.]+)+\.?$/i.test(host);
  return url && named && !/\s/.test(value) ? null : 'Enter a valid URL.';
}

export function emailFault(value: string): string | null {
  const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
  const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/i;
  const at = value.lastIndexOf('@');
  const valid =
    value.length <= 254 &&
    at > 0 &&
    at <= 64 &&
    local.test(value.slice(0, at)) &&
    // An international domain is checked as DNS has it.
    domain.test(domainToASCII(value.slice(at + 1)));
  return valid ? null : 'Enter a valid email address.';
}

export function usernameFault(value: string): string | null {
  return /^[\w.@+-]+$/.test(value)
    ? null
    : 'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.';
}

export function rangeFault(value: number, min: number, max: number): string | null {
  if (!Number.isInteger(value)) return 'A valid integer is required.';
  if (value < min) return `Ensure this value is greater than or equal to ${min}.`;
  if (value > max) return `Ensure this value is less than or equal to ${max}.`;
  return null;
}

/**
 * Makes a Sequelize validator of a rule.
 * @param fault returns the message for a value, or null
 */
export function validator<T>(fault: (value: T) => string | null): (value: T) => void {
  return (value) => {
    const text = fault(value);
    if (text) throw new Error(text);
  };
}

/** The longest text whose case is folded, in UTF-16 units; titles have 200 characters. */
const FOLDED_MAX = 2_000;

/**
 * Folds a text to a key for comparisons that ignore case but not accents. It goes through upper case, so that ß equals SS.
 * Keys are ordered by code points, the same on every database.
 */
export function foldCase(text: string): string {
  // Nothing as long is stored, and to normalize many combining marks takes quadratic time.
  if (text.length > FOLDED_MAX) return text.slice(0, FOLDED_MAX);
  return text.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/**
 * The key of an e-mail address: the same for every case, and for every spelling of a domain, such as full-width letters.
 * Domains are told apart as DNS does, where ß is not ss.
 */
export function emailKey(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = domainToASCII(address.slice(at));
  return domain === '' ? foldCase(address) : foldCase(address.slice(0, at)) + domainToUnicode(domain);
}

/** A text without white space at both ends; any other value unchanged, for its validator. */
export function trimmed(value: string): string {
  return typeof value === 'string' ? value.trim() : value;
}
