/**
 * Sends forms that change one part of a page without loading the page. The answer is the same page as without scripts; its
 * part takes the place of the old one.
 */
export function swapParts(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const part = form.dataset.swap;
    if (part === undefined) return;
    event.preventDefault();
    if (form.ariaBusy === 'true') return;
    form.ariaBusy = 'true';
    send(form, event.submitter, part);
  });
}

function send(form: HTMLFormElement, submitter: HTMLElement | null, part: string): void {
  const fields = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
  if (submitter instanceof HTMLButtonElement && submitter.name !== '') {
    fields.append(submitter.name, submitter.value);
  }
  const reload = () => {
    delete form.dataset.swap;
    form.requestSubmit(submitter);
  };
  // Trusted types let it parse a page, but no `DOMParser`.
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.responseType = 'document';
  request.addEventListener('error', reload);
  request.addEventListener('load', () => {
    const fresh = partOf(request.responseXML, part);
    const old = partOf(document, part);
    // Such as the page where one signs in.
    if (!fresh || !old) return reload();
    old.replaceWith(document.adoptNode(fresh));
    focusIn(fresh, submitter);
  });
  request.send(fields);
}

function partOf(page: Document | null, part: string): HTMLElement | null {
  return page?.querySelector<HTMLElement>(`[data-part="${part}"]`) ?? null;
}

/** Leads to what is new: a fault, a message, or the button that was pressed. */
function focusIn(part: HTMLElement, submitter: HTMLElement | null): void {
  const button = `button[name="${submitter?.getAttribute('name') ?? ''}"]`;
  const places = ['[data-summary]', '[data-done]', button].map((place) =>
    part.querySelector<HTMLElement>(place),
  );
  places.find((place) => place !== null)?.focus();
}
