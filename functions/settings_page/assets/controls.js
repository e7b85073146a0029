// Buttons and switches that wait for what they started, and values that can be copied.

import { h, icon } from './dom.js';
import { toast } from './feedback.js';

/**
 * A button that does one thing at a time and shows that it is at it.
 *
 * @param {string} text
 * @param {() => Promise<void>|void} action
 * @param {{id?: string, tone?: 'main'|'danger'|'quiet', type?: string, label?: string}} [options]
 */
export function button(text, action, { id, tone, type = 'button', label } = {}) {
  const element = h(
    'button',
    { type, id, class: `button${tone ? ` button-${tone}` : ''}`, 'aria-label': label, onclick: press },
    text,
  );
  async function press() {
    if (element.getAttribute('aria-busy')) return;
    element.setAttribute('aria-busy', 'true');
    await action();
    element.removeAttribute('aria-busy');
  }
  return element;
}

/**
 * A switch. It moves when the change is made, not before.
 *
 * @param {{id: string, label: string, description: string|Node, isOn: boolean, isShort?: boolean,
 *   flip: (wanted: boolean) => Promise<void>}} options isShort: the label is heard, not seen.
 */
export function toggle({ id, label, description, isOn, isShort = false, flip }) {
  const box = /** @type {HTMLInputElement} */ (
    h('input', {
      type: 'checkbox',
      role: 'switch',
      id,
      class: 'switch',
      checked: isOn,
      'aria-describedby': description ? `${id}-about` : null,
      onclick: press,
    })
  );
  /** @param {Event} event */
  async function press(event) {
    event.preventDefault();
    if (box.getAttribute('aria-busy')) return;
    box.setAttribute('aria-busy', 'true');
    await flip(!isOn);
    box.removeAttribute('aria-busy');
  }
  const words = h(
    'span',
    { class: isShort ? 'hidden' : 'toggle-words' },
    h('label', { for: id, class: 'toggle-label' }, label),
    description && h('span', { id: `${id}-about`, class: 'hint' }, description),
  );
  return h('div', { class: 'toggle' }, words, box);
}

/**
 * A value with a button that copies it.
 *
 * @param {string} name What it is, for the button's name and the confirmation.
 * @param {string} value
 */
export function copyable(name, value) {
  const copy = h(
    'button',
    { type: 'button', class: 'button copy', 'aria-label': `Copy ${name}`, onclick: press },
    icon('copy'),
    h('span', {}, 'Copy'),
  );
  async function press() {
    await copyText(value);
    toast(`Copied: ${name}.`);
    copy.replaceChildren(icon('check'), h('span', {}, 'Copied'));
    setTimeout(() => copy.replaceChildren(icon('copy'), h('span', {}, 'Copy')), 2500);
  }
  return h('div', { class: 'copyable' }, h('code', {}, value), copy);
}

/**
 * Copy by the clipboard API, or, in a frame that may not use it, from a field.
 *
 * @param {string} text
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = /** @type {HTMLTextAreaElement} */ (h('textarea', { class: 'hidden', value: text }));
    const before = /** @type {HTMLElement|null} */ (document.activeElement);
    (document.querySelector('dialog[open]') ?? document.body).append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
    before?.focus();
  }
}

/**
 * A part that is closed until it is wanted, and stays open while the page is drawn anew.
 *
 * @param {Set<string>} opened
 * @param {string} id
 * @param {string} title
 * @param {...import('./dom.js').Child} content
 */
export function disclosure(opened, id, title, ...content) {
  const details = /** @type {HTMLDetailsElement} */ (
    h(
      'details',
      { id, class: 'disclosure', open: opened.has(id), ontoggle: remember },
      h('summary', { id: `${id}-summary` }, icon('next'), title),
      h('div', { class: 'disclosure-content' }, ...content),
    )
  );
  function remember() {
    if (details.open) opened.add(id);
    else opened.delete(id);
  }
  return details;
}
