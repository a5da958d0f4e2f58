import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { filled } from '../src/rules/words';

test('a number is put into the words of the server', () => {
  equal(filled('{n} arrived', 'n', 3), '3 arrived');
  equal(filled(undefined, 'n', 3), '');
});

test('a name is put in as it is, whatever stands in it', () => {
  equal(filled('派给{unit}', 'unit', "$& $' {unit}"), "派给$& $' {unit}");
});
