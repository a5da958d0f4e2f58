/** Where a walk over rows goes. */

/** The row after `here`, or the one before where it is the last; empty where there is no other. */
export function nextRow(rows: readonly string[], here: string): string {
  const at = rows.indexOf(here);
  return rows[at + 1] ?? rows[at - 1] ?? '';
}

/**
 * The place of the row that a step leads to, among `n`; -1 where there is none.
 * `at` is the chosen row, -1 for none; `last` where it stood, should it be gone: the walk goes on from there.
 */
export function stepTo(n: number, at: number, last: number, step: 1 | -1): number {
  if (n === 0) return -1;
  if (at < 0 && last < 0) return step > 0 ? 0 : n - 1;
  const from = at >= 0 ? at : step > 0 ? last - 1 : last;
  return Math.max(0, Math.min(n - 1, from + step));
}
