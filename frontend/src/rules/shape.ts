/** Lines and areas in degrees of WGS84: how they are written, how large they are, what changes them. */
import type { Point } from './map';

export type ShapeKind = 'line' | 'area';

const MOST = 500;
const NUMBER = /[+-]?\d+(?:\.\d+)?/g;

/** The points of what is written: pairs of numbers, however they are parted; none where it is no list of points. */
export function pointsIn(text: string, kind: ShapeKind): Point[] {
  const numbers = (text.match(NUMBER) ?? []).map(Number);
  const found: Point[] = [];
  for (let at = 0; at + 1 < numbers.length && found.length <= MOST; at += 2) {
    const [longitude, latitude] = [numbers[at] as number, numbers[at + 1] as number];
    if (Math.abs(longitude) >= 180 || Math.abs(latitude) >= 90) return [];
    const last = found.at(-1);
    if (!last || !same(last, [longitude, latitude])) found.push([longitude, latitude]);
  }
  const [first, last] = [found[0], found.at(-1)];
  if (kind === 'area' && found.length > 1 && first && last && same(first, last)) found.pop();
  return numbers.length % 2 ? [] : found;
}

/** As the form sends them: one point a line, to a tenth of a metre. */
export function textOf(points: readonly Point[]): string {
  return points.map(([longitude, latitude]) => `${longitude.toFixed(6)}, ${latitude.toFixed(6)}`).join('\n');
}

function same([a, b]: Readonly<Point>, [c, d]: Readonly<Point>): boolean {
  return a === c && b === d;
}

export function withPoint(points: readonly Point[], at: number, point: Point): Point[] {
  return points.length < MOST ? [...points.slice(0, at), point, ...points.slice(at)] : [...points];
}

export function moved(points: readonly Point[], at: number, point: Point): Point[] {
  return points.map((one, place) => (place === at ? point : one));
}

export function without(points: readonly Point[], at: number): Point[] {
  return points.filter((_, place) => place !== at);
}

/** The sides, each by its first point's place and its two ends; an area is closed from three points on. */
export function sidesOf(points: readonly Point[], kind: ShapeKind): [number, Point, Point][] {
  const open = points.slice(1).map((there, at): [number, Point, Point] => [at, points[at] as Point, there]);
  const [first, last] = [points[0], points.at(-1)];
  return kind === 'area' && points.length > 2 && first && last ? [...open, [points.length - 1, last, first]] : open;
}

const AXIS = 6378137;
const FLATTENING = 1 / 298.257223563;
const E2 = FLATTENING * (2 - FLATTENING);
const E = Math.sqrt(E2);
const HALF = Math.sqrt(0.15);
const GAUSS: readonly Readonly<Point>[] = [
  [0.5 - HALF, 5 / 18],
  [0.5, 8 / 18],
  [0.5 + HALF, 5 / 18],
];
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres of a line, square metres of an area: the same sums as the server's (org/ground.py). */
export function sizeOf(points: readonly Point[], kind: ShapeKind): number {
  const parts = sidesOf(points, kind).map(([, here, there]) =>
    kind === 'line' ? along(here, there) : under(here, there),
  );
  return points.length < 3 && kind === 'area' ? 0 : Math.abs(parts.reduce((sum, part) => sum + part, 0));
}

function along(here: Readonly<Point>, there: Readonly<Point>): number {
  const [longitude, latitude] = [radians(there[0] - here[0]), radians(there[1] - here[1])];
  return mean(here, there, (at) => {
    const curved = 1 - E2 * Math.sin(at) ** 2;
    const north = (AXIS * (1 - E2)) / curved ** 1.5;
    return Math.hypot(north * latitude, (AXIS / Math.sqrt(curved)) * Math.cos(at) * longitude);
  });
}

function under(here: Readonly<Point>, there: Readonly<Point>): number {
  const toEquator = (at: number): number => {
    const sine = Math.sin(at);
    return ((AXIS ** 2 * (1 - E2)) / 2) * (sine / (1 - E2 * sine * sine) + Math.atanh(E * sine) / E);
  };
  return radians(there[0] - here[0]) * mean(here, there, toEquator);
}

function mean([, from]: Readonly<Point>, [, to]: Readonly<Point>, of: (latitude: number) => number): number {
  return GAUSS.reduce((sum, [at, weight]) => sum + weight * of(radians(from + (to - from) * at)), 0);
}

/** The unit in which a size is told, and how many of it, in three figures or whole ones. */
export function told(size: number, kind: ShapeKind): [string, string] {
  const units: [string, number][] =
    kind === 'line'
      ? [
          ['km', 1000],
          ['m', 1],
        ]
      : [
          ['km2', 1e6],
          ['ha', 1e4],
          ['m2', 1],
        ];
  const [unit, one] = units.find(([, least]) => size >= least) ?? (units.at(-1) as [string, number]);
  const n = size / one;
  const digits = n >= 100 ? 0 : n >= 10 ? 1 : 2;
  return [unit, String(Number(n.toFixed(digits)))];
}
