/**
 * The wall: the map takes over new figures without losing the flight; the strip follows the chosen street; what
 * is being read or pointed at holds still; a new late matter is spoken once.
 */
import { refreshMap } from './map';

let steps = 0;

export function start(root: Document): void {
  root.addEventListener('area:chosen', choose);
  root.addEventListener('area:entered', (event) => void enter(event));
  root.addEventListener('area:left', () => map()?.querySelector('[data-inner]')?.replaceChildren());
  root.body.addEventListener('htmx:oobBeforeSwap', hold);
  let late = lateNow();
  root.body.addEventListener('htmx:oobAfterSwap', (event) => {
    takeOver((event as CustomEvent<{ target: Element }>).detail.target);
    const now = lateNow();
    if (now > late) speak(document.getElementById('wall-figures')?.dataset.lateWords ?? '');
    late = now;
  });
}

function map(): SVGSVGElement | null {
  return document.querySelector<SVGSVGElement>('[data-wall-map] svg[data-map]');
}

/** The field that names the chosen street to the server. */
function asked(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('#wall-asked input[name=street]');
}

/** The strip of the street chosen last: whoever walks on quickly does not see the ones in between. */
async function showStrip(area: string): Promise<void> {
  const step = ++steps;
  const answer = await fetch(`/wall/street/${area}/`, { headers: { 'HX-Request': 'true' } });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const strip = page.getElementById('wall-strip');
  if (!answer.ok || !strip || step !== steps) return;
  document.getElementById('wall-strip')?.replaceWith(strip);
  window.htmx.process(strip);
}

function choose(event: Event): void {
  const { area } = (event as CustomEvent<{ area: string }>).detail;
  const field = asked();
  if (!field || field.value === area) return;
  field.value = area;
  void showStrip(area);
  const here = new URL(window.location.href);
  here.searchParams.set('street', area);
  window.history.replaceState(null, '', here);
}

async function enter(event: Event): Promise<void> {
  const { area } = (event as CustomEvent<{ area: string }>).detail;
  const inner = map()?.querySelector('[data-inner]');
  if (!inner) return;
  const answer = await fetch(`/wall/street/${area}/inside/`, { headers: { Accept: 'image/svg+xml' } });
  if (!answer.ok) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.inner');
  inner.replaceChildren(...(drawn ? [...drawn.childNodes] : []));
}

/** A part under the pointer, with the focus in it or a receipt open from it, is not pulled away. */
function hold(event: Event): void {
  const { detail } = event as CustomEvent<{ target: Element; fragment?: DocumentFragment; shouldSwap: boolean }>;
  const target = detail.target;
  const strip = detail.fragment?.querySelector<HTMLElement>('#wall-strip');
  if (strip && strip.dataset.street !== asked()?.value) {
    detail.shouldSwap = false; // asked for before the reader walked on to another street
    return;
  }
  const read = target.contains(document.activeElement) || target.querySelector('[aria-expanded="true"]');
  if (read || (target.hasAttribute('data-hold') && target.matches(':hover'))) detail.shouldSwap = false;
}

/** A newer drawing gives its parts to the map that stands. */
function takeOver(target: Element): void {
  const standing = map();
  const newer = target.id === 'wall-next' ? target.querySelector('svg') : null;
  if (!standing || !newer) return;
  refreshMap(standing, newer);
  newer.remove(); // its parts have moved; the event comes once for every piece that was swapped
}

function lateNow(): number {
  return Number(document.getElementById('wall-figures')?.dataset.late ?? 0);
}

function speak(words: string): void {
  const spoken = document.getElementById('spoken');
  if (spoken) spoken.textContent = words;
}
