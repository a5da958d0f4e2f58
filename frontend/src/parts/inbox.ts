/**
 * The inbox. A press on a row shows it beside the list; on its title, it opens. What arrives meanwhile is put into the
 * list, its counts come with it, and nothing of the work is lost: ticks, the chosen row, the focus, the place on the
 * screen, the open preview and what was typed there all stay. A preview that is not of the chosen row (yet) takes no
 * key and no press: nothing is done to another matter than the one that is marked.
 */
import { changes } from '../rules/live';
import { nextRow } from '../rules/rows';
import { filled } from '../rules/words';
import { chooseRow, chosenRow, markRow } from './keys';

interface Place {
  numbers: Set<string>;
  ticked: Set<string>;
  chosen: string;
  focus: { row: string; nth: number } | { href: string } | null;
  anchor: { row: string; top: number } | null;
}

const BESIDE = window.matchMedia('(min-width: 75.0625rem)'); // the preview stands beside the list
const FOCUSABLE = 'a[href], input, button';

export function start(root: Document): void {
  startRows(root);
  const page = root.querySelector<HTMLElement>('[data-inbox]');
  const list = root.getElementById('rows');
  if (!page || !list) return;
  begin();
  count();
  root.addEventListener('change', (event) => {
    const box = event.target as HTMLInputElement;
    if (box.id === 'tick-all') for (const tick of ticks()) tick.checked = box.checked;
    if (box.id === 'tick-all' || list.contains(box)) count();
  });
  root.addEventListener('submit', (event) => goOn(event.target as HTMLFormElement));
  root.addEventListener('row:chosen', settle);
  root.addEventListener('htmx:afterSwap', settle);
  for (const failed of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout'])
    root.addEventListener(failed, notLoaded);

  let before: Place | null = null;
  root.addEventListener('htmx:beforeSwap', (event) => {
    const detail = (event as CustomEvent).detail;
    if (detail.target === list) before = take(list);
    if (detail.target.id === 'peek' && isInHand(detail.target)) {
      detail.shouldSwap = false; // the same row once more, while somebody began to write
      follow();
    }
  });
  root.addEventListener('htmx:afterSwap', (event) => {
    if ((event as CustomEvent).detail.target !== list || !before) return;
    restore(list, before, page);
    before = null;
    count();
  });
  root.addEventListener('htmx:afterSettle', (event) => {
    if ((event as CustomEvent).detail.target === list) follow(); // new rows hear nothing before they have settled
  });
}

/** Rows by mouse, on every page that has some. */
function startRows(root: Document): void {
  root.addEventListener('click', (event) => {
    const pressed = event.target as Element;
    const row = pressed.closest<HTMLElement>('[data-rows] [data-row]');
    if (!row || event.defaultPrevented || pressed.closest('a, button, input, select, textarea, label, summary')) return;
    if (window.getSelection()?.toString()) return; // somebody copies words
    if (row.hasAttribute('hx-get') && BESIDE.matches) chooseRow(row);
    else row.querySelector<HTMLAnchorElement>('a[data-open]')?.click();
  });
}

/** The row that the preview opens with; after an action, the next one. */
function begin(): void {
  const first = document.getElementById('peek')?.dataset.first;
  const row = first ? rowOf(first) : null;
  if (!row) return;
  markRow(row);
  if (new URLSearchParams(location.search).has('at')) {
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  }
}

/** An action sent from the preview leads on to the row after the one that it was done to. */
function goOn(form: HTMLFormElement): void {
  const next = form.querySelector<HTMLInputElement>('#peek input[name="next"]');
  if (!next) return;
  const rows = [...document.querySelectorAll<HTMLElement>('#rows [data-row]')].map((row) => row.dataset.row ?? '');
  next.value = nextRow(rows, document.querySelector<HTMLElement>('[data-peek]')?.dataset.peek ?? '');
}

/** The preview can be used when it is of the chosen row. */
function settle(): void {
  const peek = document.getElementById('peek');
  const shown = peek?.querySelector<HTMLElement>('[data-peek]');
  const chosen = chosenRow();
  if (peek) peek.inert = !!shown && !!chosen && shown.dataset.peek !== chosen.dataset.row;
}

/** What could not be fetched says so; what was there before is of another matter. */
function notLoaded(event: Event): void {
  const peek = document.getElementById('peek');
  if (!peek || (event as CustomEvent).detail.target !== peek || isInHand(peek)) return;
  const told = document.createElement('div');
  told.className = 'peek-body state err';
  told.setAttribute('role', 'alert');
  told.textContent = peek.dataset.failed ?? '';
  peek.replaceChildren(told);
  settle();
}

function ticks(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>('#rows input[name="number"]')];
}

/** How many are ticked, and how many could be. */
function count(): void {
  const all = ticks();
  const n = all.filter((tick) => tick.checked).length;
  const head = document.getElementById('tick-all') as HTMLInputElement | null;
  if (head) {
    head.hidden = all.length === 0;
    head.checked = n > 0 && n === all.length;
    head.indeterminate = n > 0 && n < all.length;
  }
  say(document.getElementById('ticked'), n, n === 0);
  const whole = Number(document.querySelector<HTMLElement>('#inbox-n [data-n]')?.dataset.n ?? 0);
  say(document.getElementById('take-all'), whole, !(head?.checked && whole > all.length));
}

function say(element: HTMLElement | null, n: number, hidden: boolean): void {
  if (!element) return;
  element.hidden = hidden;
  element.textContent = filled(element.dataset.words, 'n', n);
}

// --- what arrives ----------------------------------------------------------------------------------------------------

function rowOf(number: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`#rows [data-row="${CSS.escape(number)}"]`);
}

function take(list: HTMLElement): Place {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  const at = document.activeElement as HTMLElement | null;
  const inRow = at?.closest<HTMLElement>('#rows [data-row]');
  const chosen = chosenRow();
  const seen = (row: HTMLElement): boolean =>
    row.getBoundingClientRect().bottom > 0 && row.getBoundingClientRect().top < window.innerHeight;
  const anchor = chosen && seen(chosen) ? chosen : rows.find(seen);
  let focus: Place['focus'] = null;
  if (inRow)
    focus = { row: inRow.dataset.row ?? '', nth: [...inRow.querySelectorAll(FOCUSABLE)].indexOf(at as Element) };
  else if (at?.closest('#inbox-side, #rows')) focus = { href: at.getAttribute('href') ?? '' };
  return {
    numbers: new Set(rows.map((row) => row.dataset.row ?? '')),
    ticked: new Set(
      ticks()
        .filter((tick) => tick.checked)
        .map((tick) => tick.value),
    ),
    chosen: chosen?.dataset.row ?? '',
    focus,
    anchor: anchor ? { row: anchor.dataset.row ?? '', top: anchor.getBoundingClientRect().top } : null,
  };
}

function restore(list: HTMLElement, before: Place, page: HTMLElement): void {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  for (const tick of ticks()) tick.checked = before.ticked.has(tick.value);
  const { fresh, left } = changes(
    before.numbers,
    rows.map((row) => row.dataset.row ?? ''),
  );
  for (const row of rows) if (fresh.has(row.dataset.row ?? '')) row.classList.add('fresh');
  const chosen = before.chosen ? rowOf(before.chosen) : null;
  if (chosen) markRow(chosen);
  focusAgain(before.focus);
  const anchor = before.anchor && rowOf(before.anchor.row);
  if (anchor && before.anchor) {
    window.scrollBy({ top: anchor.getBoundingClientRect().top - before.anchor.top, behavior: 'instant' });
  }
  const words = [
    fresh.size ? filled(page.dataset.arrived, 'n', fresh.size) : '',
    left.size ? filled(page.dataset.left, 'n', left.size) : '',
  ];
  const spoken = document.getElementById('spoken');
  if (spoken) spoken.textContent = words.filter(Boolean).join('; ');
}

/** The focus goes back to where it was: to the same thing in the same row, or to the same link. */
function focusAgain(focus: Place['focus']): void {
  if (focus && 'row' in focus) {
    const row = rowOf(focus.row);
    const to = focus.nth < 0 ? row : row?.querySelectorAll<HTMLElement>(FOCUSABLE)[focus.nth];
    to?.focus({ preventScroll: true });
  } else if (focus) {
    const link = document.querySelector<HTMLElement>(`.inbox a[href="${CSS.escape(focus.href)}"]`);
    link?.focus({ preventScroll: true });
  }
}

/** The preview shows how the matter stands; where somebody is writing in it, it says that it has moved instead. The one
 * that was on its way to a row which has just been replaced went with it, and is asked for again. */
function follow(): void {
  const peek = document.getElementById('peek');
  const shown = peek?.querySelector<HTMLElement>('[data-peek]');
  const chosen = chosenRow();
  if (peek && chosen && shown?.dataset.peek !== chosen.dataset.row && !isUsed(peek)) {
    chosen.dispatchEvent(new CustomEvent('row:chosen', { bubbles: true }));
    return;
  }
  if (!peek || !shown) return;
  const row = rowOf(shown.dataset.peek ?? '');
  if (row && row.dataset.version === shown.dataset.version) return;
  if (row && !isUsed(peek)) {
    row.dispatchEvent(new CustomEvent('row:chosen', { bubbles: true }));
    return;
  }
  const told = shown.querySelector<HTMLElement>(row ? '[data-peek-moved]' : '[data-peek-gone]');
  if (told) told.hidden = false;
}

/** Whether it is of the chosen row, and somebody is working in it. */
function isInHand(peek: HTMLElement): boolean {
  const shown = peek.querySelector<HTMLElement>('[data-peek]');
  return !!shown && shown.dataset.peek === chosenRow()?.dataset.row && isUsed(peek);
}

/** Whether something was typed or chosen in it, or the focus is there. */
function isUsed(peek: HTMLElement): boolean {
  if (peek.contains(document.activeElement)) return true;
  return [
    ...peek.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
      'input:not([type=hidden]), textarea, select',
    ),
  ].some((field) =>
    field instanceof HTMLSelectElement
      ? [...field.options].some((one) => one.selected !== one.defaultSelected && one.value)
      : field.value !== field.defaultValue,
  );
}
