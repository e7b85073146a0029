// All providers with their switches: Account → Settings → Single sign-on.

import { enable, enforce } from './connection_changes.js';
import { connectionProblem } from './connection_problems.js';
import { toggle } from './controls.js';
import { h, icon } from './dom.js';
import { liftNotice } from './lift_notice.js';
import { count, statusOf } from './words.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */

const MONOGRAMS = {
  azure: 'Az', google: 'G', okta: 'Ok', onelogin: '1L', keycloak: 'K', salesforce: 'Sf', oidc: 'ID',
};

/** @param {Page} page */
export function providersView(page) {
  const all = page.state.overview?.providers ?? [];
  const connections = all.filter(({ is_offered: isOffered, enabled }) => isOffered || enabled);
  const nothingYet = connections.every(({ live, draft, enabled }) => !live && !draft && !enabled);
  return [
    h('h2', { id: 'view-title', class: 'hidden', tabindex: '-1' }, 'Identity providers'),
    h('p', { class: 'lead' }, nothingYet
      ? 'Choose the provider that your people sign in with. Its guide leads you through the set-up in about ten minutes.'
      : 'Enable offers a provider to your people. Enforce makes it the only way in.'),
    liftNotice(connections),
    h('ul', { class: 'providers' }, connections.map((connection) => providerRow(page, connection))),
  ];
}

/**
 * @param {Page} page
 * @param {Connection} connection
 */
function providerRow(page, connection) {
  const { provider, name, enabled, enforced, warnings } = connection;
  const status = statusOf(connection);
  const extra = [
    connection.draft && connection.live && 'A draft waits.',
    warnings.length > 0 && `${count(warnings.length, 'thing')} to look at.`,
  ].filter(Boolean);
  return h(
    'li',
    { class: 'provider' },
    h(
      'div',
      { class: 'provider-row' },
      monogram(provider),
      h(
        'a',
        { class: 'provider-name', id: `open-${provider}`, href: `#/providers/${provider}` },
        h('span', { class: 'provider-title' }, name, icon('next')),
        h('span', { class: 'hint' }, [status.long, ...extra].join(' ')),
      ),
      status.short && h('span', { class: `badge badge-${status.tone}` }, status.short),
      h(
        'div',
        { class: 'provider-switches' },
        switchWithWord('Enable', `enable-${provider}`, name, enabled, (wanted) => enable(page, connection, wanted)),
        switchWithWord('Enforce', `enforce-${provider}`, name, enforced, (wanted) => enforce(page, connection, wanted)),
      ),
    ),
    connectionProblem(page, connection),
  );
}

/**
 * @param {string} word
 * @param {string} id
 * @param {string} name
 * @param {boolean} isOn
 * @param {(wanted: boolean) => Promise<void>} flip
 */
function switchWithWord(word, id, name, isOn, flip) {
  return h(
    'div',
    { class: 'switch-with-word' },
    toggle({ id, label: `${word} ${name}`, description: '', isOn, isShort: true, flip }),
    h('span', { class: 'switch-word', 'aria-hidden': 'true' }, word),
  );
}

/** @param {import('./types.js').Kind} kind */
export function monogram(kind) {
  return h('span', { class: `monogram monogram-${kind}`, 'aria-hidden': 'true' }, MONOGRAMS[kind]);
}
