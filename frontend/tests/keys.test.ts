import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { capOf, keysOf, nameOf } from '../src/rules/keys';

test('a letter means the same with Shift, a named key keeps its name', () => {
  deepEqual(['A', 'a', '?', 'Enter', 'ArrowUp'].map(nameOf), ['a', 'a', '?', 'Enter', 'ArrowUp']);
});

test('one thing can have several keys', () => {
  deepEqual(keysOf('A R'), ['a', 'r']);
  deepEqual(keysOf('Delete'), ['delete']);
  deepEqual(keysOf(''), []);
  deepEqual(keysOf(undefined), []);
});

test('a cap shows a capital', () => {
  equal(capOf('a'), 'A');
  equal(capOf('delete'), 'Delete');
});
