/**
 * What is written into a form with [data-draft] stays on this device until the form is received: a lost session,
 * a closed tab or a lost network costs nothing. Files, hidden fields and what names a person are not kept.
 */
const PREFIX = 'yiwang.draft.';
const KEPT_FOR = 7 * 24 * 3600 * 1000;

interface Draft {
  at: number;
  values: Record<string, string>;
}

export function startDrafts(): void {
  forget();
  settle();
  document.querySelectorAll<HTMLFormElement>('form[data-draft]').forEach(follow);
  document.body.addEventListener('htmx:afterSwap', (event) => {
    (event.target as Element).querySelectorAll<HTMLFormElement>('form[data-draft]').forEach(follow);
  });
}

/** What was sent has been received, unless this page is the sign-in, an error, or the form again with a complaint. */
function settle(): void {
  const received = !document.querySelector('.sign-in, .error-page, [role="alert"]');
  for (const mark of Object.keys(sessionStorage)) {
    if (!mark.startsWith(PREFIX)) continue;
    if (received) localStorage.removeItem(mark);
    sessionStorage.removeItem(mark);
  }
}

function follow(form: HTMLFormElement): void {
  const name = PREFIX + form.dataset.draft;
  const kept = read(name);
  if (kept) {
    for (const field of fields(form)) if (!field.value) field.value = kept.values[field.name] ?? '';
  }
  form.addEventListener('input', () => {
    const values: Record<string, string> = {};
    for (const field of fields(form)) if (field.value) values[field.name] = field.value;
    localStorage.setItem(name, JSON.stringify({ at: Date.now(), values } satisfies Draft));
  });
  form.addEventListener('submit', () => sessionStorage.setItem(name, 'sent'));
}

function fields(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] {
  const all = form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>('input[name], textarea[name], select[name]');
  const never = ['hidden', 'file', 'password', 'checkbox', 'radio', 'submit'];
  return [...all].filter((one) => !never.includes(one.type) && !['name', 'tel', 'off'].includes(one.autocomplete));
}

function read(name: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') as Draft | null;
  } catch {
    return null;
  }
}

function forget(): void {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(PREFIX) && Date.now() - (read(name)?.at ?? 0) > KEPT_FOR) localStorage.removeItem(name);
  }
}
