// Asking for a check: of what is typed, or of what is saved.

import { attempt } from './attempts.js';
import { requestOf } from './form_values.js';
import { asProblem } from './problem.js';
import { redraw } from './redrawing.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */
/** @typedef {import('./types.js').Check} Check */
/**
 * version: number of the saved one, null for what is typed. answer: null while it is under way.
 * @typedef {{version: number|null, answer: Check|null, done: Promise<void>}} Checking
 */

/**
 * Try what stands in the form; nothing is changed by it.
 *
 * @param {Page} page
 * @param {Connection} connection
 */
export async function check(page, connection) {
  const { provider } = connection;
  const isSaved = newest(connection) && !page.state.hasUnsaved(provider);
  if (isSaved) {
    await checkSaved(page, provider, true);
    return;
  }
  const body = requestOf(page.state.typed(connection).values);
  const ask = () => begin(page, provider, null, () => page.api.check(provider, body));
  if (await attempt(page, `form-${provider}`, ask)) focusOnTitle();
}

/**
 * Check the draft, or what is live without one; the result is kept with that version.
 *
 * @param {Page} page
 * @param {string} kind
 * @param {boolean} [takesFocus]
 */
export async function checkSaved(page, kind, takesFocus = false) {
  const { state, api } = page;
  const place = `check-${kind}`;
  state.problems.delete(place);
  const version = newest(state.connection(kind))?.number ?? null;
  try {
    const done = begin(page, kind, version, () => api.check(kind));
    if (takesFocus) focusOnTitle();
    await done;
    await renew(page, kind);
  } catch (error) {
    state.problems.set(place, asProblem(error));
  }
  redraw('check', 'versions', 'imported');
}

/** Whether what was found stops people from signing in. @param {Page} page @param {string} kind */
export function hasErrors({ state }, kind) {
  const probes = state.checks.get(kind)?.answer?.probes ?? [];
  return probes.some(({ finding }) => finding?.severity === 'error');
}

/**
 * Take over what became known of the versions; what somebody else has changed meanwhile is told at
 * the next save instead.
 *
 * @param {Page} page
 * @param {string} kind
 */
export async function renew({ state, api }, kind) {
  const now = await api.connection(kind).catch(() => null);
  if (now && now.etag === state.connection(kind)?.etag) state.replace(now);
}

/**
 * Ask, unless this version is being checked already. Only the newest question's answer is shown.
 *
 * @param {Page} page
 * @param {string} kind
 * @param {number|null} version
 * @param {() => Promise<Check>} ask
 */
function begin({ state }, kind, version, ask) {
  const underWay = state.checks.get(kind);
  if (version !== null && underWay?.version === version && !underWay.answer) return underWay.done;
  /** @type {Checking} */
  const checking = { version, answer: null, done: Promise.resolve() };
  checking.done = answered();
  state.checks.set(kind, checking);
  redraw('check');
  return checking.done;

  async function answered() {
    try {
      checking.answer = await ask();
    } catch (error) {
      if (state.checks.get(kind) === checking) state.checks.delete(kind);
      throw error;
    }
  }
}

/** @param {Connection} [connection] */
function newest(connection) {
  return connection?.draft ?? connection?.live ?? null;
}

function focusOnTitle() {
  document.getElementById('check-title')?.focus();
}
