/** A list in a form: the names of its values, and what a table of another program holds. */

/** The name of a value in another row: `votes.2.area` in row 3 is `votes.3.area`. */
export function inRow(name: string, row: number): string {
  return name.replace(/\.\d+\.([a-z0-9_]+)$/, `.${row}.$1`);
}

/** The cells of what was copied from a table, row by row; empty where it is a word alone. */
export function cellsOf(text: string): string[][] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  if (lines.length === 1 && !text.includes('\t')) return [];
  return lines.map((line) => line.split('\t').map((cell) => cell.trim()));
}
