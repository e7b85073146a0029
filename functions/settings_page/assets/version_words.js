// A version of a connection in words, and where two versions differ.

import { dateOf, expiryOf } from './words.js';

/** @typedef {import('./types.js').Version} Version */
/** @typedef {{label: string, before: string, after: string, differs: boolean}} Row */

/** @type {[string, (version: Version) => string][]} */
const LINES = [
  ['Discovery URL', (version) => version.discovery_url],
  ['Client ID', (version) => version.client_id],
  ['Client Secret', ({ secret }) => (secret.is_set ? `Set on ${dateOf(secret.set_at)}` : 'None')],
  ['Secret expiry', ({ secret }) => (secret.expires_on ? sentence(expiryOf(secret.expires_on)) : 'Not entered')],
  ['Method', (version) => version.method],
  ['Client authentication', (version) => version.client_authentication],
  ['Response mode', (version) => version.response_mode],
  ['Scopes', (version) => version.scopes.join(' ')],
  ['Attributes', (version) => pairs(version.attribute_mapping)],
  ['Groups', (version) => pairs(version.group_mapping) || 'None'],
  ['Sign-out at the provider', (version) => (version.logout_at_provider ? 'Yes' : 'No')],
];
const ALWAYS = ['Discovery URL', 'Client ID', 'Client Secret', 'Method'];

/**
 * Compare two versions, line by line.
 *
 * @param {Version|null} before
 * @param {Version|null} after
 * @returns {Row[]}
 */
export function compare(before, after) {
  return LINES.map(([label, say]) => {
    const [old, now] = [before ? say(before) : '', after ? say(after) : ''];
    const isNewSecret = label === 'Client Secret' && before?.secret.set_at !== after?.secret.set_at;
    return { label, before: old, after: now, differs: old !== now || isNewSecret };
  });
}

/**
 * The lines worth showing: the four that everybody knows, and those that differ.
 *
 * @param {Row[]} rows
 */
export function worthShowing(rows) {
  return rows.filter((row) => row.differs || ALWAYS.includes(row.label));
}

/** @param {Record<string, string>} mapping */
function pairs(mapping) {
  return Object.entries(mapping)
    .map(([one, other]) => (one === other ? one : `${one} → ${other}`))
    .join(', ');
}

/** @param {string} text */
function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
