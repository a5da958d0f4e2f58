import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { clockText } from '../src/rules/clock';

test('a clock shows seconds', () => {
  equal(clockText('clock', '10:26:40', '10:26:41'), '10:26:41');
});

test('the bar keeps its date and shows no seconds', () => {
  equal(clockText('bar', '10-12 周一 10:26', '10:27:05'), '10-12 周一 10:27');
});

test('a bar without a time of day stays as it is', () => {
  equal(clockText('bar', '10-12', '10:27:05'), '10-12');
});
