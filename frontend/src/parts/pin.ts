/** A pin for a form: a press, or arrows and Enter, put a place into the fields `lon` and `lat`. */
import { pointer } from 'd3-selection';
import { zoomTransform } from 'd3-zoom';
import { degreesAt, type Point, pointAt, projectionOf } from '../rules/map';
import type { Stage } from './stage';

const STEP = 8;

export function startPin({ svg, width, height }: Stage): void {
  const form = svg.closest('form');
  const mark = svg.querySelector<SVGGElement>('[data-pin-mark]');
  if (!form || !mark) return;
  let at: Point = [width / 2, height / 2];

  const put = ([x, y]: Point, done = true): void => {
    at = [Math.max(0, Math.min(width, x)), Math.max(0, Math.min(height, y))];
    mark.removeAttribute('hidden');
    mark.setAttribute('transform', `translate(${at[0]} ${at[1]})`);
    if (!done) return;
    const [longitude, latitude] = degreesAt(projectionOf(svg.dataset), at);
    field(form, 'lon', longitude.toFixed(6));
    field(form, 'lat', latitude.toFixed(6));
    svg.dispatchEvent(new CustomEvent('pin:placed', { bubbles: true, detail: { longitude, latitude } }));
  };

  const given = pointNamed(svg, form);
  if (given) put(given, false);
  svg.addEventListener('click', (event) => {
    const seen = zoomTransform(svg);
    put(seen.invert(pointer(event, svg)) as Point);
  });
  svg.addEventListener('keydown', (event) => {
    const step = event.shiftKey ? STEP * 4 : STEP;
    const [x, y] = at;
    if (event.key === 'ArrowUp') put([x, y - step]);
    else if (event.key === 'ArrowDown') put([x, y + step]);
    else if (event.key === 'ArrowLeft') put([x - step, y]);
    else if (event.key === 'ArrowRight') put([x + step, y]);
    else if (event.key === 'Enter') put(at);
    else return;
    event.preventDefault();
  });
}

/** The point of the drawing that the form already names. */
function pointNamed(svg: SVGSVGElement, form: HTMLFormElement): Point | null {
  const [longitude, latitude] = [value(form, 'lon'), value(form, 'lat')];
  return longitude && latitude ? pointAt(projectionOf(svg.dataset), [Number(longitude), Number(latitude)]) : null;
}

function value(form: HTMLFormElement, name: string): string {
  return form.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? '';
}

function field(form: HTMLFormElement, name: string, text: string): void {
  const input = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  if (!input) return;
  input.value = text;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}
