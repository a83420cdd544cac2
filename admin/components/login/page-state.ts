/** What the pages that stand by themselves show. The server writes it into the page. */
export type PageState =
  | { page?: 'login'; action: string; errorMessage?: string | undefined }
  | { page: 'code'; action: string; errorMessage?: string | undefined }
  | ({ page: 'account' } & AccountState);

/** A form that was refused: its name and the faults of its fields. */
export interface RefusedForm {
  form: string;
  faults: Record<string, string[]>;
}

/** One's own account. */
export interface AccountState {
  /** The address of the page. */
  action: string;
  home: string;
  username: string;
  email: string;
  otpEnabled: boolean;
  /** Whether the panel stays shut until a second factor is set up. */
  isShut: boolean;
  /** What was done: the name of a form. */
  done?: string | undefined;
  /** A new address that waits for its confirmation. */
  emailPending?: string | undefined;
  refused?: RefusedForm | undefined;
  /** A second factor that is being set up. */
  setup?: { secret: string; uri: string; size: number; path: string; sealed: string } | undefined;
  /** The recovery codes, shown once. */
  codes?: string[] | undefined;
  sessions: OwnLogin[];
  tokens: OwnLogin[];
}

/** A session of the panel, or a token. */
export interface OwnLogin {
  id: string;
  /** What the client calls itself; empty for a session of the panel. */
  client: string;
  created: string;
  lastUsed: string | null;
  current: boolean;
}
