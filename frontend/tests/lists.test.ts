import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { cellsOf, inRow } from '../src/rules/lists';

test('a value keeps its name in another row', () => {
  equal(inRow('votes.2.area', 3), 'votes.3.area');
  equal(inRow('votes.19.of_2', 0), 'votes.0.of_2');
});

test('a copied table is read row by row, a word is left to the field', () => {
  deepEqual(cellsOf('101\t80\r\n102\t 75 \r\n'), [
    ['101', '80'],
    ['102', '75'],
  ]);
  deepEqual(cellsOf('101\n102'), [['101'], ['102']]);
  deepEqual(cellsOf('101 室'), []);
});
