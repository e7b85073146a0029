// How the second address stands: at the Cognito domain it is set up some seconds after Enable.

import { renew } from './checks.js';
import { h } from './dom.js';
import { part, redraw } from './redrawing.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */

const STATES = {
  off: 'Not in use.',
  on: 'Ready.',
  working: 'Being set up; ready in a moment.',
  unavailable: 'Not available for this connection.',
};
const FIRST_LOOK = 1000;
const LONGEST_PAUSE = 30_000;
const GIVES_UP = 300_000;

/** @param {Page} page @param {Connection} connection */
export function secondAddress(page, connection) {
  const { provider } = connection;
  const now = () => page.state.connection(provider) ?? connection;
  watch(page, provider);
  return h('div', { role: 'status' }, part('second-address', () => [sentence(now())]));
}

/** @param {Connection} connection */
function sentence({ cognito_domain: { state, message } }) {
  const told = ['off', 'unavailable'].includes(state) && message ? message : STATES[state];
  return h('p', { class: 'hint' }, h('strong', {}, 'Second address: '), told);
}

/**
 * Ask again, at growing pauses, until it is settled or nobody looks at it any more. Once for each
 * state of the connection, however often the view is drawn.
 *
 * @param {Page} page
 * @param {import('./types.js').Kind} kind
 */
function watch(page, kind) {
  const { state } = page;
  const awaited = state.connection(kind)?.etag ?? null;
  const began = Date.now();
  if (!isWorking() || state.awaited.get(kind) === awaited) return;
  state.awaited.set(kind, awaited);
  let pause = FIRST_LOOK;
  setTimeout(look, pause);

  async function look() {
    if (state.awaited.get(kind) !== awaited) return;
    if (!location.hash.startsWith(`#/providers/${kind}`) || !isWorking()) {
      state.awaited.delete(kind);
      return;
    }
    await renew(page, kind);
    if (!isWorking()) redraw('second-address');
    pause = Math.min(pause * 2, LONGEST_PAUSE);
    if (Date.now() - began < GIVES_UP) setTimeout(look, pause);
  }

  function isWorking() {
    return state.connection(kind)?.cognito_domain.state === 'working';
  }
}
