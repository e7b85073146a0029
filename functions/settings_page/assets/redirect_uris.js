// The two addresses to register at the provider.

import { copyable } from './controls.js';
import { h } from './dom.js';
import { secondAddress } from './second_address.js';

/** @typedef {import('./types.js').Connection} Connection */

/** @param {import('./main.js').Page} page @param {Connection} connection */
export function redirectUris(page, connection) {
  const { name, redirect_uris: uris } = connection;
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'uris-title' },
    h('h3', { id: 'uris-title' }, 'Redirect URIs'),
    h('p', { class: 'hint' }, `Register ${uris.length > 1 ? 'both' : 'this address'} at ${name}, exactly as shown here.`),
    h('ol', { class: 'uris' }, uris.map((entry) => h('li', {}, uri(entry)))),
    uris.length > 1 && secondAddress(page, connection),
  );
}

/** @param {{name: string, uri: string}} entry */
function uri({ name, uri: address }) {
  return copyable(name === 'authsso' ? 'first redirect URI' : 'second redirect URI', address);
}
