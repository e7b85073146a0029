// A finding: what is wrong, who must act, how to put it right, and what the provider itself said.

import { copyable } from './controls.js';
import { h, icon } from './dom.js';
import { labelOf } from './field_labels.js';

/** @typedef {import('./types.js').Finding} Finding */

const TONES = { error: 'problem', warning: 'warning', note: 'info' };
/** What is no field of the form. @type {Record<string, string>} */
const PLACES = { redirect_uris: 'Redirect URIs', domains: 'E-mail domains' };
const ADVANCED = ['scopes', 'attribute_mapping', 'group_mapping', 'client_authentication'];

/**
 * @param {import('./main.js').Page} page
 * @param {string} kind Of the connection that it is about.
 * @param {Finding} finding
 * @param {string} [found] What is said in its place, when that was said by the one who looked.
 */
export function findingView(page, kind, finding, found = finding.message) {
  const { severity, provider_text: text, correlation_id: id, look_up_url: address } = finding;
  return h(
    'div',
    { class: `finding finding-${severity}` },
    icon(/** @type {'problem'|'warning'|'info'} */ (TONES[severity])),
    h(
      'div',
      {},
      h('p', { class: 'notice-title' }, found),
      finding.fix && h('p', {}, finding.fix),
      h('p', { class: 'finding-way' }, actor(page, kind, finding), ' ', wayTo(page, kind, finding.field)),
      text && h('p', { class: 'hint' }, `${speakerOf(page, kind)} says: `, h('q', {}, text)),
      id && h('div', { class: 'finding-id' }, h('p', { class: 'hint' }, 'Correlation ID, for the provider’s support:'), copyable('correlation ID', id)),
      address && h('p', {}, outside(address, 'Look it up at Microsoft')),
    ),
  );
}

/**
 * Who runs the provider's own pages.
 *
 * @param {import('./main.js').Page} page
 * @param {string} kind
 */
export function speakerOf({ state }, kind) {
  if (kind === 'azure') return 'Microsoft';
  return kind === 'oidc' ? 'Your provider' : state.connection(kind)?.name ?? 'Your provider';
}

/**
 * @param {import('./main.js').Page} page
 * @param {string} kind
 * @param {Finding} finding
 */
function actor(page, kind, { who }) {
  const speaker = speakerOf(page, kind);
  const at = speaker === 'Your provider' ? 'your provider' : speaker;
  const words = {
    provider_administrator: `To be done at ${at}, by its administrator.`,
    administrator: 'To be done by you, on this page.',
    employee: 'To be done by the person who signs in.',
    saas: `To be done by ${page.config.product_name}: ask their support, with the reference.`,
    nobody: 'Nobody has to act: wait a little, then try again.',
  };
  return h('span', { class: `actor actor-${who}` }, words[who]);
}

/**
 * The way to what it concerns.
 *
 * @param {import('./main.js').Page} page
 * @param {string} kind
 * @param {string|null} name
 */
function wayTo(page, kind, name) {
  const connection = page.state.connection(kind);
  if (!name || !connection) return null;
  const label = PLACES[name] ?? labelOf(connection, name);
  if (!label) return null;
  if (name === 'domains') return h('a', { href: '#/domains' }, `Go to ${label}`);
  return h('a', { href: `#/providers/${kind}`, onclick: follow }, `Go to ${label}`);

  /** @param {Event} event */
  async function follow(event) {
    event.preventDefault();
    if (ADVANCED.includes(/** @type {string} */ (name))) page.state.opened.add(`advanced-${kind}`);
    const hash = `#/providers/${kind}`;
    if (location.hash === hash) page.state.changed();
    else await page.go(hash);
    const target = document.getElementById(name === 'redirect_uris' ? 'uris' : `field-${name}`);
    target?.scrollIntoView({ block: 'center' });
    target?.focus({ preventScroll: true });
  }
}

/** @param {string} address @param {string} text */
export function outside(address, text) {
  return h(
    'a',
    { href: address, target: '_blank', rel: 'noopener noreferrer' },
    text,
    icon('outside'),
    h('span', { class: 'hidden' }, ' (opens in a new tab)'),
  );
}
