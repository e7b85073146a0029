// Emergency access: who may still use a password, and one-time codes, for the day the provider fails.

import { attempt } from './attempts.js';
import { button, copyable } from './controls.js';
import { h } from './dom.js';
import { notice, problemBox, toast } from './feedback.js';
import { textField } from './fields.js';
import { makeCodes } from './recovery_codes.js';
import { count, dateOf } from './words.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').EmergencyAccess} EmergencyAccess */

let typed = '';

/** @param {Page} page */
export function emergencyView(page) {
  const emergency = page.state.emergency;
  if (!emergency) return [];
  return [
    h('h2', { id: 'view-title', class: 'hidden', tabindex: '-1' }, 'Emergency access'),
    h('p', { class: 'lead' }, 'When your provider fails, nobody can sign in with it. Prepare at least one way past it before you enforce it.'),
    namedUsers(page, emergency),
    recoveryCodes(page, emergency),
  ];
}

/** @param {Page} page @param {EmergencyAccess} emergency */
function namedUsers(page, emergency) {
  const problem = page.state.problems.get('emergency');
  const isOvertaken = problem?.code === 'changed_meanwhile';
  const mistakes = isOvertaken ? [] : problem?.of('users') ?? [];
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'users-title' },
    h('h3', { id: 'users-title' }, 'People who may still use their password'),
    h('p', { class: 'hint' }, 'Name two whom you trust, with strong passwords. Keep the list short.'),
    emergency.users.length
      ? h('ul', { class: 'rows' }, emergency.users.map((user) => userRow(page, emergency, user)))
      : h('p', { class: 'empty' }, 'Nobody is named yet.'),
    isOvertaken && notice('warning', problem.title, h('p', {}, 'The list is up to date now. Make your change once more.')),
    problem && !isOvertaken && !mistakes.length && problemBox(problem, { id: 'problem-emergency' }),
    h(
      'form',
      { class: 'form field-and-button', novalidate: true, 'aria-label': 'Name a person', onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
      textField({
        name: 'users',
        label: 'E-mail address',
        mistakes,
        type: 'email',
        placeholder: 'ada@acme.example',
        value: typed,
        typed: (text) => { typed = text; },
      }),
      button('Add person', () => add(page, emergency), { id: 'add-person', type: 'submit' }),
    ),
  );
}

/** @param {Page} page @param {EmergencyAccess} emergency @param {EmergencyAccess['users'][number]} user */
function userRow(page, emergency, { username, email, name }) {
  const rest = addressesOf(emergency).filter((address) => address !== email);
  const remove = async () => void (await save(page, rest, emergency.etag, `${email ?? username} is removed.`));
  return h(
    'li',
    {},
    h('span', {}, name && h('strong', {}, name), name && ' ', h('span', { class: name ? 'hint inline' : '' }, email ?? username)),
    button('Remove', remove, { tone: 'quiet', label: `Remove ${email ?? username}` }),
  );
}

/** @param {EmergencyAccess} emergency @returns {string[]} */
function addressesOf({ users }) {
  return users.flatMap(({ email }) => email ?? []);
}

/** @param {Page} page @param {EmergencyAccess} emergency */
async function add(page, emergency) {
  const email = typed.trim();
  const done = await save(page, [...addressesOf(emergency), email], emergency.etag, `${email} may use a password in an emergency.`);
  if (done) typed = '';
  page.state.changed();
  document.getElementById('field-users')?.focus();
}

/** @param {Page} page @param {string[]} users @param {string} etag @param {string} words */
async function save(page, users, etag, words) {
  const done = await attempt(page, 'emergency', async () => {
    take(page, await page.api.nameEmergencyUsers(users, etag));
  });
  if (done) toast(words);
  else if (page.state.problems.get('emergency')?.code === 'changed_meanwhile') {
    take(page, await page.api.emergencyAccess()); // the list as it is now; what was typed stays
    page.state.changed();
  }
  return done;
}

/** @param {Page} page @param {EmergencyAccess} emergency */
function recoveryCodes(page, { recovery_codes: codes }) {
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'codes-title' },
    h('h3', { id: 'codes-title' }, 'Recovery codes'),
    h('p', { class: 'hint' }, 'Each code works once. It lifts the enforcement for your organisation for one hour, so that passwords work.'),
    h('p', {}, codes.made_at === null
      ? 'There are none yet.'
      : h('span', {}, h('strong', {}, `${count(codes.left, 'code')} left`), ` of those made on ${dateOf(codes.made_at)}.`)),
    h('p', {}, 'A code is entered at this address, without signing in:'),
    copyable('address for recovery codes', page.config.recovery_url),
    problemBox(page.state.problems.get('codes'), { id: 'problem-codes' }),
    h('div', { class: 'actions' }, button(codes.made_at === null ? 'Make recovery codes' : 'Make new codes…', () => renew(page, codes.made_at !== null), { id: 'make-codes' })),
  );
}

/** @param {Page} page @param {boolean} hasSome */
async function renew(page, hasSome) {
  await makeCodes(page, hasSome);
  await page.state.attempt('codes-count', async () => take(page, await page.api.emergencyAccess()));
}

/** @param {Page} page @param {EmergencyAccess} emergency */
function take({ state }, emergency) {
  state.emergency = emergency;
  if (state.overview) state.overview.emergency_access = emergency;
}
