// How the page speaks: short confirmations, problems in place, questions before what cannot be undone.

import { h, icon } from './dom.js';

/** @typedef {import('./problem.js').Problem} Problem */
/** @typedef {import('./dom.js').Child} Child */

/**
 * Confirm what was done, seen and heard; one at a time. An open dialog has its own place for it, since
 * all else is out of reach meanwhile.
 *
 * @param {string} text
 */
export function toast(text) {
  const box = h('p', { class: 'toast' }, icon('check'), text);
  const places = document.querySelectorAll('.toasts');
  places[places.length - 1].replaceChildren(box);
  setTimeout(() => box.remove(), 6000);
}

/**
 * Something that the person should know.
 *
 * @param {'info'|'warning'|'problem'} tone
 * @param {Child} title
 * @param {...(Child | Child[])} more
 */
export function notice(tone, title, ...more) {
  return h(
    'div',
    { class: `notice notice-${tone}` },
    icon(tone),
    h('div', {}, h('p', { class: 'notice-title' }, title), ...more),
  );
}

/**
 * What was refused. A mistake in a field is a link to it by its label, where the fix stands too.
 *
 * @param {Problem|undefined} problem
 * @param {{id?: string, fieldId?: (name: string) => string|null, label?: (name: string) => string, help?: Child}} [options]
 */
export function problemBox(problem, { id, fieldId, label, help } = {}) {
  if (!problem) return null;
  const mistakes = problem.mistakes.map(({ field, message, fix }) => {
    const target = fieldId?.(field);
    if (!target) return h('li', {}, message, ' ', fix);
    const name = label?.(field) ?? '';
    const words = message.includes(name) ? message : `${name}: ${message}`;
    return h('li', {}, h('a', { href: `#${target}`, onclick: follow }, words));
  });
  const box = notice(
    'problem',
    problem.title,
    problem.detail && h('p', {}, problem.detail),
    problem.reference && h('p', {}, 'Reference: ', h('code', {}, problem.reference)),
    mistakes.length > 0 && h('ul', {}, mistakes),
    help,
  );
  box.setAttribute('role', 'alert');
  box.setAttribute('tabindex', '-1');
  if (id) box.id = id;
  return box;
}

/** @param {Event} event */
function follow(event) {
  event.preventDefault();
  const address = /** @type {HTMLAnchorElement} */ (event.currentTarget).hash;
  document.getElementById(address.slice(1))?.focus();
}

/**
 * Ask before something that others will notice.
 *
 * @param {{title: string, text: string[], yes: string, no?: string, isDangerous?: boolean}} question
 * @returns {Promise<boolean>}
 */
export function ask({ title, text, yes, no = 'Cancel', isDangerous = false }) {
  return new Promise((resolve) => {
    const tone = isDangerous ? 'button button-danger' : 'button button-main';
    const dialog = openDialog(
      title,
      text.map((line) => h('p', {}, line)),
      h('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, no),
      h('button', { type: 'button', class: tone, onclick: () => dialog.close('yes') }, yes),
    );
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'));
  });
}

/**
 * Open a dialog; it is gone when it is closed, and the focus is where it was.
 *
 * @param {string} title
 * @param {Child[]} content
 * @param {...Child} actions
 * @returns {HTMLDialogElement}
 */
export function openDialog(title, content, ...actions) {
  const dialog = /** @type {HTMLDialogElement} */ (
    h(
      'dialog',
      { class: 'dialog', 'aria-labelledby': 'dialog-title' },
      h('h2', { id: 'dialog-title' }, title),
      ...content,
      h('div', { class: 'dialog-actions' }, ...actions),
      h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' }),
    )
  );
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
  return dialog;
}
