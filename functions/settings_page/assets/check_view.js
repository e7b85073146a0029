// The check: what can be told of the settings before anybody signs in, as a list that fills in.

import { button } from './controls.js';
import { h } from './dom.js';
import { problemBox } from './feedback.js';
import { findingView } from './finding_view.js';
import { count } from './words.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */
/** @typedef {import('./types.js').Probe} Probe */
/** @typedef {import('./types.js').Mend} Mend */

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
 * @param {Page} page
 * @param {Connection} connection
 */
export function checkView(page, connection) {
  const { provider, draft, live } = connection;
  const problem = problemBox(page.state.problems.get(`check-${provider}`), { id: `problem-check-${provider}` });
  const checking = page.state.checks.get(provider);
  // One of a version that was rolled back or thrown away says nothing of what stands now.
  if (!checking || ![null, (draft ?? live)?.number].includes(checking.version)) return problem;
  const { answer } = checking;
  return h(
    'section',
    { class: 'card check', 'aria-labelledby': 'check-title', 'aria-busy': answer ? null : 'true' },
    h('h3', { id: 'check-title', tabindex: '-1' }, 'Check'),
    h('p', { class: 'hint', role: 'status' }, sumOf(page, connection)),
    answer?.mends.map((mend) => offer(page, connection, mend)),
    h('ul', { class: 'probes' }, answer ? answer.probes.map((probe) => line(page, connection, probe)) : pending()),
    problem,
  );
}

/** @param {Page} page @param {Connection} connection */
function sumOf({ state }, { provider, draft }) {
  const checking = state.checks.get(provider);
  if (!checking?.answer) return 'Your provider is being asked. This takes a few seconds.';
  const number = checking.version;
  const what = number === null ? 'What is typed: ' : draft ? 'The saved draft: ' : 'What is live: ';
  const found = checking.answer.probes.filter((probe) => probe.state === 'finding').length;
  return `${what}${found ? `${count(found, 'thing')} to mend.` : 'nothing wrong was found. Press Try it to be sure.'}`;
}

function pending() {
  return Object.entries(LABELS)
    .filter(([name]) => name !== 'typed_values')
    .map(([, label]) => h('li', {}, h('div', { class: 'card-head' }, h('strong', {}, label), h('span', { class: 'badge badge-pending' }, 'Asking…'))));
}

/** @param {Page} page @param {Connection} connection @param {Probe} probe */
function line(page, { provider }, { name, state, message, finding }) {
  const { words, tone } = STATES[state];
  const mark = finding && finding.severity !== 'error' ? { words: 'Look at this', tone } : { words, tone: finding ? 'bad' : tone };
  return h(
    'li',
    { class: 'probe' },
    h('div', { class: 'card-head' }, h('strong', {}, LABELS[name] ?? name), h('span', { class: `badge badge-${mark.tone}` }, mark.words)),
    finding ? findingView(page, provider, finding, message) : h('p', {}, message),
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
