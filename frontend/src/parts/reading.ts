/**
 * The reading page: the chosen line and its place in the text are shown together, a confirmed line leads to the next
 * that waits, the strip follows the text. Without it the page works by its links and forms.
 */
import { mostPressing, nextWaiting, STATES, waits } from '../rules/reading';

const EDGE = 40; // pixels: nearer to the edge of the text, a mark is brought into view

interface Page {
  root: Document;
  paper: HTMLElement;
  strip: Element;
  table: HTMLElement;
}

export function start(root: Document): void {
  const paper = root.getElementById('paper');
  const strip = root.getElementById('strip');
  const table = root.querySelector<HTMLElement>('table.read');
  if (!paper || !strip || !table) return;
  const page = { root, paper, strip, table };
  root.addEventListener('row:chosen', (event) => show(page, event.target as HTMLElement));
  root.addEventListener('click', (event) => press(page, event));
  root.addEventListener('keydown', (event) => {
    const row = (event.target as Element).closest?.<HTMLElement>('[data-row]');
    if (event.key === 'Escape' && row && event.target !== row) row.focus();
  });
  paper.addEventListener('scroll', () => follow(page), { passive: true });
  window.addEventListener('resize', () => follow(page));
  startActing(page);
  follow(page);
  const first = table.querySelector<HTMLElement>('[data-row][aria-selected="true"]');
  if (first) choose(page, first, !location.hash || location.hash === `#${first.id}`);
}

/** A press on a line chooses it; on a mark in the text, the line that the mark belongs to. */
function press(page: Page, event: MouseEvent): void {
  const pressed = event.target as Element;
  const mark = pressed.closest<HTMLElement>('#paper mark');
  if (mark) {
    choose(page, rowOf(page, mark.dataset.first ?? ''));
    return;
  }
  const row = pressed.closest<HTMLElement>('table.read [data-row]');
  if (!row || pressed.closest('a.n, button, input, select, label')) return;
  if (pressed.closest('a.no')) event.preventDefault();
  if (row.getAttribute('aria-selected') !== 'true') choose(page, row);
}

/** After a line was acted on, the next that waits is chosen; the line itself where something is wrong with it. */
function startActing(page: Page): void {
  let acted: { id: string; at: number } | null = null;
  page.root.body.addEventListener('htmx:beforeRequest', (event) => {
    const form = (event as CustomEvent<{ elt: Element }>).detail.elt;
    const row = form.matches('.edit-actions') ? form.closest<HTMLElement>('[data-row]') : null;
    if (row) acted = { id: idOf(row), at: rows(page).indexOf(row) };
  });
  page.root.body.addEventListener('htmx:afterSettle', () => {
    if (!acted) return;
    const { id, at } = acted;
    acted = null;
    paint(page);
    const row = rowOf(page, id);
    if (row && (waits(row.dataset.state) || row.querySelector('[role="alert"]'))) stay(page, row);
    else goOn(page, row, at);
  });
}

function stay(page: Page, row: HTMLElement): void {
  const wrong = row.querySelector<HTMLElement>('[aria-invalid="true"]');
  choose(page, row, !wrong);
  wrong?.focus();
  const piece = row.nextElementSibling as HTMLElement | null;
  const splitOff = piece?.dataset.state === 'missing' && piece.querySelector('.tag:not(.line)');
  if (!wrong && splitOff) choose(page, piece);
}

function goOn(page: Page, row: HTMLElement | null, at: number): void {
  const all = rows(page);
  const next = nextWaiting(
    all.map((one) => one.dataset.state),
    at,
  );
  choose(page, all[next] ?? row);
}

function choose(page: Page, row: HTMLElement | null, focus = true): void {
  if (!row) return;
  for (const other of rows(page)) other.setAttribute('aria-selected', String(other === row));
  if (focus) {
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
  }
  row.scrollIntoView({ block: 'nearest' });
  show(page, row);
}

/** Marks the chosen line's words in the text and brings them into view. */
function show({ root, paper }: Page, row: HTMLElement): void {
  for (const mark of root.querySelectorAll('mark.current, rect.current')) mark.classList.remove('current');
  const here = root.querySelectorAll(`[data-of~="${CSS.escape(idOf(row))}"]`);
  for (const mark of here) mark.classList.add('current');
  const first = paper.querySelector('mark.current');
  if (!first) return;
  const box = first.getBoundingClientRect();
  const frame = paper.getBoundingClientRect();
  const away = box.top < frame.top + EDGE || box.bottom > frame.bottom - EDGE;
  if (away) paper.scrollTop += box.top - frame.top - frame.height / 3;
}

/** The look of a mark follows the state of its lines. */
function paint(page: Page): void {
  for (const mark of page.root.querySelectorAll<HTMLElement | SVGElement>('[data-of]')) {
    const ids = (mark.dataset.of ?? '').split(' ');
    const states = ids.map((id) => rowOf(page, id)?.dataset.state).filter((state) => state !== undefined);
    const state = mostPressing(states);
    if (!state) continue;
    mark.classList.remove(...STATES);
    mark.classList.add(state);
  }
}

/** The strip beside the text shows which part of it is seen. */
function follow({ paper, strip }: Page): void {
  const view = strip.querySelector('.view');
  const whole = paper.scrollHeight || 1;
  view?.setAttribute('y', String((paper.scrollTop * 1000) / whole));
  view?.setAttribute('height', String((paper.clientHeight * 1000) / whole));
}

function rows({ table }: Page): HTMLElement[] {
  return [...table.querySelectorAll<HTMLElement>('[data-row]')];
}

function rowOf({ root }: Page, id: string): HTMLElement | null {
  return root.getElementById(`s${id}`);
}

function idOf(row: HTMLElement): string {
  return row.id.slice(1);
}
