// The client secret: written, never read back; what is known of the stored one is said in words.

import { h, show } from './dom.js';
import { field, mistakeText } from './fields.js';
import { fittingSecret } from './form_values.js';
import { dateOf, expiryOf } from './words.js';

/** @typedef {import('./types.js').Connection} Connection */
/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {import('./problem.js').Problem} Problem */

const ID = 'field-client_secret';

/**
 * @param {Connection} connection
 * @param {Values} values
 * @param {Problem|undefined} problem
 * @param {HTMLElement} note
 * @returns {{element: HTMLElement, refresh: () => void}} refresh: call it when something was typed.
 */
export function secretField(connection, values, problem, note) {
  const element = h('div', {});
  const hasOne = Boolean(connection.draft ?? connection.live);
  let shown = '';

  function refresh() {
    const stored = fittingSecret(values, connection);
    const keeps = stored && !values.replaces_secret && !values.client_secret;
    const wanted = keeps ? 'stored' : stored ? 'replace' : 'new';
    if (wanted === shown) return;
    shown = wanted;
    show(element, keeps ? storedSecret(stored, problem, replace) : input(stored !== null));
  }

  function replace() {
    values.replaces_secret = true;
    refresh();
    document.getElementById(ID)?.focus();
  }

  function keep() {
    values.replaces_secret = false;
    values.client_secret = '';
    refresh();
    document.getElementById(ID)?.focus();
  }

  /** @param {boolean} mayKeep */
  function input(mayKeep) {
    const described = connection.fields.find(({ name }) => name === 'client_secret');
    const why = hasOne && !mayKeep
      ? 'A stored secret belongs to its Client ID and Discovery URL. You changed one of them, so enter the secret again. '
      : '';
    const options = { name: 'client_secret', label: described?.label ?? 'Client Secret', hint: why + (described?.hint ?? ''), mistakes: problem?.of('client_secret'), note };
    return field(options, (properties) => secretInput(properties, values, mayKeep ? keep : null));
  }

  refresh();
  return { element, refresh };
}

/**
 * @param {Record<string, unknown>} properties
 * @param {Values} values
 * @param {(() => void)|null} keep Goes back to the stored one.
 */
function secretInput(properties, values, keep) {
  const box = /** @type {HTMLInputElement} */ (
    h('input', {
      ...properties,
      type: 'password',
      value: values.client_secret,
      autocomplete: 'new-password',
      spellcheck: 'false',
      oninput: () => { values.client_secret = box.value; },
    })
  );
  const look = h('button', { type: 'button', class: 'button', 'aria-pressed': 'false', onclick: reveal }, 'Show');
  function reveal() {
    const hides = box.type === 'text';
    box.type = hides ? 'password' : 'text';
    look.setAttribute('aria-pressed', String(!hides));
  }
  return h(
    'div',
    { class: 'with-button' },
    box,
    look,
    keep && h('button', { type: 'button', class: 'button', onclick: keep }, 'Keep the stored one'),
  );
}

/**
 * @param {import('./types.js').Secret} secret
 * @param {Problem|undefined} problem
 * @param {() => void} replace
 */
function storedSecret(secret, problem, replace) {
  const until = secret.expires_on ? `; ${expiryOf(secret.expires_on)}` : '';
  const mistakes = problem?.of('client_secret') ?? [];
  return h(
    'div',
    { class: `field${mistakes.length ? ' field-wrong' : ''}`, role: 'group', 'aria-labelledby': `${ID}-label` },
    h('span', { class: 'label', id: `${ID}-label` }, 'Client Secret'),
    mistakeText(ID, mistakes),
    h(
      'div',
      { class: 'stored' },
      h('span', {}, `Set on ${dateOf(secret.set_at)}${until}. It is never shown.`),
      h('button', { type: 'button', id: ID, class: 'button', onclick: replace }, 'Replace secret'),
    ),
  );
}
