/**
 * The forms of what can be done to a matter. A key goes to the first thing that is still needed, else to the button that
 * sends; there, the same key or Enter sends. Ctrl+Enter sends from any field, Esc gives the keys back to the page.
 */
import { filled } from '../rules/words';

export function start(root: Document): void {
  nameUnits(root);
  root.body.addEventListener('htmx:afterSwap', (event) => nameUnits(event.target as Element));
  root.addEventListener('change', (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>('form.act-form');
    if (form) nameUnit(form);
  });
  root.addEventListener('keydown', (event) => {
    const form = (event.target as Element).closest?.<HTMLFormElement>('form.act-form');
    if (!form || event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === 'Escape') {
      const row = root.querySelector<HTMLElement>('[data-rows] [data-row][aria-selected="true"]');
      if (row) row.focus({ preventScroll: true });
      else (event.target as HTMLElement).blur();
    }
  });
}

/** The key of an action: it never closes what is open. */
export function stepInto(action: HTMLDetailsElement): void {
  const form = action.querySelector<HTMLFormElement>('form');
  const send = form?.querySelector<HTMLButtonElement>('[data-send]');
  if (!form || !send) return;
  if (action.open && document.activeElement === send) {
    form.requestSubmit(send);
    return;
  }
  action.open = true;
  const to = stillNeeded(form) ?? send;
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: 'nearest' });
}

/** The first control in which something is missing: of a field, a group of choices, a checklist or a table. */
function stillNeeded(form: HTMLFormElement): HTMLElement | null {
  for (const field of form.querySelectorAll<HTMLElement>('[data-needed]')) {
    const groups = [...field.querySelectorAll<HTMLElement>('[role=radiogroup]')];
    const open = (groups.length ? groups : [field]).find((one) => !isFilled(one));
    const control = open?.matches(CONTROL) ? open : open?.querySelector<HTMLElement>(CONTROL);
    if (control) return control;
  }
  return null;
}

const CONTROL = 'input:not([type=hidden]), select, textarea';

function isFilled(field: HTMLElement): boolean {
  const controls = field.matches(CONTROL) ? [field] : [...field.querySelectorAll<HTMLElement>(CONTROL)];
  return controls.some((one) => {
    const input = one as HTMLInputElement;
    return input.type === 'checkbox' || input.type === 'radio' ? input.checked : input.value !== '';
  });
}

function nameUnits(within: ParentNode): void {
  for (const form of within.querySelectorAll<HTMLFormElement>('form.act-form')) nameUnit(form);
}

/** The button says whom it goes to. */
function nameUnit(form: HTMLFormElement): void {
  const send = form.querySelector<HTMLButtonElement>('[data-send]');
  const unit = form.querySelector<HTMLSelectElement>('[data-names-send]');
  if (!send || !unit) return;
  send.dataset.plain ??= send.textContent?.trim() ?? '';
  const name = unit.value ? (unit.selectedOptions[0]?.textContent?.trim() ?? '') : '';
  send.textContent = name ? filled(send.dataset.words, 'unit', name) : send.dataset.plain;
}
