import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { changes, missed } from '../src/rules/live';

test('a list that was fetched anew has gained some and lost some', () => {
  const { fresh, left } = changes(new Set(['1', '2', '3']), ['4', '3', '1']);
  deepEqual([...fresh], ['4']);
  deepEqual([...left], ['2']);
});

test('a list that stayed as it was has neither', () => {
  const { fresh, left } = changes(new Set(['1', '2']), ['2', '1']);
  deepEqual([fresh.size, left.size], [0, 0]);
});

test('after a gap every topic may have had news, at the first connection none', () => {
  deepEqual(missed(['matters', 'goals'], 1_700_000_000_000), ['matters', 'goals']);
  deepEqual(missed(['matters', 'goals'], 0), []);
});
