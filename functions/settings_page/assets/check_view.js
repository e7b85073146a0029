// The check: what can be told of the settings before anybody signs in, as a list with its remedies.

import { attempt } from './attempts.js';
import { button } from './controls.js';
import { h } from './dom.js';
import { requestOf } from './form_values.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */
/**
 * @typedef {{name: string, state: 'ok'|'finding'|'cannot_tell', message: string, finding: Finding|null}} Probe
 * @typedef {{fix: string, provider_text: string, look_up_url: string|null}} Finding
 * @typedef {{field: 'client_id'|'client_secret'|'discovery_url', value: string}} Mend
 * @typedef {{probes: Probe[], mends: Mend[]}} Check
 */

/** @type {Record<string, string>} */
const LABELS = {
  typed_values: 'What is typed',
  discovery: 'Discovery URL',
  keys: 'Signing keys',
  clock: 'Clock',
  pkce: 'PKCE',
  client: 'Client ID and Client Secret',
  redirect_uri_authsso: 'First redirect URI',
  redirect_uri_cognito: 'Second redirect URI',
  method: 'Method',
};
const STATES = {
  ok: { words: 'Right', tone: 'good' },
  finding: { words: 'Mend this', tone: 'warning' },
  cannot_tell: { words: 'Cannot be told', tone: 'off' },
};

/**
 * Try what stands in the form, saved or not; nothing is changed by it.
 *
 * @param {Page} page
 * @param {Connection} connection
 */
export async function check(page, connection) {
  const { provider } = connection;
  page.state.checks.delete(provider);
  const ask = async () => {
    const { values } = page.state.typed(connection);
    page.state.checks.set(provider, await page.api.check(provider, requestOf(values)));
  };
  if (await attempt(page, `form-${provider}`, ask)) {
    document.getElementById('check-title')?.focus();
  }
}

/**
 * @param {Page} page
 * @param {Connection} connection
 */
export function checkView(page, connection) {
  const found = page.state.checks.get(connection.provider);
  if (!found) return null;
  const wrong = found.probes.filter(({ state }) => state === 'finding').length;
  const sum = wrong ? `${wrong} to mend.` : 'Nothing wrong was found. Sign in once yourself to be sure.';
  return h(
    'section',
    { class: 'card check', 'aria-labelledby': 'check-title' },
    h('h3', { id: 'check-title', tabindex: '-1' }, 'Check'),
    h('p', { class: 'hint' }, sum),
    found.mends.map((mend) => offer(page, connection, mend)),
    h('ul', { class: 'probes' }, found.probes.map(probe)),
  );
}

/** @param {Probe} probe */
function probe({ name, state, message, finding }) {
  const { words, tone } = STATES[state];
  return h(
    'li',
    {},
    h('div', { class: 'card-head' }, h('strong', {}, LABELS[name] ?? name), h('span', { class: `badge badge-${tone}` }, words)),
    h('p', {}, message),
    finding && h('p', { class: 'hint' }, finding.fix),
    finding?.provider_text && h('p', { class: 'hint' }, 'Your provider says: ', h('q', {}, finding.provider_text)),
    finding?.look_up_url && h('p', {}, h('a', { href: finding.look_up_url, rel: 'noreferrer', target: '_blank' }, 'Look it up at Microsoft')),
  );
}

/**
 * A better value, taken over with one press.
 *
 * @param {Page} page
 * @param {Connection} connection
 * @param {Mend} mend
 */
function offer({ state }, connection, { field, value }) {
  const take = () => {
    state.typed(connection).values[field] = value;
    state.checks.delete(connection.provider);
    state.changed();
    document.getElementById(`field-${field}`)?.focus();
  };
  return h('p', {}, button(`Use ${value}`, take, { id: `mend-${field}` }));
}
