/**
 * What is written into a form with [data-draft] stays on this device until the form is received: a lost session,
 * a closed tab or a lost network costs nothing.
 */
import { forgotten, isKept, markFor, PREFIX, readDraft } from '../rules/drafts';
import { growTo } from './lists';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function start(root: Document): void {
  for (const mark of forgotten({ ...localStorage }, Date.now())) localStorage.removeItem(mark);
  settle(root);
  fill(root);
  root.body.addEventListener('htmx:afterSwap', (event) => fill(event.target as Element));
  root.addEventListener('input', (event) => {
    const form = drafted(event.target);
    if (form) keep(form);
  });
  root.addEventListener('submit', (event) => {
    const form = drafted(event.target);
    if (form) sessionStorage.setItem(markOf(form), 'sent');
  });
}

/** What was sent has been received when the page that comes after it says so; a lost network leads anywhere. */
function settle(root: Document): void {
  const received = root.querySelector('[data-received]') !== null;
  for (const mark of Object.keys(sessionStorage)) {
    if (!mark.startsWith(PREFIX)) continue;
    if (received) localStorage.removeItem(mark);
    sessionStorage.removeItem(mark);
  }
}

function fill(within: ParentNode): void {
  for (const form of within.querySelectorAll<HTMLFormElement>('form[data-draft]')) {
    const kept = readDraft(localStorage.getItem(markOf(form)));
    if (!kept) continue;
    growTo(form, Object.keys(kept.values));
    for (const field of fieldsOf(form)) {
      if (field.value || !kept.values[field.name]) continue;
      field.value = kept.values[field.name] ?? '';
      field.dispatchEvent(new Event('input')); // to what draws it
    }
  }
}

function keep(form: HTMLFormElement): void {
  const values: Record<string, string> = {};
  for (const field of fieldsOf(form)) if (field.value) values[field.name] = field.value;
  localStorage.setItem(markOf(form), JSON.stringify({ at: Date.now(), values }));
}

function drafted(target: EventTarget | null): HTMLFormElement | null {
  return (target as Element | null)?.closest<HTMLFormElement>('form[data-draft]') ?? null;
}

function markOf(form: HTMLFormElement): string {
  return markFor(form.ownerDocument.body.dataset.person, form.dataset.draft ?? '');
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.querySelectorAll<Field>('input[name], textarea[name], select[name]')].filter(isKept);
}
