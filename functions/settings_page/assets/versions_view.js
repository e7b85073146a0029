// What signs people in now beside the draft, in words, and the way from one to the other.

import { enable, makeLive, rollBack } from './connection_changes.js';
import { button } from './controls.js';
import { h } from './dom.js';
import { compare, worthShowing } from './version_words.js';
import { count, momentOf } from './words.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */
/** @typedef {import('./types.js').Version} Version */

/**
 * @param {Page} page
 * @param {Connection} connection
 */
export function versionsView(page, connection) {
  const { live, draft, fields } = connection;
  if (!fields.length || (!live && !draft)) return null;
  const rows = worthShowing(live && draft ? compare(live, draft) : onlyOne(live ?? draft));
  return h(
    'section',
    { class: 'card', id: 'versions', tabindex: '-1', 'aria-labelledby': 'versions-title' },
    h('h3', { id: 'versions-title' }, titleOf(connection)),
    h('p', { class: 'hint' }, explanation(connection)),
    h(
      'table',
      { class: 'versions', 'aria-labelledby': 'versions-title' },
      live && draft && heads(live, draft),
      h('tbody', {}, rows.map((row) => line(row, Boolean(live && draft))), results(live, draft)),
    ),
    actions(page, connection),
  );
}

/** @param {Connection} connection */
function titleOf({ live, draft, imported }) {
  if (live && draft) return 'Live and draft';
  if (!live) return 'Your draft';
  return imported && !imported.moved_at ? 'What will sign people in' : 'What signs people in now';
}

/** @param {Connection} connection */
function explanation({ live, draft, enabled, name, live_since: since }) {
  if (live && draft) return 'The draft disturbs nobody. Make it live when you are ready; you can roll back.';
  if (draft) return `Saved ${momentOf(draft.saved_at)}. Turn ${name} on to let people sign in with it.`;
  const off = enabled ? '' : ', but turned off';
  return since ? `Live since ${momentOf(since)}${off}.` : `Live${off}. It was saved on ${momentOf(live?.saved_at ?? 0)}.`;
}

/** @param {Version|null} version */
function onlyOne(version) {
  return compare(version, version);
}

/**
 * @param {Version} live
 * @param {Version} draft
 */
function heads(live, draft) {
  return h(
    'thead',
    {},
    h(
      'tr',
      {},
      h('td', {}),
      h('th', { scope: 'col' }, 'What signs people in now', h('span', { class: 'hint' }, `Saved ${momentOf(live.saved_at)}`)),
      h('th', { scope: 'col' }, 'Your draft', h('span', { class: 'hint' }, `Saved ${momentOf(draft.saved_at)}`)),
    ),
  );
}

/**
 * @param {import('./version_words.js').Row} row
 * @param {boolean} hasBoth
 */
function line({ label, before, after, differs }, hasBoth) {
  return h(
    'tr',
    { class: hasBoth && differs ? 'differs' : null },
    h('th', { scope: 'row' }, label),
    h('td', { 'data-column': hasBoth ? 'Now' : null }, before || 'None'),
    hasBoth &&
      h('td', { 'data-column': 'Draft' }, after || 'None', differs && h('span', { class: 'badge badge-waiting' }, 'changed')),
  );
}

/**
 * What was last found out about each version.
 *
 * @param {Version|null} live
 * @param {Version|null} draft
 */
function results(live, draft) {
  const versions = /** @type {Version[]} */ ([live, draft].filter(Boolean));
  const columns = versions.length > 1 ? ['Now', 'Draft'] : [null];
  const row = (/** @type {string} */ label, /** @type {(version: Version) => import('./dom.js').Child[]} */ say) =>
    h('tr', {}, h('th', { scope: 'row' }, label), versions.map((version, index) => h('td', { 'data-column': columns[index] }, say(version))));
  return [row('Last check', checkOf), row('Last test sign-in', testOf)];
}

/** @param {Version} version */
function checkOf({ last_check: check }) {
  if (!check) return ['Not checked yet'];
  const found = count(check.findings.length, 'thing');
  const words = check.passed ? (check.findings.length ? `passed, ${found} to look at` : 'passed') : `${found} to mend`;
  return [result(check.passed, words), ` ${momentOf(check.at)}`];
}

/** @param {Version} version */
function testOf({ last_test: test }) {
  if (!test) return ['Not tried yet'];
  const when = momentOf(test.at);
  return [result(test.passed, test.passed ? 'works' : 'refused'), ' ', test.reference ? h('a', { href: `#/sign-ins/${test.reference}` }, when) : when];
}

/** @param {boolean} isGood @param {string} words */
function result(isGood, words) {
  return h('span', { class: `badge badge-${isGood ? 'good' : 'bad'} badge-first` }, words);
}

/**
 * @param {Page} page
 * @param {Connection} connection
 */
function actions(page, connection) {
  const { live, draft, previous, name } = connection;
  if (!draft && !previous) return null;
  return h(
    'div',
    { class: 'actions' },
    draft && live && button('Make live', () => makeLive(page, connection), { id: 'make-live', tone: 'main' }),
    draft && !live && button(`Turn ${name} on`, () => enable(page, connection, true), { id: 'turn-on', tone: 'main' }),
    previous && button('Roll back', () => rollBack(page, connection), { id: 'roll-back' }),
  );
}
