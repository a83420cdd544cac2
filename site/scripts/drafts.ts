const PREFIX = 'marquee.draft ';

/** The forms that sign out, here or everywhere, or delete the account. */
const SIGNING_OUT = 'form[action="/logout"], form[data-form="everywhere"], form[data-form="delete"]';

/** What was typed into a form and not sent yet, and what the form held before. */
interface Draft {
  base: string;
  typed: string;
}

/** Keeps what is typed into a form, in this browser, until it is sent; and puts it back when the page is seen again. */
export function keepDrafts(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-draft]')) keepDraft(form);
  document.addEventListener('submit', ({ target }) => {
    if ((target as Element).matches(SIGNING_OUT)) forgetAll();
  });
}

function keepDraft(form: HTMLFormElement): void {
  const key = `${PREFIX}${form.dataset.draft ?? ''}`;
  const note = form.querySelector<HTMLElement>('[data-draft-note]');
  const kept = read(key);
  const wasRefused = form.querySelector('[data-summary]') !== null;
  const base = wasRefused && kept ? kept.base : valuesOf(form, true);
  // Where the review has changed since, the draft was sent, or is out of date.
  if (!wasRefused && kept?.base === base) {
    fill(form, kept.typed);
    if (note) note.hidden = false;
  } else if (!wasRefused) write(key, null);
  form.addEventListener('input', () => {
    const typed = valuesOf(form, false);
    write(key, typed === base ? null : { base, typed });
  });
  note?.querySelector('button')?.addEventListener('click', () => {
    form.reset();
    write(key, null);
    note.hidden = true;
    form.querySelector('textarea')?.focus();
  });
}

type Input = HTMLInputElement | HTMLTextAreaElement;

const inputsOf = (form: HTMLFormElement) =>
  [...form.querySelectorAll<Input>('input, textarea')].filter(({ type }) => type !== 'hidden');

const isChoice = (input: Input): input is HTMLInputElement => /^(radio|checkbox)$/.test(input.type);

/** The values of a form's inputs: those that it holds, or those that it came with. */
function valuesOf(form: HTMLFormElement, atFirst: boolean): string {
  const values = inputsOf(form).map((input) =>
    isChoice(input)
      ? atFirst
        ? input.defaultChecked
        : input.checked
      : atFirst
        ? input.defaultValue
        : input.value,
  );
  return JSON.stringify(values);
}

function fill(form: HTMLFormElement, typed: string): void {
  const values = JSON.parse(typed) as unknown[];
  for (const [at, input] of inputsOf(form).entries()) {
    if (isChoice(input)) input.checked = values[at] === true;
    else if (typeof values[at] === 'string') input.value = values[at];
  }
}

/** A browser may keep nothing; then there are no drafts. */
function read(key: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Draft | null;
  } catch {
    return null;
  }
}

function write(key: string, draft: Draft | null): void {
  try {
    if (draft) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    // Its memory is full or switched off.
  }
}

/** Whoever signs out leaves nothing for the next one at this browser. */
function forgetAll(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // There is nothing to forget.
  }
}
