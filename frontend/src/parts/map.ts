/** Maps: fly into an area and out again, walk by arrows, drop a pin. The drawing itself comes from the server. */
import { select } from 'd3-selection';
import 'd3-transition';
import { zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import { nearest, type Point, WAYS } from '../rules/map';
import { startDraw } from './draw';
import { startPin } from './pin';
import { type Stage, scaleBy } from './stage';

const STILL = window.matchMedia('(prefers-reduced-motion: reduce)');
const FLIGHT = 160;
const DEEPEST = 12;
const DRAWN = 60; // where somebody draws: a yard can be seen
const READABLE = 0.8; // pixels a unit of the drawing: below it words are set larger, and roads go without names

export function start(root: Document): void {
  startMaps(root);
  root.body.addEventListener('htmx:afterSettle', (event) => startMaps(event.target as ParentNode));
}

function startMaps(within: ParentNode): void {
  for (const svg of within.querySelectorAll<SVGSVGElement>('svg[data-map]:not([data-ready])')) {
    svg.dataset.ready = '';
    const stage = prepare(svg);
    if (svg.hasAttribute('data-walk') && !svg.hasAttribute('data-pin')) startWalk(stage);
    if (svg.hasAttribute('data-pin')) startPin(stage);
    if (svg.hasAttribute('data-draw')) startDraw(stage);
    startButtons(stage);
  }
}

function prepare(svg: SVGSVGElement): Stage {
  const { width, height } = svg.viewBox.baseVal;
  const view = svg.querySelector<SVGGElement>('.view');
  const deepest = svg.hasAttribute('data-draw') ? DRAWN : DEEPEST;
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([1, deepest])
    .translateExtent([
      [0, 0],
      [width, height],
    ])
    .clickDistance(6)
    .filter(
      (event: Event) =>
        !(event instanceof WheelEvent && !event.ctrlKey && svg.matches('[data-pin], [data-draw]')) &&
        !(event as MouseEvent).button,
    )
    .on('zoom', (event) => {
      view?.setAttribute('transform', event.transform.toString());
      keepTextSize(svg, event.transform.k);
    });
  select(svg).call(behaviour).on('dblclick.zoom', null);
  keepTextSize(svg, 1);
  new ResizeObserver(() => keepTextSize(svg, zoomTransform(svg).k)).observe(svg);
  const flyTo = (box: DOMRectReadOnly | null): void => {
    const to = box === null ? zoomIdentity : around(box, width, height, deepest);
    select(svg)
      .transition()
      .duration(STILL.matches ? 0 : FLIGHT)
      .call(behaviour.transform, to);
  };
  return { svg, width, height, behaviour, flyTo };
}

function around(box: DOMRectReadOnly, width: number, height: number, deepest: number): typeof zoomIdentity {
  const scale = Math.min(deepest, 0.82 / Math.max(box.width / width, box.height / height));
  return zoomIdentity
    .translate(width / 2, height / 2)
    .scale(scale)
    .translate(-(box.x + box.width / 2), -(box.y + box.height / 2));
}

/** Words and points keep their size while the land grows, and stay readable where the whole map is small. */
function keepTextSize(svg: SVGSVGElement, scale: number): void {
  const { width, height } = svg.viewBox.baseVal;
  const drawn = Math.min(svg.clientWidth / width, svg.clientHeight / height) || 1;
  svg.style.setProperty('--flown', String(scale * Math.min(1, drawn / READABLE)));
  svg.classList.toggle('flown', scale > 1.6);
  svg.classList.toggle('small', drawn * scale < READABLE);
}

function areasOf(svg: SVGSVGElement): SVGAElement[] {
  return [...svg.querySelectorAll<SVGAElement>('a.area')];
}

function startWalk(stage: Stage): void {
  const { svg } = stage;
  const areas = areasOf(svg);
  let inside: SVGAElement | null = null;
  const chosen = (): SVGAElement | undefined => areas.find((one) => one.classList.contains('on'));
  for (const area of areas) area.setAttribute('tabindex', area === (chosen() ?? areas[0]) ? '0' : '-1');

  const choose = (area: SVGAElement, focus = true): void => {
    for (const other of areas) {
      const on = other === area;
      other.classList.toggle('on', on);
      other.setAttribute('tabindex', on ? '0' : '-1');
      if (on) other.setAttribute('aria-current', 'true');
      else other.removeAttribute('aria-current');
      svg.querySelector(`[data-label="${CSS.escape(other.dataset.area ?? '')}"]`)?.classList.toggle('on', on);
    }
    svg.querySelector('[data-outline]')?.setAttribute('d', area.querySelector('path')?.getAttribute('d') ?? '');
    if (focus) area.focus();
    svg.dispatchEvent(
      new CustomEvent('area:chosen', {
        bubbles: true,
        detail: { area: area.dataset.area, href: area.getAttribute('href') },
      }),
    );
  };
  const enter = (area: SVGAElement): void => {
    inside = area;
    choose(area);
    stage.flyTo(boxOf(area));
    svg.dispatchEvent(
      new CustomEvent('area:entered', {
        bubbles: true,
        detail: { area: area.dataset.area, href: area.getAttribute('href') },
      }),
    );
  };
  const leave = (): void => {
    inside = null;
    stage.flyTo(null);
    svg.dispatchEvent(new CustomEvent('area:left', { bubbles: true }));
  };

  const walkOn = (from: SVGAElement, way: Readonly<Point>): void => {
    const next = areas[nearest(areas.map(centre), areas.indexOf(from), way)];
    if (!next) return;
    choose(next);
    if (inside) enter(next);
  };

  for (const area of areas) {
    area.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (inside === area) leave();
      else enter(area);
    });
  }
  svg.addEventListener('keydown', (event) => {
    const at = (event.target as Element).closest<SVGAElement>('a.area');
    if (!at) return;
    const way = WAYS[event.key];
    if (way) walkOn(at, way);
    else if (event.key === 'Enter') enter(at);
    else if (event.key === 'Escape' && inside) leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function centre(area: SVGAElement): Point {
  const [x = 0, y = 0] = (area.dataset.at ?? '').split(' ').map(Number);
  return [x, y];
}

function boxOf(area: SVGAElement): DOMRectReadOnly {
  return area.querySelector<SVGPathElement>('path')?.getBBox() ?? new DOMRect(0, 0, 1, 1);
}

function startButtons(stage: Stage): void {
  const { svg, flyTo } = stage;
  const frame = svg.closest('.map-frame');
  frame?.querySelector('[data-map-in]')?.addEventListener('click', () => scaleBy(stage, 1.6));
  frame?.querySelector('[data-map-out]')?.addEventListener('click', () => scaleBy(stage, 1 / 1.6));
  frame?.querySelector('[data-map-all]')?.addEventListener('click', () => flyTo(null));
}

/** Takes names, points and grounds over from a newer drawing; the flight and the chosen area stay. */
export function refreshMap(svg: SVGSVGElement, newer: SVGSVGElement | null): void {
  if (!newer) return;
  for (const part of ['.shapes', '.dots', '.names']) {
    const fresh = newer.querySelector(part);
    if (fresh) svg.querySelector(part)?.replaceChildren(...fresh.childNodes);
  }
  for (const area of areasOf(svg)) {
    const name = CSS.escape(area.dataset.area ?? '');
    const fresh = newer.querySelector<SVGAElement>(`a.area[data-area="${name}"]`);
    const on = area.classList.contains('on');
    const ground = fresh && [...fresh.classList].find((one) => one.startsWith('land-'));
    if (ground) area.setAttribute('class', `area ${ground}${on ? ' on' : ''}`);
    area.setAttribute('aria-label', fresh?.getAttribute('aria-label') ?? '');
    svg.querySelector(`[data-label="${name}"]`)?.classList.toggle('on', on);
  }
}
