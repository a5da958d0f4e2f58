/** What a clock of a page shows. */
export type Shown = 'clock' | 'bar';

/** `now` is HH:MM:SS; the clock of the bar keeps its date and shows no seconds. */
export function clockText(shown: Shown, before: string, now: string): string {
  return shown === 'clock' ? now : before.replace(/\d{2}:\d{2}\s*$/, now.slice(0, 5));
}
