import type { RecordJSON } from 'adminjs';

/** What was typed into a form and is not saved. */
export interface Draft {
  values: Record<string, unknown>;
  /** The records that pickers show for the values. */
  populated: RecordJSON['populated'];
  /** The form's values before, and the version of the record that they are of. */
  base: Record<string, unknown>;
  version?: string;
}

const PREFIX = 'marquee.draft:';

/** The name of a form's draft: by user, since the next one at this tab must not see it. */
export function draftKey(user: string, resourceId: string, recordId?: string): string {
  return `${PREFIX}${user}:${resourceId}:${recordId ?? 'new'}`;
}

/** The draft of that name. It lives as long as the tab: it survives a reload and a login, and no other tab changes it. */
export function readDraft(key: string): Draft | null {
  try {
    const stored = sessionStorage.getItem(key);
    return stored === null ? null : (JSON.parse(stored) as Draft);
  } catch {
    return null;
  }
}

/** Removes all drafts of this tab, when one signs out. */
export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // Storage is disabled: there are none.
  }
}

/** Keeps a draft, or removes it where it is null. */
export function keepDraft(key: string, draft: Draft | null): void {
  try {
    if (draft) sessionStorage.setItem(key, JSON.stringify(draft));
    else sessionStorage.removeItem(key);
  } catch {
    // Storage is disabled or full: the draft lives on the page alone.
  }
}
