// A connection that was a provider of the user pool: where its people sign in, and their move.

import { button, disclosure } from './controls.js';
import { h } from './dom.js';
import { movePeople, movePeopleBack } from './moving.js';
import { momentOf } from './words.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */

/**
 * @param {Page} page
 * @param {Connection} connection
 */
export function importedView(page, connection) {
  const { imported, live } = connection;
  if (!imported || !live) return null;
  return h(
    'section',
    { class: 'card stack', id: 'imported', tabindex: '-1', 'aria-labelledby': 'imported-title' },
    h('h3', { id: 'imported-title' }, 'Where your people sign in'),
    ...(imported.moved_at ? moved(page, connection, imported.moved_at) : waiting(page, connection)),
  );
}

/** @param {Page} page @param {Connection} connection */
function waiting(page, connection) {
  const { imported, name } = connection;
  const needs = imported?.needs ?? [];
  const isOpen = (/** @type {string} */ code) => needs.some((need) => need.code === code);
  const isTried = !isOpen('move_needs_test');
  const others = needs.filter(({ code }) => !['move_needs_check', 'move_needs_test'].includes(code));
  return [
    h('p', {}, `Through the provider ${imported?.pool_provider} of the user pool, as before it was imported. When you move them, they sign in by the settings of this page, and keep their accounts.`),
    h(
      'ol',
      { class: 'steps' },
      step(isTried, `Register the first redirect URI, shown below, at ${name}. Leave the second one in place.`),
      step(!isOpen('move_needs_check'), 'Check: no error may be found.'),
      step(isTried, 'Try it: a test sign-in must work. It touches nobody.'),
    ),
    others.map(({ message }) => h('p', { class: 'hint' }, message)),
    h('div', { class: 'actions' }, button('Move…', () => movePeople(page, connection), { id: 'move', tone: needs.length ? undefined : 'main' })),
  ];
}

/** @param {boolean} isDone @param {...import('./dom.js').Child} words */
function step(isDone, ...words) {
  const badge = isDone
    ? h('span', { class: 'badge badge-good badge-first' }, 'done')
    : h('span', { class: 'badge badge-waiting badge-first' }, 'to do');
  return h('li', {}, h('p', {}, badge, ' ', ...words));
}

/** @param {Page} page @param {Connection} connection @param {number} at */
function moved(page, connection, at) {
  const { imported, provider } = connection;
  return [
    h('p', {}, `Here, since ${momentOf(at)}. Before, they came through the provider ${imported?.pool_provider} of the user pool; each kept the account that they had.`),
    disclosure(
      page.state.opened,
      `move-back-${provider}`,
      'Send them back',
      h('p', { class: 'hint' }, 'They sign in through the user pool’s provider again, with the same accounts. Possible while Enforce is off.'),
      button('Move back…', () => movePeopleBack(page, connection), { id: 'move-back' }),
    ),
  ];
}
