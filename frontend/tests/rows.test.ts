import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { nextRow, stepTo } from '../src/rules/rows';

test('after an action the next row follows, after the last the one before', () => {
  equal(nextRow(['a', 'b', 'c'], 'b'), 'c');
  equal(nextRow(['a', 'b', 'c'], 'c'), 'b');
  equal(nextRow(['a'], 'a'), '');
  equal(nextRow([], 'a'), '');
});

test('a walk begins at an end and stays within the rows', () => {
  equal(stepTo(3, -1, -1, 1), 0);
  equal(stepTo(3, -1, -1, -1), 2);
  equal(stepTo(3, 1, 1, 1), 2);
  equal(stepTo(3, 2, 2, 1), 2);
  equal(stepTo(3, 0, 0, -1), 0);
  equal(stepTo(0, -1, 2, 1), -1);
});

test('where the chosen row has gone, the walk goes on from its place', () => {
  equal(stepTo(3, -1, 1, 1), 1);
  equal(stepTo(3, -1, 1, -1), 0);
  equal(stepTo(3, -1, 0, 1), 0);
  equal(stepTo(2, -1, 5, 1), 1);
});
