// What is said at a field while it is typed into, and of an address as soon as it is entered.

import { button } from './controls.js';
import { h, icon, show } from './dom.js';
import { findingView } from './finding_view.js';
import { requestOf } from './form_values.js';
import { typedMistakes } from './typed_rules.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */
/** @typedef {import('./types.js').Probe} Probe */
/** @typedef {import('./form_values.js').Values} Values */
/** probe: null while it is asked for. mend: a better address. @typedef {{of: string, probe: Probe|null, mend?: string}} AddressTold */

const FIELDS = ['client_id', 'client_secret', 'discovery_url'];
const PAUSE = 400;
let timer = 0;

/**
 * @param {Page} page
 * @param {Connection} connection
 * @param {Values} values
 * @param {import('./problem.js').Problem} [problem] What the server said; it is not said twice.
 */
export function typedNotes(page, connection, values, problem) {
  const { provider } = connection;
  const boxes = Object.fromEntries(FIELDS.map((name) => [name, h('div', { class: 'note', id: `field-${name}-note`, role: 'status' })]));
  const left = new Set(FIELDS.filter((name) => /** @type {any} */ (values)[name]));

  /** Judge again. @param {Event} [event] */
  function refresh(event) {
    const target = /** @type {HTMLElement|null} */ (event?.target ?? null);
    const name = target?.id.replace('field-', '') ?? '';
    if (event?.type === 'change') left.add(name);
    const known = (problem?.mistakes ?? []).map(({ code }) => code);
    const found = typedMistakes(provider, values).filter(({ field, code, complete }) => !known.includes(code) && (!complete || left.has(field)));
    for (const field of FIELDS) {
      const mistake = found.find((one) => one.field === field);
      say(field, mistake ? [mistakeNote(mistake)] : field === 'discovery_url' ? addressNote() : []);
      const input = document.getElementById(`field-${field}`);
      if (problem?.of(field).length || !input) continue;
      if (mistake) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    }
    if (event?.type === 'change' && ['client_id', 'discovery_url'].includes(name)) look();
  }

  /** @param {string} field @param {import('./dom.js').Child[]} content */
  function say(field, content) {
    const words = content.map((one) => (one instanceof Node ? one.textContent : one)).join();
    if (boxes[field].textContent !== words) show(boxes[field], ...content);
  }

  /** @param {import('./typed_rules.js').Found} mistake */
  function mistakeNote({ field, message, fix, mend: own }) {
    const mend = own ?? (field === 'discovery_url' ? told()?.mend : undefined);
    // What is typed may have changed since this was drawn, and the words not.
    const take = () => { use(field, typedMistakes(provider, values).find((one) => one.field === field)?.mend ?? /** @type {string} */ (mend)); };
    // A secret is never spelled out.
    const [words, label] = field === 'client_secret' ? ['Remove the blanks'] : ['Use this address', `Use this address: ${mend}`];
    return h('div', {}, h('p', { class: 'mistake' }, icon('problem'), h('span', {}, h('strong', {}, message), ` ${fix}`)), mend && button(words, take, { id: `use-${field}`, label }));
  }

  /** @param {string} field @param {string} value */
  function use(field, value) {
    const input = /** @type {HTMLInputElement} */ (document.getElementById(`field-${field}`));
    /** @type {any} */ (values)[field] = value;
    input.value = value;
    input.focus();
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** What was said of the address that stands there. */
  function told() {
    const known = page.state.addresses.get(provider);
    return known?.of === keyOf(values) ? known : undefined;
  }

  function addressNote() {
    const known = told();
    if (!known) return [];
    if (!known.probe) return [h('p', { class: 'hint waits' }, 'The address is being looked at.')];
    const { state, message, finding } = known.probe;
    if (finding) return [findingView(page, provider, finding, message)];
    return [h('p', { class: state === 'ok' ? 'well' : 'hint' }, state === 'ok' && icon('check'), message)];
  }

  /** Look at the discovery document; the secret stays here. */
  function look() {
    clearTimeout(timer);
    const key = keyOf(values);
    const isWrong = typedMistakes(provider, values).some(({ field, asks }) => field !== 'client_secret' && !asks);
    const { client_secret: _kept, ...body } = /** @type {any} */ (requestOf(values));
    if (isWrong || !body.client_id || !body.discovery_url || page.state.addresses.get(provider)?.of === key) return;
    timer = setTimeout(ask, PAUSE);

    async function ask() {
      if (keyOf(values) !== key) return;
      page.state.addresses.set(provider, { of: key, probe: null });
      refreshShown();
      const answer = await page.api.check(provider, body).catch(() => null);
      const asked = page.state.addresses.get(provider);
      if (asked?.of !== key) return;
      const probes = answer?.probes ?? [];
      const probe = probes.find(({ name, finding }) => name === 'typed_values' && finding?.field === 'discovery_url') ?? probes.find(({ name }) => name === 'discovery');
      asked.mend = answer?.mends.find(({ field }) => field === 'discovery_url')?.value;
      if (probe) asked.probe = probe;
      else page.state.addresses.delete(provider);
      refreshShown();
    }
  }

  return { boxes, refresh };
}

/** The form may have been drawn anew meanwhile. */
function refreshShown() {
  document.querySelector('form.form')?.dispatchEvent(new Event('noted'));
}

/** Stop an address from being looked at: all of it is checked now. */
export function lookNoMore() {
  clearTimeout(timer);
}

/** @param {Values} values */
function keyOf({ client_id: id, discovery_url: address }) {
  return `${id.trim()} ${address.trim()}`;
}
