import { moviePath } from '../paths.js';

/** A movie as the API suggests it. */
interface Suggestion {
  id: number;
  title: string;
  year: number | null;
  platform: string;
  poster: { small: string } | null;
}

const LIST_ID = 'suggestions';
/** How long nothing is typed before the API is asked, in milliseconds. */
const PAUSE_MS = 150;
/** How long the API is left alone after a refusal that names no time, in seconds. */
const REFUSED_S = 5;
/** The answers that are kept. */
const KEPT = 50;

/**
 * Suggests movies while somebody types into the search field: a combobox with a list of options. What is typed can be
 * searched for as without it.
 */
export function suggest(): void {
  const input = document.querySelector<HTMLInputElement>('input[data-suggest]');
  if (input) new Suggestions(input).listen();
}

class Suggestions {
  readonly #list = document.createElement('ul');
  /** Tells screen readers how many there are. */
  readonly #status = document.createElement('p');
  readonly #known = new Map<string, Suggestion[]>();
  #shown: Suggestion[] = [];
  /** The option that the arrow keys have reached; -1 for none. */
  #active = -1;
  #timer = 0;
  #asking = new AbortController();
  #refusedUntil = 0;

  constructor(private readonly input: HTMLInputElement) {
    const { suggest = '' } = input.dataset;
    Object.assign(this.#list, { id: LIST_ID, className: 'suggestions', hidden: true });
    set(this.#list, { role: 'listbox', 'aria-label': suggest });
    this.#status.className = 'visually-hidden';
    set(this.#status, { role: 'status' });
    set(input, {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-controls': LIST_ID,
      'aria-expanded': 'false',
    });
    input.form?.append(this.#list, this.#status);
  }

  listen(): void {
    const { input } = this;
    input.addEventListener('input', () => this.#wait());
    input.addEventListener('keydown', (event) => this.#press(event));
    input.addEventListener('blur', () => this.#close());
    // A press on an option must not take the focus, which would close the list before the click.
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', ({ target }) => {
      const option = (target as Element).closest('li');
      if (option) this.#choose([...this.#list.children].indexOf(option));
    });
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
    const text = this.input.value.trim();
    if (!isEnough(text)) return this.#close();
    this.#timer = window.setTimeout(() => void this.#ask(text), PAUSE_MS);
  }

  async #ask(text: string): Promise<void> {
    const known = this.#known.get(text);
    if (known) return this.#show(known);
    if (Date.now() < this.#refusedUntil) return this.#close();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    try {
      const url = `/watch/suggest/?q=${encodeURIComponent(text)}`;
      const response = await fetch(url, {
        signal,
        credentials: 'omit',
        headers: { Accept: 'application/json' },
      });
      if (!response.ok) {
        const wait = Number(response.headers.get('Retry-After')) || REFUSED_S;
        this.#refusedUntil = Date.now() + wait * 1_000;
        return this.#close();
      }
      const { results } = (await response.json()) as { results: Suggestion[] };
      if (this.#known.size >= KEPT) this.#known.clear();
      this.#known.set(text, results);
      if (document.activeElement === this.input) this.#show(results);
    } catch {
      // Offline, or typed on.
      if (!signal.aborted) this.#close();
    }
  }

  #show(movies: Suggestion[]): void {
    if (movies.length === 0) return this.#close();
    this.#shown = movies;
    this.#list.replaceChildren(...movies.map(optionOf));
    this.#list.hidden = false;
    this.#list.scrollTop = 0;
    this.#activate(-1);
    set(this.input, { 'aria-expanded': 'true' });
    this.#status.textContent = (this.input.dataset.suggested ?? '').replace('#', String(movies.length));
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
    if (this.#list.hidden) return;
    this.#list.hidden = true;
    this.#activate(-1);
    set(this.input, { 'aria-expanded': 'false' });
    this.#status.textContent = '';
  }

  #press(event: KeyboardEvent): void {
    // These keys are the input method's while it composes.
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      if (this.#list.hidden) {
        if (isEnough(this.input.value.trim())) void this.#ask(this.input.value.trim());
      } else {
        const places = this.#shown.length + 1;
        const step = key === 'ArrowDown' ? 1 : -1;
        this.#activate(((this.#active + 1 + step + places) % places) - 1);
      }
      event.preventDefault();
    } else if (this.#list.hidden) {
      return;
    } else if (key === 'Escape') {
      event.preventDefault();
      this.#close();
    } else if (key === 'Enter' && this.#active >= 0) {
      event.preventDefault();
      this.#choose(this.#active);
    }
  }

  #activate(at: number): void {
    this.#active = at;
    for (const [index, option] of [...this.#list.children].entries()) {
      set(option, { 'aria-selected': String(index === at) });
    }
    const option = this.#list.children[at];
    if (option) {
      set(this.input, { 'aria-activedescendant': option.id });
      option.scrollIntoView({ block: 'nearest' });
    } else this.input.removeAttribute('aria-activedescendant');
  }

  #choose(at: number): void {
    const movie = this.#shown[at];
    if (movie) location.assign(moviePath(movie));
  }
}

/** Whether a text is worth a question: one letter of a script of few letters is not. */
function isEnough(text: string): boolean {
  return text.length > 1 || /[^\0-ɏ]/.test(text);
}

function optionOf({ title, year, platform, poster }: Suggestion, at: number): HTMLElement {
  const option = document.createElement('li');
  option.id = `${LIST_ID}-${at}`;
  set(option, { role: 'option', 'aria-selected': 'false' });
  const words = document.createElement('span');
  const name = document.createElement('bdi');
  name.textContent = title;
  const facts = document.createElement('small');
  facts.textContent = [year, platform].filter(Boolean).join(' · ');
  words.append(name, facts);
  option.append(poster ? pictureOf(poster.small) : initialOf(title), words);
  return option;
}

function pictureOf(address: string): HTMLElement {
  const picture = document.createElement('img');
  picture.alt = '';
  // The site may be known by several names.
  picture.src = new URL(address, location.href).pathname;
  return picture;
}

/** What stands for a missing poster. */
function initialOf(title: string): HTMLElement {
  const initial = document.createElement('i');
  initial.textContent = (/[\p{L}\p{N}]/u.exec(title)?.[0] ?? '·').toLocaleUpperCase();
  set(initial, { 'aria-hidden': 'true' });
  return initial;
}

function set(element: Element, attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
