// One sign-in from its beginning to its end: how it ended, why, the timeline, what the provider sent.

import { copyable, disclosure } from './controls.js';
import { h } from './dom.js';
import { findingView, speakerOf } from './finding_view.js';
import { timeline } from './timeline.js';
import { decisionOf, outcomeOf, sentenceOf } from './trace_words.js';
import { momentOf } from './words.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').SignInDetail} SignInDetail */

const ATTRIBUTES = { name: 'Name', email: 'E-mail', given_name: 'Given name', family_name: 'Family name' };

/**
 * @param {Page} page
 * @param {SignInDetail} signIn
 * @param {'h3'|'h4'} heading Of its parts.
 */
export function traceView(page, signIn, heading) {
  const { provider, kind, outcome, findings, reference } = signIn;
  const speaker = speakerOf(page, provider);
  const [tone, words] = outcomeOf(signIn);
  const decision = decisionOf(signIn);
  return h(
    'div',
    { class: 'trace' },
    h('p', { class: 'trace-outcome' }, h('span', { class: `badge badge-${tone}` }, words), h('strong', {}, sentenceOf(signIn, speaker))),
    decision && h('p', {}, decision, kind === 'test' && ' The test itself touched nobody.'),
    findings.map((finding) => findingView(page, provider, finding)),
    timeline(signIn, speaker),
    person(signIn, heading),
    signIn.groups.length > 0 && groups(page, signIn, heading),
    kind === 'test' && signIn.claims && claims(page, signIn),
    facts(page, signIn),
    outcome !== 'started' && h('div', { class: 'trace-reference' }, h('p', { class: 'hint' }, 'Reference'), copyable('reference', reference)),
  );
}

/** @param {SignInDetail} signIn @param {string} heading */
function person({ mapped, person: email, username, outcome }, heading) {
  const rows = Object.entries(ATTRIBUTES).map(([name, label]) => [label, mapped?.[name] ?? (name === 'email' ? email : null)]);
  const shown = rows.filter(([label, value]) => value || (mapped && label === 'E-mail'));
  if (!shown.length && !username) return null;
  return h(
    'section',
    { 'aria-label': 'Who this is here' },
    h(heading, {}, 'Who this is here'),
    h(
      'dl',
      { class: 'facts' },
      shown.map(([label, value]) => [h('dt', {}, label), h('dd', {}, value ?? 'not received')]).flat(),
      h('dt', {}, 'User'),
      h('dd', {}, username ?? (outcome === 'signed_in' ? 'a new one' : 'none')),
    ),
  );
}

/** @param {Page} page @param {SignInDetail} signIn @param {string} heading */
function groups({ state }, { groups: all, provider }, heading) {
  const lines = all.map(({ name, cognito_group: ours }) =>
    h('li', {}, h('span', {}, name), h('span', { 'aria-hidden': 'true' }, '→'), h('span', { class: 'hidden' }, 'leads to'), ours ? h('strong', {}, ours) : h('span', { class: 'hint' }, 'not mapped')),
  );
  const mapped = all.filter((group) => group.cognito_group).length;
  const list = h('ul', { class: 'group-map' }, lines);
  const sum = `${mapped} of ${all.length} lead to a group here, with what is saved now.`;
  return h(
    'section',
    { 'aria-label': 'Groups' },
    h(heading, {}, 'Groups'),
    h('p', { class: 'hint' }, sum),
    all.length > 12 ? disclosure(state.opened, `groups-of-${provider}`, 'All groups', list) : list,
  );
}

/** @param {Page} page @param {SignInDetail} signIn */
function claims({ state }, { claims: received, reference }) {
  const rows = Object.entries(received ?? {}).map(([name, value]) => [
    h('dt', {}, h('code', {}, name)),
    h('dd', {}, typeof value === 'string' ? value : JSON.stringify(value)),
  ]);
  return disclosure(state.opened, `claims-${reference}`, `Claims received (${rows.length})`, h('dl', { class: 'facts claims' }, rows.flat()));
}

/** @param {Page} page @param {SignInDetail} signIn */
function facts({ state }, { kind, provider, version, started_at: at, application, callback }) {
  const connection = state.connection(provider);
  const which = version === connection?.draft?.number ? 'the draft' : version === connection?.live?.number ? 'what is live' : `version ${version}`;
  const words = [`${kind === 'test' ? 'Test sign-in' : 'Sign-in'} through ${connection?.name ?? provider}, ${which}`, momentOf(at)];
  return h('p', { class: 'hint' }, words.join(', '), application && `, for the application ${application}`, callback === 'cognito' && ', at the Cognito domain', '.');
}
