import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import type { Point } from '../src/rules/map';
import { moved, pointsIn, sidesOf, sizeOf, textOf, told, without, withPoint } from '../src/rules/shape';

const SQUARE: Point[] = [
  [121.9, 31],
  [121.91, 31],
  [121.91, 31.01],
  [121.9, 31.01],
];

test('what is written is read again, in whatever form it stands', () => {
  deepEqual(pointsIn(textOf(SQUARE), 'area'), SQUARE);
  deepEqual(pointsIn('[[121.9,31],[121.91,31],[121.91,31.01],[121.9,31]]', 'area'), SQUARE.slice(0, 3));
  deepEqual(pointsIn('POLYGON ((121.9 31, 121.91 31, 121.91 31.01, 121.9 31))', 'area'), SQUARE.slice(0, 3));
  deepEqual(pointsIn('around the school', 'area'), []);
  deepEqual(pointsIn('500, 31\n121, 31', 'line'), []);
});

test('a size is that of the ellipsoid', () => {
  ok(
    Math.abs(
      sizeOf(
        [
          [0, 0],
          [1, 0],
        ],
        'line',
      ) - 111319.4908,
    ) < 0.001,
  );
  ok(
    Math.abs(
      sizeOf(
        [
          [0, 45],
          [0, 45.5],
          [0, 46],
        ],
        'line',
      ) - 111141.5485,
    ) < 0.001,
  );
  ok(Math.abs(sizeOf(SQUARE, 'area') / 1058910 - 1) < 0.001);
  equal(sizeOf(SQUARE.slice(0, 2), 'area'), 0);
});

test('a size is told in the unit that suits it', () => {
  deepEqual(told(1234, 'line'), ['km', '1.23']);
  deepEqual(told(99.94, 'line'), ['m', '99.9']);
  deepEqual(told(32_100, 'area'), ['ha', '3.21']);
  deepEqual(told(0, 'area'), ['m2', '0']);
});

test('points are put in, moved and taken back where they stand', () => {
  deepEqual(withPoint(SQUARE, 1, [121.905, 31])[1], [121.905, 31]);
  deepEqual(moved(SQUARE, 3, [121.9, 31.02])[3], [121.9, 31.02]);
  deepEqual(without(SQUARE, 0), SQUARE.slice(1));
  equal(sidesOf(SQUARE, 'area').length, 4);
  equal(sidesOf(SQUARE, 'line').length, 3);
  equal(sidesOf(SQUARE.slice(0, 2), 'area').length, 1);
});
