import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { mostPressing, nextWaiting, waits } from '../src/rules/reading';

test('a piece under several lines shows the one that asks for most', () => {
  equal(mostPressing(['confirmed', 'missing', 'review']), 'missing');
  equal(mostPressing(['dropped', 'confirmed']), 'confirmed');
  equal(mostPressing([]), undefined);
});

test('what waits is what a person has still to look at', () => {
  equal(['review', 'missing', 'confirmed', 'other', undefined].filter(waits).length, 2);
});

test('the next line that waits follows, from the top again after the last', () => {
  const states = ['review', 'confirmed', 'confirmed', 'missing', 'confirmed'];
  equal(nextWaiting(states, 1), 3);
  equal(nextWaiting(states, 3), 0);
  equal(nextWaiting(states, 4), 0);
  equal(nextWaiting(['confirmed', 'other'], 0), -1);
});
