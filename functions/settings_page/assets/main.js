// The start: config, access token, settings; then the view that the address names.

import { createApi } from './api.js';
import { connectionView } from './connection_view.js';
import { tokenFromDashboard } from './dashboard_token.js';
import { domainsView } from './domains_view.js';
import { h, show } from './dom.js';
import { emergencyView } from './emergency_view.js';
import { problemBox, toast } from './feedback.js';
import { historyView } from './history_view.js';
import { keepTyped, restoreTyped } from './kept_values.js';
import { PageState } from './page_state.js';
import { asProblem, Problem } from './problem.js';
import { providersView } from './providers_view.js';
import { loadSignIns, signInsView } from './sign_ins_view.js';
import { signInAlone } from './sign_in.js';

/**
 * What every view is given.
 * @typedef {object} Page
 * @property {import('./types.js').PageConfig} config
 * @property {import('./api.js').Api} api
 * @property {any} tokens
 * @property {PageState} state
 * @property {(hash: string) => Promise<void>} go
 */
/** @typedef {{hash: string, title: string, load: (page: Page) => Promise<void>, view: (page: Page) => import('./dom.js').Child[]}} Section */

/** @type {Section[]} */
const SECTIONS = [
  { hash: '#/providers', title: 'Providers', load: async () => {}, view: providersOrOne },
  { hash: '#/domains', title: 'E-mail domains', load: async ({ state, api }) => { state.domains = await api.domains(); }, view: domainsView },
  { hash: '#/emergency-access', title: 'Emergency access', load: async ({ state, api }) => { state.emergency = await api.emergencyAccess(); }, view: emergencyView },
  { hash: '#/sign-ins', title: 'Sign-ins', load: loadSignIns, view: signInsView },
  { hash: '#/history', title: 'History', load: async ({ state, api }) => { state.history = await api.events(null); }, view: historyView },
];
const viewBox = /** @type {HTMLElement} */ (document.getElementById('view'));

/** @param {Page} page */
function providersOrOne(page) {
  const connection = page.state.connection(location.hash.split('/')[2]);
  return connection ? connectionView(page, connection) : providersView(page);
}

function currentSection() {
  return SECTIONS.find(({ hash }) => location.hash.startsWith(hash)) ?? SECTIONS[0];
}

/** @param {Page} page */
function draw(page) {
  const section = currentSection();
  const failure = page.state.problems.get('section');
  show(viewBox, ...(failure ? [problemBox(failure), reloadLink()] : section.view(page)));
  viewBox.removeAttribute('aria-busy');
  viewBox.classList.toggle('narrow', section !== SECTIONS[0]);
}

function markSection() {
  const nav = /** @type {HTMLElement} */ (document.getElementById('sections'));
  if (!nav.childElementCount) show(nav, ...SECTIONS.map(({ hash, title }) => h('a', { href: hash }, title)));
  SECTIONS.forEach((section, index) => {
    const link = nav.children[index];
    if (section !== currentSection()) {
      link.removeAttribute('aria-current');
    } else {
      link.setAttribute('aria-current', 'page');
      link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  });
}

/** Go where the address says, with the focus at the new heading. @param {Page} page */
async function arrive(page) {
  const section = currentSection();
  page.state.forgetProblems();
  markSection();
  viewBox.setAttribute('aria-busy', 'true');
  await page.state.attempt('section', () => section.load(page));
  const title = document.getElementById('view-title');
  document.title = `${title?.textContent ?? section.title} · Single sign-on · ${page.config.product_name}`;
  title?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

async function start() {
  const isFramed = window.parent !== window;
  document.documentElement.classList.toggle('framed', isFramed);
  const config = await loadConfig();
  const state = new PageState(() => draw(page));
  const tokens = isFramed ? tokenFromDashboard(config.dashboard_origins) : signInAlone(config, () => keepTyped(state));
  /** @type {Page} */
  const page = { config, api: createApi(tokens), tokens, state, go };
  /** @param {string} hash */
  async function go(hash) {
    history.pushState(null, '', hash);
    await arrive(page);
  }

  try {
    state.overview = await page.api.overview();
  } catch (error) {
    showClosedDoor(asProblem(error), tokens, config);
    return;
  }
  // A frame never leaves for a sign-in, and browsers may refuse it any storage.
  if (!isFramed && restoreTyped(state)) toast('What you typed is back. Enter the secret once more.');
  addEventListener('hashchange', () => location.hash.startsWith('#/') && arrive(page));
  addEventListener('beforeunload', (event) => state.unsaved().length > 0 && !state.isLeaving && event.preventDefault());
  await arrive(page);
}

/** @returns {Promise<import('./types.js').PageConfig>} */
async function loadConfig() {
  const answer = await fetch('/settings/config.json', { credentials: 'omit' }).catch(() => null);
  if (!answer?.ok) throw Problem.from(answer?.status ?? 0, null);
  return answer.json();
}

/**
 * The settings cannot be shown: say why, and offer to sign in (as somebody else).
 *
 * @param {Problem} problem
 * @param {any} [tokens]
 * @param {import('./types.js').PageConfig} [config]
 */
function showClosedDoor(problem, tokens, config) {
  const again = tokens && !tokens.isFramed && h('button', { type: 'button', class: 'button button-main', onclick: () => tokens.confirm() }, 'Sign in again');
  viewBox.removeAttribute('aria-busy');
  const help = config && problem.code === 'sign_in_failed' && h('p', {}, h('a', { href: config.recovery_url }, 'Use a recovery code'), ' if nobody can sign in any more.');
  show(viewBox, problemBox(problem, { help }), h('div', { class: 'actions' }, again, reloadLink()));
}

function reloadLink() {
  return h('button', { type: 'button', class: 'button', onclick: () => location.reload() }, 'Reload the page');
}

start().catch((error) => showClosedDoor(asProblem(error)));
