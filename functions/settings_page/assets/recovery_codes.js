// New recovery codes: made on demand, shown once, to be kept by the person.

import { attempt } from './attempts.js';
import { button, copyable, copyText } from './controls.js';
import { h } from './dom.js';
import { ask, openDialog, toast } from './feedback.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').PageConfig} PageConfig */

/**
 * @param {Page} page
 * @param {boolean} hasSome Codes that would stop working.
 * @returns {Promise<void>} When the person has put them away, or wants none.
 */
export async function makeCodes(page, hasSome) {
  const agreed = !hasSome || (await ask({
    title: 'Make new recovery codes?',
    text: ['The codes that you have stop working at once.'],
    yes: 'Make new codes',
  }));
  if (!agreed) return;
  /** @type {string[]} */
  let codes = [];
  const done = await attempt(page, 'codes', async () => {
    codes = (await page.api.makeRecoveryCodes()).codes;
  });
  if (done) await showOnce(codes, page.config);
}

/**
 * @param {string[]} codes
 * @param {PageConfig} config
 * @returns {Promise<void>}
 */
function showOnce(codes, config) {
  const text = asText(codes, config);
  const copy = async () => {
    await copyText(text);
    toast('Copied: recovery codes.');
  };
  const dialog = openDialog(
    'Your recovery codes',
    [
      h('p', {}, 'They are shown this once. Keep them where you can reach them without signing in: in a safe, or in a password manager.'),
      h('p', {}, 'When your provider fails, enter one of them at this address, without signing in. Keep it with the codes:'),
      copyable('address for recovery codes', config.recovery_url),
      h('ol', { class: 'codes' }, codes.map((code) => h('li', {}, h('code', {}, code)))),
      h('div', { class: 'actions' }, button('Copy all', copy), button('Download', () => download(text))),
    ],
    h('button', { type: 'button', class: 'button button-main', onclick: () => dialog.close() }, 'I have stored them'),
  );
  keepOpen(dialog);
  return new Promise((resolve) => dialog.addEventListener('close', () => resolve()));
}

/**
 * Escape would lose the codes. To prevent `cancel` is not enough: a second Escape in a row closes the
 * dialog all the same. `closedby` does it; the key is taken for browsers that do not know it.
 *
 * @param {HTMLDialogElement} dialog
 */
function keepOpen(dialog) {
  const take = (/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && event.preventDefault();
  dialog.setAttribute('closedby', 'none');
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  document.addEventListener('keydown', take); // after a click on plain text no element has the focus
  dialog.addEventListener('close', () => document.removeEventListener('keydown', take));
}

/**
 * What is kept: codes without the address would help nobody.
 *
 * @param {string[]} codes
 * @param {PageConfig} config
 */
function asText(codes, { product_name: product, recovery_url: address }) {
  return `Recovery codes for single sign-on at ${product}\nUse one at ${address}\n\n${codes.join('\n')}\n`;
}

/** @param {string} text */
function download(text) {
  const file = new Blob([text], { type: 'text/plain' });
  const address = URL.createObjectURL(file);
  h('a', { href: address, download: 'recovery-codes.txt' }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
