/**
 * A form that came back with complaints is led to: the first wrong field takes the focus and is shown, however far
 * down it stands. A page that lists its complaints at its head begins there.
 */
export function start(root: Document): void {
  if (root.querySelector('main .state.err[role="alert"]')) return;
  const wrong = root.querySelector<HTMLElement>('main form [aria-invalid="true"]');
  wrong?.focus({ preventScroll: true });
  wrong?.scrollIntoView({ block: 'center' });
}
