// What signs people in now beside the draft, in words, and the way from one to the other.

import { enable, makeLive, rollBack } from './connection_changes.js';
import { button } from './controls.js';
import { h } from './dom.js';
import { compare, worthShowing } from './version_words.js';
import { momentOf } from './words.js';

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
    h('h3', { id: 'versions-title' }, live && draft ? 'Live and draft' : live ? 'What signs people in now' : 'Your draft'),
    h('p', { class: 'hint' }, explanation(connection)),
    h(
      'table',
      { class: 'versions', 'aria-labelledby': 'versions-title' },
      live && draft && heads(live, draft),
      h('tbody', {}, rows.map((row) => line(row, Boolean(live && draft)))),
    ),
    actions(page, connection),
  );
}

/** @param {Connection} connection */
function explanation({ live, draft, enabled, name }) {
  if (live && draft) return 'The draft disturbs nobody. Make it live when you are ready; you can roll back.';
  if (draft) return `Saved ${momentOf(draft.saved_at)}. Turn ${name} on to let people sign in with it.`;
  return `Live since it was saved on ${momentOf(live?.saved_at ?? 0)}${enabled ? '' : ', but turned off'}.`;
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
