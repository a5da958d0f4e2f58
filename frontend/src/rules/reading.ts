/** How the lines of a plan stand: missing, review, stretch, confirmed, other, dropped. */

/** What asks for most stands first: a piece of text under several lines shows that one. */
export const STATES = ['missing', 'review', 'stretch', 'confirmed', 'other', 'dropped'];

export function mostPressing(states: readonly string[]): string | undefined {
  return [...states].sort((a, b) => STATES.indexOf(a) - STATES.indexOf(b))[0];
}

export function waits(state: string | undefined): boolean {
  return state === 'review' || state === 'missing';
}

/** The place of the line that waits after the one at `at`; else of the first that waits; -1 where none does. */
export function nextWaiting(states: readonly (string | undefined)[], at: number): number {
  const after = states.findIndex((state, n) => n > at && waits(state));
  return after >= 0 ? after : states.findIndex(waits);
}
