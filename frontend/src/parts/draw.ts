/**
 * A line or an area for a form: pressed point by point, or set by keys; what is drawn stands in the field beside it,
 * and what is written there is drawn.
 */
import { pointer } from 'd3-selection';
import { zoomTransform } from 'd3-zoom';
import { degreesAt, type Point, pointAt, projectionOf, WAYS } from '../rules/map';
import { moved, pointsIn, type ShapeKind, sidesOf, sizeOf, textOf, told, without, withPoint } from '../rules/shape';
import { filled } from '../rules/words';
import { type Stage, scaleBy } from './stage';

const SVG = 'http://www.w3.org/2000/svg';
const STEP = 8; // pixels of a step by an arrow; with Shift four times as many

export function startDraw(stage: Stage): void {
  const board = stage.svg.closest<HTMLElement>('[data-draw-on]');
  const field = board && document.getElementById(board.dataset.drawOn ?? '');
  const sketch = stage.svg.querySelector<SVGGElement>('[data-sketch]');
  if (!board || !(field instanceof HTMLTextAreaElement) || !sketch) return;
  board.hidden = false;
  new Board(stage, board, field, sketch).start();
}

class Board {
  private readonly kind: ShapeKind;
  private readonly drawn;
  private points: Point[] = [];
  private before: Point[][] = [];
  private chosen = -1;
  private cross: Point;
  private held = false; // a point is; what comes of it is no press on the map

  constructor(
    private readonly stage: Stage,
    private readonly board: HTMLElement,
    private readonly field: HTMLTextAreaElement,
    private readonly sketch: SVGGElement,
  ) {
    this.kind = stage.svg.dataset.draw === 'line' ? 'line' : 'area';
    this.drawn = projectionOf(stage.svg.dataset);
    this.cross = [stage.width / 2, stage.height / 2];
  }

  start(): void {
    const { svg } = this.stage;
    this.take(false);
    if (this.points.length) this.stage.flyTo(this.box());
    this.field.addEventListener('input', () => this.take(true));
    this.board.closest('form')?.addEventListener('pin:placed', (event) => this.lookAt(event as CustomEvent));
    svg.addEventListener('click', (event) => {
      if (this.held) return;
      this.add(zoomTransform(svg).invert(pointer(event, svg)) as Point);
    });
    svg.addEventListener('keydown', (event) => {
      if (event.altKey || !this.press(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    const on = (name: string, does: () => void): void =>
      this.board.querySelector(`[data-draw-${name}]`)?.addEventListener('click', does);
    on('undo', () => this.undo());
    on('remove', () => this.remove());
    on('clear', () => this.change([], -1));
  }

  // --- what changes it ---

  private add(at: Point): void {
    const next = this.chosen < 0 ? this.points.length : this.chosen + 1;
    this.cross = at;
    this.change(withPoint(this.points, next, degreesAt(this.drawn, at)), next);
  }

  private remove(): void {
    const at = this.chosen < 0 ? this.points.length - 1 : this.chosen;
    if (at >= 0) this.change(without(this.points, at), at - 1);
  }

  private undo(): void {
    const before = this.before.pop();
    if (!before) return;
    this.points = before;
    this.chosen = -1;
    this.write();
  }

  private change(points: Point[], chosen: number): void {
    this.before.push(this.points);
    this.points = points;
    this.chosen = Math.min(chosen, points.length - 1);
    this.write();
  }

  private write(): void {
    this.field.value = textOf(this.points);
    this.field.dispatchEvent(new Event('change', { bubbles: true }));
    this.field.form?.dispatchEvent(new Event('input', { bubbles: true }));
    this.show();
  }

  /** What is written is drawn. */
  private take(keep: boolean): void {
    if (keep) this.before.push(this.points);
    this.points = pointsIn(this.field.value, this.kind);
    this.chosen = -1;
    this.show();
  }

  // --- keys ---

  private press(event: KeyboardEvent): boolean {
    const name = `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.key}`;
    const way = WAYS[name];
    const does = this.keys[name];
    if (name === 'Escape' && this.chosen < 0) return false;
    if (way) this.step(way, event.shiftKey ? STEP * 4 : STEP);
    else does?.();
    return Boolean(way || does);
  }

  private readonly keys: Record<string, () => void> = {
    Enter: () => this.add(this.cross),
    PageDown: () => this.choose(this.chosen + 1),
    PageUp: () => this.choose(this.chosen < 0 ? this.points.length - 1 : this.chosen - 1),
    Delete: () => this.remove(),
    Backspace: () => this.remove(),
    Escape: () => this.choose(-1),
    '+': () => scaleBy(this.stage, 1.6, this.cross),
    '=': () => scaleBy(this.stage, 1.6, this.cross),
    '-': () => scaleBy(this.stage, 1 / 1.6, this.cross),
    'Ctrl+z': () => this.undo(),
  };

  /** The chosen point, else the cross, goes that way: as far on the screen however near one looks. */
  private step([dx, dy]: Readonly<Point>, pixels: number): void {
    const { svg, width, height } = this.stage;
    const units = pixels / (zoomTransform(svg).k * (svg.clientWidth / width || 1));
    const [x, y] = this.cross;
    this.cross = [Math.max(0, Math.min(width, x + dx * units)), Math.max(0, Math.min(height, y + dy * units))];
    if (this.chosen < 0) this.show();
    else this.change(moved(this.points, this.chosen, degreesAt(this.drawn, this.cross)), this.chosen);
  }

  private choose(at: number): void {
    this.chosen = this.points.length && at >= -1 ? (at >= this.points.length ? 0 : at) : -1;
    const point = this.points[this.chosen];
    if (point) this.cross = pointAt(this.drawn, point);
    this.show();
  }

  // --- the mouse ---

  private hold(handle: SVGGElement, at: number, isNew: boolean): void {
    const { svg } = this.stage;
    for (const name of ['mousedown', 'touchstart']) {
      handle.addEventListener(name, (event) => event.stopPropagation(), { passive: true });
    }
    handle.addEventListener('pointerdown', (event) => {
      if (event.button) return;
      svg.focus({ preventScroll: true });
      const from = this.points;
      const begun: Point[] = isNew ? withPoint(from, at, this.under(event)) : from;
      let points = begun;
      let dragged = false;
      this.held = true;
      const drag = (move: PointerEvent): void => {
        dragged = true;
        points = moved(begun, at, this.under(move));
        this.points = points;
        this.chosen = at;
        this.show(false);
      };
      const drop = (): void => {
        svg.removeEventListener('pointermove', drag);
        svg.removeEventListener('pointerup', drop);
        svg.removeEventListener('pointercancel', drop);
        this.points = from;
        if (dragged || isNew) this.change(points, at);
        else this.choose(at);
        setTimeout(() => {
          this.held = false;
        });
      };
      svg.setPointerCapture(event.pointerId);
      svg.addEventListener('pointermove', drag);
      svg.addEventListener('pointerup', drop);
      svg.addEventListener('pointercancel', drop);
    });
  }

  private under(event: PointerEvent): Point {
    const { svg } = this.stage;
    return degreesAt(this.drawn, zoomTransform(svg).invert(pointer(event, svg)) as Point);
  }

  /** The place that was pinned in the same form is what is looked at, as long as nothing is drawn. */
  private lookAt(event: CustomEvent<{ longitude: number; latitude: number }>): void {
    if (this.points.length) return;
    const [x, y] = pointAt(this.drawn, [event.detail.longitude, event.detail.latitude]);
    this.cross = [x, y];
    this.stage.flyTo(new DOMRect(x - 30, y - 20, 60, 40));
  }

  // --- what is seen ---

  private box(): DOMRectReadOnly {
    const at = this.points.map((one) => pointAt(this.drawn, one));
    const [xs, ys] = [at.map(([x]) => x), at.map(([, y]) => y)];
    const [west, north] = [Math.min(...xs), Math.min(...ys)];
    return new DOMRect(west, north, Math.max(...xs) - west || 10, Math.max(...ys) - north || 10);
  }

  private show(whole = true): void {
    const at = this.points.map((one) => pointAt(this.drawn, one));
    const path = at.map(([x, y]) => `${x} ${y}`).join('L');
    const closed = this.kind === 'area' && at.length > 2;
    const parts: SVGElement[] = [];
    if (closed) parts.push(made('path', 'ground', { d: `M${path}Z` }));
    if (at.length > 1) parts.push(made('path', 'side', { d: `M${path}${closed ? 'Z' : ''}` }));
    if (whole) {
      for (const [place, here, there] of sidesOf(at, this.kind)) {
        const middle: Point = [(here[0] + there[0]) / 2, (here[1] + there[1]) / 2];
        parts.push(this.handle('midway', middle, place + 1, true));
      }
    }
    at.forEach((point, place) => {
      parts.push(this.handle(place === this.chosen ? 'corner on' : 'corner', point, place, false));
    });
    const cross = made('g', 'cross', { transform: `translate(${this.cross[0]} ${this.cross[1]})` });
    cross.append(made('path', '', { d: 'M-12 0H-3M3 0H12M0-12V-3M0 3V12' }));
    this.sketch.replaceChildren(...parts, cross);
    this.tell();
  }

  private handle(name: string, [x, y]: Point, place: number, isNew: boolean): SVGGElement {
    const handle = made('g', name, { transform: `translate(${x} ${y})` }) as SVGGElement;
    handle.append(
      made('circle', 'reach', { r: isNew ? '9' : '14' }),
      made('circle', 'seen', { r: isNew ? '4' : '6.5' }),
    );
    this.hold(handle, place, isNew);
    return handle;
  }

  private tell(): void {
    const out = this.board.querySelector('[data-draw-told]');
    if (!out) return;
    const [unit, n] = told(sizeOf(this.points, this.kind), this.kind);
    const size = filled(this.board.getAttribute(`data-said-${unit}`) ?? undefined, 'n', n);
    const said = filled(this.board.dataset.said, 'n', this.points.length);
    out.textContent = this.points.length ? filled(said, 'size', size) : '';
  }
}

function made(name: string, class_: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(SVG, name);
  if (class_) element.setAttribute('class', class_);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
