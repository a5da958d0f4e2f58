/**
 * A list in a form has as many rows as are written: whoever writes into its last row finds an empty one below it, and
 * a table that is copied from another program fills rows from the field on into which it is put.
 */
import { cellsOf, inRow } from '../rules/lists';

type Cell = HTMLInputElement | HTMLSelectElement;

export function start(root: Document): void {
  root.addEventListener('input', (event) => {
    const row = rowOf(event.target);
    if (row && !row.nextElementSibling) grow(row);
  });
  root.addEventListener('paste', (event) => {
    const cells = cellsOf(event.clipboardData?.getData('text/plain') ?? '');
    const row = rowOf(event.target);
    if (!row || !cells.length) return;
    event.preventDefault();
    put(row, cellsIn(row).indexOf(event.target as Cell), cells);
  });
}

/** So many rows that each of these names has a field, as far as the list may grow. */
export function growTo(within: ParentNode, names: readonly string[]): void {
  for (const body of within.querySelectorAll<HTMLElement>('[data-list] tbody')) {
    const row = body.lastElementChild as HTMLTableRowElement | null;
    const first = row && cellsIn(row)[0]?.name;
    if (!row || !first) continue;
    let last: HTMLTableRowElement | null = row;
    const written = (n: number): boolean => cellsIn(row).some((cell) => names.includes(inRow(cell.name, n)));
    while (last && written(last.sectionRowIndex)) last = grow(last);
  }
}

function put(from: HTMLTableRowElement, column: number, cells: string[][]): void {
  let row: HTMLTableRowElement | null = from;
  for (const line of cells) {
    if (!row) return;
    line.forEach((said, n) => {
      const cell = row && cellsIn(row)[column + n];
      if (cell) cell.value = meantBy(cell, said);
    });
    row = (row.nextElementSibling as HTMLTableRowElement | null) ?? grow(row);
  }
  from.closest('form')?.dispatchEvent(new Event('input', { bubbles: true }));
}

/** What stands for these words in a choice: a table says what people read. */
function meantBy(cell: Cell, said: string): string {
  if (!(cell instanceof HTMLSelectElement)) return said;
  return [...cell.options].find((one) => one.value === said || one.text.trim() === said)?.value ?? '';
}

/** An empty row below the last; null where the list may not be longer. */
function grow(last: HTMLTableRowElement): HTMLTableRowElement | null {
  const body = last.parentElement;
  const most = Number(last.closest<HTMLElement>('[data-list]')?.dataset.most);
  if (!body || body.childElementCount >= most) return null;
  const row = last.cloneNode(true) as HTMLTableRowElement;
  for (const wrong of row.querySelectorAll('.field-error')) wrong.remove();
  for (const cell of cellsIn(row)) {
    cell.name = inRow(cell.name, body.childElementCount);
    cell.value = '';
    cell.removeAttribute('aria-invalid');
  }
  body.append(row);
  return row;
}

function rowOf(target: EventTarget | null): HTMLTableRowElement | null {
  return (target as Element | null)?.closest?.<HTMLTableRowElement>('[data-list] tbody tr') ?? null;
}

function cellsIn(row: Element): Cell[] {
  return [...row.querySelectorAll<Cell>('input[name], select[name]')];
}
