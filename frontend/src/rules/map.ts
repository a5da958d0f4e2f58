/** Places on a map. A drawing is counted in its own units from the top left; degrees are WGS84. */
export type Point = [number, number];

export interface Projection {
  west: number;
  north: number;
  scale: number;
  stretch: number;
  margin: number;
}

/** How the server drew the land: the numbers that it wrote on the drawing. */
export function projectionOf(written: Readonly<Record<string, string | undefined>>): Projection {
  const number = (name: string): number => Number(written[name]);
  return {
    west: number('west'),
    north: number('north'),
    scale: number('scale'),
    stretch: number('stretch'),
    margin: number('margin'),
  };
}

export const WAYS: Readonly<Record<string, Readonly<Point>>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** Degrees under a point of the drawing; the same sum as the server's projection, turned round. */
export function degreesAt(drawn: Projection, [x, y]: Readonly<Point>): Point {
  return [
    drawn.west + (x - drawn.margin) / (drawn.stretch * drawn.scale),
    drawn.north - (y - drawn.margin) / drawn.scale,
  ];
}

/** The point of the drawing at some degrees. */
export function pointAt(drawn: Projection, [longitude, latitude]: Readonly<Point>): Point {
  return [
    drawn.margin + (longitude - drawn.west) * drawn.stretch * drawn.scale,
    drawn.margin + (drawn.north - latitude) * drawn.scale,
  ];
}

/** Which of the places lies that way from the one at `from`: near, and rather straight ahead than aside; -1 for none. */
export function nearest(places: readonly Point[], from: number, [dx, dy]: Readonly<Point>): number {
  const [x, y] = places[from] ?? [0, 0];
  let best = -1;
  let least = Infinity;
  places.forEach(([px, py], at) => {
    const ahead = (px - x) * dx + (py - y) * dy;
    if (at === from || ahead <= 1) return;
    const aside = Math.abs((px - x) * dy) + Math.abs((py - y) * dx);
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [at, cost];
  });
  return best;
}
