/**
 * Single keys: J K walk the rows of [data-rows], Enter opens, X selects, every other key presses the first
 * visible [data-key] of the row or the page; several keys of one thing are parted by spaces. The key of an action
 * with a form ([data-act]) goes to what is still to be filled in, else to its button; pressed there, it sends.
 * Off while typing; can be switched off in the dialog behind "?", which lists the keys that do something here.
 */
import { capOf, keysOf, nameOf } from '../rules/keys';
import { stepTo } from '../rules/rows';
import { stepInto } from './actions';

const SWITCH = 'yiwang.keys';

export function start(root: Document): void {
  const dialog = root.getElementById('keys') as HTMLDialogElement | null;
  const box = root.getElementById('keys-on') as HTMLInputElement | null;
  if (box) box.checked = isOn();
  root.addEventListener('change', (event) => {
    if (event.target === box && box) localStorage.setItem(SWITCH, box.checked ? 'on' : 'off');
  });
  root.addEventListener('keydown', (event) => {
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
  return !!target?.closest(
    'input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]',
  );
}

function press(key: string, dialog: HTMLDialogElement | null): boolean {
  const name = nameOf(key);
  if (name === '?' && dialog) {
    list(dialog);
    dialog.showModal();
    return true;
  }
  if (name === 'j' || name === 'k') return walk(name === 'j' ? 1 : -1);
  return name === 'Enter' ? openChosen() : actOn(name, chosenRow());
}

/** Enter goes on from an open receipt, and opens the chosen row where the row itself has the focus. */
function openChosen(): boolean {
  const at = document.activeElement;
  const inReceipt = at?.matches('.receipt') && at.querySelector<HTMLElement>('[data-key="Enter"]');
  if (inReceipt) return act(inReceipt);
  const row = chosenRow();
  return at === row && act(row?.querySelector<HTMLElement>('[data-open]') ?? null);
}

/** The key of something on the chosen row, else of something on the page. */
function actOn(name: string, row: HTMLElement | null): boolean {
  if (name === 'x' && row) {
    const tick = row.querySelector<HTMLInputElement>('input[type=checkbox]');
    if (tick) return act(tick); // the row keeps the focus
  }
  if (name === 'w' && row) {
    const why = row.querySelector<HTMLElement>('a.chip, a.n');
    if (why) return act(why);
  }
  return act(keyed(name, row) ?? keyed(name, document));
}

function keyed(name: string, within: ParentNode | null): HTMLElement | null {
  return keyedAll(within).find((one) => keysOf(one.dataset.key).includes(name.toLowerCase())) ?? null;
}

function keyedAll(within: ParentNode | null): HTMLElement[] {
  return [...(within?.querySelectorAll<HTMLElement>('[data-key]') ?? [])].filter(
    (one) => one.offsetParent !== null && !one.closest('[inert]'),
  );
}

function act(element: HTMLElement | null): boolean {
  if (!element) return false;
  if (element instanceof HTMLDetailsElement && element.matches('[data-act]')) {
    stepInto(element);
  } else if (element.matches('input:not([type=checkbox], [type=radio]), textarea, select')) {
    element.focus();
    (element as HTMLInputElement).select?.();
  } else {
    if (!element.matches('[data-row] input')) element.focus();
    if (element.getAttribute('aria-disabled') !== 'true') element.click();
  }
  return true;
}

/** The dialog: of the usual keys those that find something here, and the keys that stand on this page's buttons. */
function list(dialog: HTMLDialogElement): void {
  const entries = dialog.querySelector('dl');
  for (const old of entries?.querySelectorAll('[data-own]') ?? []) old.remove();
  entries?.querySelectorAll<HTMLElement>('[data-needs]').forEach((one) => {
    one.hidden = !document.querySelector(one.dataset.needs || '*');
  });
  const known = new Set(
    [...(entries?.querySelectorAll<HTMLElement>('[data-needs]:not([hidden]) kbd') ?? [])].map((key) =>
      (key.textContent ?? '').trim().toLowerCase(),
    ),
  );
  for (const one of keyedAll(document)) {
    for (const key of keysOf(one.dataset.key)) {
      if (known.has(key) || key === 'enter') continue;
      known.add(key);
      entries?.append(entry(key, one.dataset.does ?? wordsOf(one)));
    }
  }
}

function entry(key: string, does: string): HTMLElement {
  const made = document.createElement('div');
  made.dataset.own = '';
  const [term, cap, told] = [document.createElement('dt'), document.createElement('kbd'), document.createElement('dd')];
  cap.className = 'kbd';
  cap.textContent = capOf(key);
  told.textContent = does;
  term.append(cap);
  made.append(term, told);
  return made;
}

/** What stands on a button, without its key caps. */
function wordsOf(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const cap of copy.querySelectorAll('kbd')) cap.remove();
  return (element.getAttribute('aria-label') ?? copy.textContent ?? '').trim();
}

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-rows] [data-row]')].filter(
    (row) => row.offsetParent !== null,
  );
}

export function chosenRow(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-rows] [data-row][aria-selected="true"]');
}

/** Where the chosen row stood, should it be gone: the walk goes on from there. */
let last = -1;

function walk(step: 1 | -1): boolean {
  const all = rows();
  const at = all.findIndex((row) => row.getAttribute('aria-selected') === 'true');
  const next = all[stepTo(all.length, at, last, step)];
  if (!next) return false;
  chooseRow(next);
  return true;
}

/** Marks one row as the chosen one, shows it, and tells the page (htmx may listen to "row:chosen"). */
export function chooseRow(row: HTMLElement): void {
  markRow(row);
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
  row.dispatchEvent(new CustomEvent('row:chosen', { bubbles: true }));
}

/** Marks it only: nothing is told, nothing moves. */
export function markRow(row: HTMLElement): void {
  const all = rows();
  for (const other of all) other.setAttribute('aria-selected', String(other === row));
  last = all.indexOf(row);
  if (!row.hasAttribute('tabindex')) row.tabIndex = -1;
}
