// Sign-ins: who signed in, who did not and why; the newest first. Each opens with its timeline.

import { attempt } from './attempts.js';
import { button } from './controls.js';
import { h, icon } from './dom.js';
import { problemBox } from './feedback.js';
import { selectField, textField } from './fields.js';
import { explainView } from './explain_view.js';
import { part } from './redrawing.js';
import { traceView } from './trace_view.js';
import { outcomeOf } from './trace_words.js';
import { momentOf } from './words.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').SignIn} SignIn */

/** @type {[string, string][]} */
const OUTCOMES = [
  ['', 'All'],
  ['signed_in', 'Signed in'],
  ['refused', 'Refused'],
  ['started', 'Under way, or never came back'],
];
const REFERENCE = /^[A-Z2-7]{8}$/;
const wanted = { outcome: '', person: '', reference: '', isNoReference: false };

/** What the address asks for: one sign-in, or the list. @param {Page} page */
export async function loadSignIns({ state, api }) {
  const reference = shownReference();
  state.signIn = reference ? await api.signIn(reference) : null;
  if (!reference) state.signIns = await api.signIns(wanted, null);
}

/** @param {Page} page */
export function signInsView(page) {
  return page.state.signIn ? oneSignIn(page, page.state.signIn) : list(page);
}

function shownReference() {
  return location.hash.split('/')[2] ?? '';
}

/** @param {Page} page @param {import('./types.js').SignInDetail} signIn */
function oneSignIn(page, signIn) {
  const { provider, kind, reference, outcome } = signIn;
  return [
    h('a', { class: 'back', href: '#/sign-ins' }, icon('back'), 'All sign-ins'),
    h('h2', { id: 'view-title', tabindex: '-1' }, `${kind === 'test' ? 'Test sign-in' : 'Sign-in'} ${reference}`),
    h('section', { class: 'card trial', 'aria-labelledby': 'view-title' }, traceView(page, signIn, 'h3')),
    outcome === 'never_came_back' && part('explain', () => [h('section', { class: 'card' }, explainView(page, provider))]),
  ];
}

/** @param {Page} page */
function list(page) {
  const { sign_ins: signIns, next } = page.state.signIns ?? { sign_ins: [], next: null };
  const isFiltered = Boolean(wanted.outcome || wanted.person);
  return [
    h('h2', { id: 'view-title', class: 'hidden', tabindex: '-1' }, 'Sign-ins'),
    h('p', { class: 'lead' }, 'Every sign-in of your people and every test sign-in, step by step. They are kept for some weeks.'),
    filters(page),
    problemBox(page.state.problems.get('sign-ins'), { id: 'problem-sign-ins' }),
    signIns.length > 0 && h('ul', { class: 'card sign-ins' }, signIns.map((signIn) => line(page, signIn))),
    signIns.length === 0 && h('p', { class: 'empty' }, isFiltered ? 'No sign-in fits this.' : 'Nobody has signed in yet. Press Try it at a provider for a test sign-in.'),
    next && h('div', { class: 'actions' }, button('Show older sign-ins', () => older(page), { id: 'older' })),
  ];
}

/** @param {Page} page */
function filters(page) {
  const mistakes = wanted.isNoReference
    ? [{ field: 'reference', code: '', message: 'This holds no reference.', fix: 'It has eight letters and digits, like K7QXM2PA.' }]
    : [];
  return h(
    'div',
    { class: 'card sign-in-filters' },
    h(
      'form',
      { class: 'field-and-button', novalidate: true, 'aria-label': 'Choose sign-ins', onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
      selectField({ name: 'outcome', label: 'Outcome', value: wanted.outcome, choices: OUTCOMES, typed: (value) => { wanted.outcome = value; } }),
      textField({ name: 'person', label: 'Person', placeholder: 'part of the e-mail address', value: wanted.person, typed: (text) => { wanted.person = text; } }),
      button('Show', () => reload(page), { id: 'show-sign-ins', type: 'submit' }),
    ),
    h(
      'form',
      { class: 'field-and-button', novalidate: true, 'aria-label': 'Find one sign-in', onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
      textField({ name: 'reference', label: 'Reference', hint: 'The person reads it on the error page.', mistakes, value: wanted.reference, typed: (text) => { wanted.reference = text; } }),
      button('Open', () => open(page), { id: 'open-reference', type: 'submit', label: 'Open the sign-in of this reference' }),
    ),
  );
}

/** @param {Page} page @param {SignIn} signIn */
function line({ state }, signIn) {
  const { reference, kind, provider, person, started_at: at, finding } = signIn;
  const [tone, words] = outcomeOf(signIn);
  return h(
    'li',
    {},
    h(
      'a',
      { href: `#/sign-ins/${reference}`, id: `sign-in-${reference}` },
      h('span', { class: 'sign-in-who' }, person ?? 'Not known who', kind === 'test' && h('span', { class: 'badge badge-test' }, 'Test')),
      h('span', { class: `badge badge-${tone}` }, words),
      h('span', { class: 'hint' }, `${momentOf(at)} · ${state.connection(provider)?.name ?? provider} · ${reference}`),
      finding && h('span', { class: 'sign-in-why' }, finding.message),
    ),
  );
}

/** @param {Page} page */
async function reload(page) {
  await attempt(page, 'sign-ins', async () => {
    page.state.signIns = await page.api.signIns(wanted, null);
  });
}

/** @param {Page} page */
async function older(page) {
  await attempt(page, 'sign-ins', async () => {
    const { state, api } = page;
    if (!state.signIns) return;
    const more = await api.signIns(wanted, state.signIns.next);
    state.signIns = { sign_ins: [...state.signIns.sign_ins, ...more.sign_ins], next: more.next };
  });
}

/** A reference, or a text that holds one. @param {Page} page */
async function open(page) {
  const alone = wanted.reference.trim().toUpperCase();
  const within = wanted.reference.match(/\b(?=[A-Z2-7]*[2-7])[A-Z2-7]{8}\b/)?.[0];
  const reference = REFERENCE.test(alone) ? alone : within;
  wanted.isNoReference = !reference;
  if (reference) {
    const found = await page.state.attempt('sign-ins', async () => void (await page.api.signIn(reference)));
    if (found) await page.go(`#/sign-ins/${reference}`);
    return;
  }
  // The press submits the form yet, which must still be there.
  await new Promise((later) => { setTimeout(later); });
  page.state.changed();
  document.getElementById('field-reference')?.focus();
}
