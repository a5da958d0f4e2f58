/**
 * A receipt opens under its number, takes the focus, and gives it back when it closes.
 * htmx fetches it into #receipt; the browser's own popover closes it by Esc or a press elsewhere.
 */
const GAP = 4;
const EDGE = 8;

let opener: HTMLElement | null = null;

export function start(root: Document): void {
  const slot = root.getElementById('receipt');
  if (!slot || typeof slot.showPopover !== 'function') return;
  slot.setAttribute('popover', 'auto');

  root.body.addEventListener('htmx:beforeRequest', (event) => {
    const pressed = (event as CustomEvent).detail.elt as HTMLElement;
    if (!asksForReceipt(pressed)) return;
    if (pressed === opener && slot.matches(':popover-open')) {
      event.preventDefault();
      slot.hidePopover();
    } else if (!slot.contains(pressed)) {
      release();
      opener = pressed;
    }
  });

  slot.addEventListener('htmx:afterSwap', () => {
    if (!slot.matches(':popover-open')) slot.showPopover();
    place(slot);
    opener?.setAttribute('aria-expanded', 'true');
    slot.querySelector<HTMLElement>('.receipt')?.focus({ preventScroll: true });
  });

  slot.addEventListener('toggle', (event) => {
    if ((event as ToggleEvent).newState !== 'closed') return;
    const back = present(opener);
    const wasInside = slot.contains(document.activeElement) || document.activeElement === document.body;
    release();
    slot.replaceChildren();
    if (wasInside) back?.focus();
  });

  slot.addEventListener('click', (event) => {
    if (!(event.target as Element).closest('[data-close-receipt]')) return;
    event.preventDefault(); // without this script the link loads the page anew, which closes the receipt too
    slot.hidePopover();
  });
  window.addEventListener('resize', () => slot.matches(':popover-open') && place(slot));
}

function asksForReceipt(element: HTMLElement): boolean {
  return element.getAttribute('hx-target') === '#receipt';
}

/** The opener; where a live update has replaced it meanwhile, the number that stands in its place. */
function present(element: HTMLElement | null): HTMLElement | null {
  if (!element || element.isConnected) return element;
  const href = element.getAttribute('href');
  return href ? document.querySelector<HTMLElement>(`a[href="${CSS.escape(href)}"][hx-target="#receipt"]`) : null;
}

function release(): void {
  opener?.removeAttribute('aria-expanded');
  opener = null;
}

/** Under its number; above it where there is more room; never off the screen. */
function place(slot: HTMLElement): void {
  if (!opener?.isConnected) return;
  const at = opener.getBoundingClientRect();
  const size = slot.getBoundingClientRect();
  const left = Math.max(EDGE, Math.min(at.left, window.innerWidth - size.width - EDGE));
  const below = at.bottom + GAP;
  const above = at.top - GAP - size.height;
  const top = below + size.height <= window.innerHeight - EDGE || above < EDGE ? below : above;
  slot.style.left = `${left + window.scrollX}px`;
  slot.style.top = `${Math.max(EDGE, Math.min(top, window.innerHeight - size.height - EDGE)) + window.scrollY}px`;
}
