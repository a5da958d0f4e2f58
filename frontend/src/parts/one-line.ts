/**
 * A line that holds no more than it has room for: of what does not fit, how much it is stands at the end of the line, as
 * a link to all of it ([data-rest-of-line] has its words).
 */
import { filled } from '../rules/words';

export function start(root: Document): void {
  const lines = (): NodeListOf<HTMLElement> => root.querySelectorAll<HTMLElement>('[data-one-line]');
  const watched = new ResizeObserver(() => lines().forEach(fit));
  const watch = (): void => {
    watched.disconnect();
    for (const line of lines()) if (line.parentElement) watched.observe(line.parentElement); // it has the room
  };
  root.body.addEventListener('htmx:oobAfterSwap', watch);
  watch();
}

function fit(line: HTMLElement): void {
  const rest = line.querySelector<HTMLElement>('[data-rest-of-line]');
  const parts = [...line.querySelectorAll<HTMLElement>('[data-of-line]')];
  if (!rest) return;
  for (const part of parts) part.hidden = false;
  rest.hidden = true;
  for (let shown = parts.length - 1; shown >= 0 && !fits(line); shown--) {
    const last = parts[shown];
    if (last) last.hidden = true;
    rest.hidden = false;
    rest.textContent = filled(rest.dataset.restOfLine, 'n', parts.length - shown);
  }
}

/** What is in the second line lies below the first, or beside it where nothing wraps. */
function fits(line: HTMLElement): boolean {
  return line.scrollHeight <= line.clientHeight + 1 && line.scrollWidth <= line.clientWidth + 1;
}
