// The two addresses to register at the provider.

import { copyable } from './controls.js';
import { h } from './dom.js';

/** @typedef {import('./types.js').Connection} Connection */

const COGNITO_STATES = {
  off: 'Not in use.',
  on: 'Ready.',
  working: 'Being set up; ready in a moment.',
  unavailable: 'Not available for this connection.',
};

/** @param {Connection} connection */
export function redirectUris(connection) {
  const { name, redirect_uris: uris, cognito_domain: cognito } = connection;
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'uris-title' },
    h('h3', { id: 'uris-title' }, 'Redirect URIs'),
    h('p', { class: 'hint' }, `Register ${uris.length > 1 ? 'both' : 'this address'} at ${name}, exactly as shown here.`),
    h('ol', { class: 'uris' }, uris.map((entry) => h('li', {}, uri(entry)))),
    uris.length > 1 && cognito && h('p', { class: 'hint' }, h('strong', {}, 'Second address: '), stateOf(cognito)),
  );
}

/** @param {{name: string, uri: string}} entry */
function uri({ name, uri: address }) {
  return copyable(name === 'authsso' ? 'first redirect URI' : 'second redirect URI', address);
}

/** @param {{state: keyof typeof COGNITO_STATES, message: string}} domain */
function stateOf({ state, message }) {
  return ['off', 'unavailable'].includes(state) && message ? message : COGNITO_STATES[state];
}
