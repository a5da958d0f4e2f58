import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { forgotten, isKept, markFor, PREFIX, readDraft } from '../src/rules/drafts';

const DAY = 24 * 3600 * 1000;
const NOW = 100 * DAY;

test('a draft is read as it was kept', () => {
  const draft = { at: NOW, values: { text: '路灯不亮' } };
  deepEqual(readDraft(JSON.stringify(draft)), draft);
});

test('what is no draft is none', () => {
  for (const text of [null, '', 'null', '{', '[]', '7', '{"at": "yesterday", "values": {}}', '{"at": 1}']) {
    equal(readDraft(text), null);
  }
});

test('what one person wrote lies apart from what another or a passer-by wrote', () => {
  equal(markFor('7', 'RX-1:answer') === markFor('8', 'RX-1:answer'), false);
  equal(markFor('7', 'report') === markFor(undefined, 'report'), false);
  equal(markFor('7', 'report').startsWith(PREFIX), true);
});

test('a draft is forgotten after a week, and what is none at once', () => {
  const store = {
    [`${PREFIX}new`]: JSON.stringify({ at: NOW - DAY, values: {} }),
    [`${PREFIX}old`]: JSON.stringify({ at: NOW - 8 * DAY, values: {} }),
    [`${PREFIX}broken`]: '{',
    'yiwang.keys': 'off',
  };
  deepEqual(forgotten(store, NOW), [`${PREFIX}old`, `${PREFIX}broken`]);
});

test('what names a person, a file or a secret is not kept', () => {
  const text = { type: 'text', autocomplete: '' };
  equal(isKept(text), true);
  equal(isKept({ ...text, type: 'textarea' }), true);
  for (const type of ['file', 'hidden', 'password', 'checkbox', 'radio']) equal(isKept({ ...text, type }), false);
  for (const autocomplete of ['name', 'tel', 'off']) equal(isKept({ ...text, autocomplete }), false);
});
