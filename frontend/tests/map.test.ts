import { equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { degreesAt, nearest, type Point, pointAt, WAYS } from '../src/rules/map';

const DRAWN = { west: 121.4, north: 31.3, scale: 9000, stretch: 0.8547, margin: 24 };

test('a press and its place are one, there and back', () => {
  for (const [x, y] of [
    [24, 24],
    [480, 300.5],
    [936, 611],
  ] as Point[]) {
    const [bx, by] = pointAt(DRAWN, degreesAt(DRAWN, [x, y]));
    ok(Math.abs(bx - x) < 1e-6 && Math.abs(by - y) < 1e-6);
  }
});

test('the corner of the land lies at the margin', () => {
  const [longitude, latitude] = degreesAt(DRAWN, [24, 24]);
  equal(longitude, DRAWN.west);
  equal(latitude, DRAWN.north);
});

test('an arrow leads to the area that lies that way, rather straight ahead than aside', () => {
  const places: Point[] = [
    [0, 0],
    [100, 0],
    [40, 90],
    [0, -50],
  ];
  const to = (from: number, key: string): number => nearest(places, from, WAYS[key] ?? [0, 0]);
  equal(to(0, 'ArrowRight'), 1);
  equal(to(0, 'ArrowDown'), 2);
  equal(to(0, 'ArrowUp'), 3);
  equal(to(0, 'ArrowLeft'), -1);
});
