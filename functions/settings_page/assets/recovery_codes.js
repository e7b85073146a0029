// New recovery codes: made on demand, shown once, to be kept by the person.

import { attempt } from './attempts.js';
import { button, copyText } from './controls.js';
import { h } from './dom.js';
import { ask, openDialog, toast } from './feedback.js';

/** @typedef {import('./main.js').Page} Page */

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
  if (done) await showOnce(codes, page.config.product_name);
}

/**
 * @param {string[]} codes
 * @param {string} product
 * @returns {Promise<void>}
 */
function showOnce(codes, product) {
  const text = codes.join('\n');
  const copy = async () => {
    await copyText(text);
    toast('Copied: recovery codes.');
  };
  const dialog = openDialog(
    'Your recovery codes',
    [
      h('p', {}, 'They are shown this once. Keep them where you can reach them without signing in: in a safe, or in a password manager.'),
      h('ol', { class: 'codes' }, codes.map((code) => h('li', {}, h('code', {}, code)))),
      h('div', { class: 'actions' }, button('Copy all', copy), button('Download', () => download(text, product))),
    ],
    h('button', { type: 'button', class: 'button button-main', onclick: () => dialog.close() }, 'I have stored them'),
  );
  dialog.addEventListener('cancel', (event) => event.preventDefault()); // Escape would lose them
  return new Promise((resolve) => dialog.addEventListener('close', () => resolve()));
}

/**
 * @param {string} text
 * @param {string} product
 */
function download(text, product) {
  const file = new Blob([`Recovery codes for single sign-on at ${product}\n\n${text}\n`], { type: 'text/plain' });
  const address = URL.createObjectURL(file);
  h('a', { href: address, download: 'recovery-codes.txt' }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
