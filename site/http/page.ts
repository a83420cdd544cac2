import type { Request, Response } from 'express';
import type { ComponentChildren } from 'preact';
import type { Role } from '../../src/models/user.js';
import type { UploadedFile } from '../../src/http/request/upload.js';
import type { Scope } from '../../src/http/request/throttle.js';
import type { Api } from '../api.js';
import type { Texts } from '../locale/index.js';
import type { Language } from '../locale/languages.js';

/** The member whose session a request bears. */
export interface Member {
  id: number;
  username: string;
  email: string;
  role: Role;
}

export type Theme = 'light' | 'dark' | 'system';

/** One request for a page. */
export interface Visit {
  request: Request;
  response: Response;
  /** The path as it was asked for, without a query. */
  path: string;
  /** The named parts of the path. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** Null for a visitor. */
  member: Member | null;
  language: Language;
  theme: Theme;
  /** The texts in that language. */
  text: Texts;
  /** What absolute addresses begin with. */
  origin: string;
  /** Asks the API as the member. */
  api: Api;
  /** The file of a form that was sent with one. */
  file?: UploadedFile;
}

/** A form that was refused, to be shown again. */
export interface FormState {
  /** The form's name: the value of its hidden field `form`. */
  name: string;
  /** What was typed, by field. */
  values: Record<string, string>;
  /** The faults of each field, in the visitor's language. */
  faults: Record<string, string[]>;
  /** A fault of no field. */
  detail?: string;
}

/** A page's content. */
export interface View {
  /** The window's title, without the site's name. */
  title: string;
  body: ComponentChildren;
  status?: number;
  /** A sentence for search engines. */
  description?: string;
  /** The path and query of the address that search engines should show; by default the path. */
  canonical?: string;
  /** Whether search engines should leave the page out. */
  isUnlisted?: boolean;
  /** Whether it shows a secret, which no cache may keep. */
  isSecret?: boolean;
  /** What other sites show beside a link to the page; by default the site's own picture. The address is absolute. */
  picture?: { url: string; width: number; height: number };
  /** What the page is about, as Open Graph has it; by default `website`. */
  type?: 'website' | 'profile' | 'video.movie' | 'video.tv_show';
  /** More of the head: feeds, structured data. */
  head?: ComponentChildren;
}

/** An answer that leads to another page. */
export class Redirect {
  constructor(
    readonly location: string,
    readonly status: 301 | 303 = 303,
    /** The notice that the next page shows once. */
    readonly notice?: keyof Texts['notices'],
  ) {}
}

/** An answer that is no page, such as a feed. */
export class Document {
  constructor(
    readonly contentType: string,
    readonly text: string | AsyncIterable<string | Buffer>,
    readonly headers: Record<string, string> = {},
  ) {}
}

/** The fields of a form that was sent. */
export type Fields = Record<string, string>;

/** A page: its path, what it asks for, and how it looks. */
export interface Page {
  /** The path, with named parts, such as `/movies/:id/:slug?`. */
  path: string;
  /** Whether it is for members; visitors are led to sign in. */
  isForMembers?: boolean;
  /** A limit on top of that of every request. */
  throttle?: Scope;
  /**
   * @param form a form of the page that was refused
   * @throws {ApiError} shown as an error page
   */
  show?: (visit: Visit, form?: FormState) => Promise<View | Redirect | Document> | View | Redirect | Document;
  /** The form of the page that is sent with a file: its name, the file's field, and the most bytes. */
  upload?: { form: string; field: string; limit: number };
  /**
   * Does what a form of the page asks for.
   * @returns where to go, or what the form leads to and cannot be asked for again
   * @throws {ApiError} a 400, 413 or 429 shows the page again, with what was typed and the faults
   */
  submit?: (visit: Visit, fields: Fields) => Promise<Redirect | View> | Redirect | View;
}

/** Declares a page. */
export function page(path: string, rest: Omit<Page, 'path'>): Page {
  return { path, ...rest };
}
