// Refusals about a connection, with the way to what they ask for.

import { button } from './controls.js';
import { h } from './dom.js';
import { notice, problemBox } from './feedback.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */

/**
 * @param {Page} page
 * @param {Connection} connection
 */
export function connectionProblem(page, connection) {
  const place = `connection-${connection.provider}`;
  const problem = page.state.problems.get(place);
  if (!problem) return null;
  if (problem.code === 'changed_meanwhile') return conflictNotice(page, connection, place);
  const help = helpWith(problem.code, page, connection);
  return problemBox(problem, { id: `problem-${place}`, help });
}

/**
 * @param {string} code
 * @param {Page} page
 * @param {Connection} connection
 */
function helpWith(code, { tokens, config }, connection) {
  switch (code) {
    case 'enforce_needs_domain':
      return h('p', {}, h('a', { href: '#/domains' }, 'Prove an e-mail domain'));
    case 'enforce_needs_emergency_access':
      return h('p', {}, h('a', { href: '#/emergency-access' }, 'Set up emergency access'));
    case 'enforce_needs_sign_in':
      return tokens.isFramed
        ? h('p', {}, `Sign out of ${config.product_name}, then sign in with ${connection.name}.`)
        : button(`Sign in with ${connection.name} now`, () => tokens.through(connection.connection_id));
    case 'check_found_errors':
      return h('p', {}, h('a', { href: `#/providers/${connection.provider}`, onclick: toCheck }, 'See what was found'));
    case 'no_draft':
      return h('p', {}, h('a', { href: `#/providers/${connection.provider}` }, 'Open the form'));
    default:
      return null;
  }
}

/** On the connection's own view the list stands there already. @param {Event} event */
function toCheck(event) {
  const title = document.getElementById('check-title');
  if (!title) return;
  event.preventDefault();
  title.scrollIntoView({ block: 'start' });
  title.focus({ preventScroll: true });
}

/**
 * What somebody else changed while this administrator was editing.
 *
 * @param {Page} page
 * @param {Connection} connection
 * @param {string} place
 */
export function conflictNotice({ state }, connection, place) {
  const changes = state.conflicts.get(connection.provider) ?? [];
  const isTyping = state.hasUnsaved(connection.provider);
  const rows = changes.map(({ label, before, after }) =>
    h('li', {}, h('strong', {}, label), ': ', h('del', {}, before || 'nothing'), ' → ', h('ins', {}, after || 'nothing')),
  );
  const box = notice(
    'warning',
    'Another administrator changed this connection meanwhile.',
    rows.length ? h('ul', { class: 'changes' }, rows) : h('p', {}, 'The values are the same as before.'),
    isTyping && h('p', {}, 'What you typed is still in the form. Save again to put it over these changes.'),
    h(
      'div',
      { class: 'actions' },
      button(isTyping ? 'Keep editing mine' : 'Understood', () => settle(false)),
      isTyping && button('Take theirs', () => settle(true)),
    ),
  );
  box.setAttribute('role', 'alert');
  box.setAttribute('tabindex', '-1');
  box.id = `problem-${place}`;
  return box;

  /** @param {boolean} takesTheirs */
  function settle(takesTheirs) {
    if (takesTheirs) state.forgetTyped(connection.provider);
    state.conflicts.delete(connection.provider);
    state.problems.delete(place);
    state.changed();
    document.getElementById(takesTheirs ? 'form-title' : 'save-draft')?.focus();
  }
}
