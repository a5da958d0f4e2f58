/**
 * Single keys: J K walk the rows of [data-rows], Enter opens, X selects, every other key presses the first
 * visible [data-key] of the row or the page. Off while typing; can be switched off in the dialog behind "?".
 */
const SWITCH = 'yiwang.keys';

export function startKeys(): void {
  const dialog = document.getElementById('keys') as HTMLDialogElement | null;
  const box = document.getElementById('keys-on') as HTMLInputElement | null;
  if (box) {
    box.checked = isOn();
    box.addEventListener('change', () => localStorage.setItem(SWITCH, box.checked ? 'on' : 'off'));
  }
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target as Element) || dialog?.open) return;
    if (event.key !== '?' && !isOn()) return;
    if (press(event.key, dialog)) event.preventDefault();
  });
}

function isOn(): boolean {
  return localStorage.getItem(SWITCH) !== 'off';
}

function isTyping(target: Element | null): boolean {
  return !!target?.closest('input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]');
}

function press(key: string, dialog: HTMLDialogElement | null): boolean {
  const name = key.length === 1 ? key.toLowerCase() : key;
  if (name === '?' && dialog) {
    dialog.showModal();
    return true;
  }
  if (name === 'j' || name === 'k') return walk(name === 'j' ? 1 : -1);
  const row = chosenRow();
  if (name === 'Enter') {
    const inReceipt = document.activeElement?.matches('.receipt') && document.activeElement.querySelector<HTMLElement>('[data-key="Enter"]');
    if (inReceipt) return act(inReceipt);
    return document.activeElement === row && act(row?.querySelector<HTMLElement>('[data-open]') ?? null);
  }
  if (name === 'x' && row) {
    const tick = row.querySelector<HTMLInputElement>('input[type=checkbox]');
    if (tick) return act(tick);
  }
  if (name === 'w' && row) {
    const why = row.querySelector<HTMLElement>('a.chip, a.n');
    if (why) return act(why);
  }
  return act(keyed(name, row) ?? keyed(name, document));
}

function keyed(name: string, within: ParentNode | null): HTMLElement | null {
  const found = within?.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(name)}"], [data-key="${CSS.escape(name.toUpperCase())}"]`);
  return [...(found ?? [])].find((one) => one.offsetParent !== null) ?? null;
}

function act(element: HTMLElement | null): boolean {
  if (!element) return false;
  if (element.matches('input:not([type=checkbox], [type=radio]), textarea, select')) {
    element.focus();
    (element as HTMLInputElement).select?.();
  } else {
    element.focus();
    if (element.getAttribute('aria-disabled') !== 'true') element.click();
  }
  return true;
}

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-rows] [data-row]')].filter((row) => row.offsetParent !== null);
}

function chosenRow(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-rows] [data-row][aria-selected="true"]');
}

function walk(step: 1 | -1): boolean {
  const all = rows();
  if (all.length === 0) return false;
  const at = all.findIndex((row) => row.getAttribute('aria-selected') === 'true');
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + step))];
  if (!next) return false;
  chooseRow(next);
  return true;
}

/** Marks one row as the chosen one, shows it, and tells the page (htmx may listen to "row:chosen"). */
export function chooseRow(row: HTMLElement): void {
  for (const other of rows()) other.setAttribute('aria-selected', String(other === row));
  if (!row.hasAttribute('tabindex')) row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
  row.dispatchEvent(new CustomEvent('row:chosen', { bubbles: true }));
}
