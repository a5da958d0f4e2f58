/**
 * The wall: the map takes over new figures without losing the flight; the strip follows the chosen street; what
 * is being read or pointed at holds still; a new late matter is spoken once.
 */
import { refreshMap } from './map';

const asked = document.getElementById('wall-asked') as HTMLFormElement | null;
const map = document.querySelector<SVGSVGElement>('[data-wall-map] svg[data-map]');

let steps = 0;

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
  const field = asked?.querySelector<HTMLInputElement>('input[name=street]');
  if (!field || field.value === area) return;
  field.value = area;
  void showStrip(area);
  const here = new URL(window.location.href);
  here.searchParams.set('street', area);
  window.history.replaceState(null, '', here);
}

async function enter(event: Event): Promise<void> {
  const { area } = (event as CustomEvent<{ area: string }>).detail;
  const inner = map?.querySelector('[data-inner]');
  if (!inner) return;
  const answer = await fetch(`/wall/street/${area}/inside/`, { headers: { Accept: 'image/svg+xml' } });
  if (!answer.ok) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.inner');
  inner.replaceChildren(...(drawn ? [...drawn.childNodes] : []));
}

map?.addEventListener('area:chosen', choose);
map?.addEventListener('area:entered', (event) => void enter(event));
map?.addEventListener('area:left', () => map.querySelector('[data-inner]')?.replaceChildren());

/** A part under the pointer, with the focus in it or a receipt open from it, is not pulled away. */
document.body.addEventListener('htmx:oobBeforeSwap', (event) => {
  const { detail } = event as CustomEvent<{ target: Element; fragment?: DocumentFragment; shouldSwap: boolean }>;
  const target = detail.target;
  const strip = detail.fragment?.querySelector<HTMLElement>('#wall-strip');
  if (strip && strip.dataset.street !== asked?.querySelector<HTMLInputElement>('input[name=street]')?.value) {
    detail.shouldSwap = false; // asked for before the reader walked on to another street
    return;
  }
  const read = target.contains(document.activeElement) || target.querySelector('[aria-expanded="true"]');
  if (read || (target.hasAttribute('data-hold') && target.matches(':hover'))) detail.shouldSwap = false;
});

let late = lateNow();
document.body.addEventListener('htmx:oobAfterSwap', (event) => {
  const { target } = (event as CustomEvent<{ target: Element }>).detail;
  const newer = target.id === 'wall-next' ? target.querySelector('svg') : null;
  if (map && newer) {
    refreshMap(map, newer);
    newer.remove(); // its parts have moved; the event comes once for every piece that was swapped
  }
  const now = lateNow();
  if (now > late) speak(document.getElementById('wall-figures')?.dataset.lateWords ?? '');
  late = now;
});

function lateNow(): number {
  return Number(document.getElementById('wall-figures')?.dataset.late ?? 0);
}

function speak(words: string): void {
  const spoken = document.getElementById('spoken');
  if (spoken) spoken.textContent = words;
}
