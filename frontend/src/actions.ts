/**
 * The forms of what can be done to a matter. A key goes to the first thing that is still needed, else to the button that
 * sends; there, the same key or Enter sends. Ctrl+Enter sends from any field, Esc gives the keys back to the page.
 */
export function startActions(): void {
  document.querySelectorAll('form.act-form').forEach((form) => nameUnit(form as HTMLFormElement));
  document.body.addEventListener('htmx:afterSwap', (event) => {
    (event.target as Element).querySelectorAll('form.act-form').forEach((form) => nameUnit(form as HTMLFormElement));
  });
  document.addEventListener('change', (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>('form.act-form');
    if (form) nameUnit(form);
  });
  document.addEventListener('keydown', (event) => {
    const form = (event.target as Element).closest?.<HTMLFormElement>('form.act-form');
    if (!form || event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === 'Escape') {
      const row = document.querySelector<HTMLElement>('[data-rows] [data-row][aria-selected="true"]');
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
  const empty = [...form.querySelectorAll<HTMLInputElement>('[data-needed]')].find((field) => !field.value);
  const to = empty ?? send;
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: 'nearest' });
}

/** The button says whom it goes to. */
function nameUnit(form: HTMLFormElement): void {
  const send = form.querySelector<HTMLButtonElement>('[data-send]');
  const unit = form.querySelector<HTMLSelectElement>('[data-names-send]');
  if (!send || !unit) return;
  send.dataset.plain ??= send.textContent ?? '';
  const name = unit.value ? unit.selectedOptions[0]?.textContent ?? '' : '';
  send.textContent = name ? (send.dataset.words ?? '').replace('{unit}', name) : send.dataset.plain;
}
