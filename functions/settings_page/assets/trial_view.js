// A test sign-in: what it will try, the waiting, and what came of it.

import { button } from './controls.js';
import { h } from './dom.js';
import { notice, problemBox } from './feedback.js';
import { explainView } from './explain_view.js';
import { outside, speakerOf } from './finding_view.js';
import { timeline } from './timeline.js';
import { traceView } from './trace_view.js';
import { dismiss, isOver, tryIt } from './trials.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */
/** @typedef {import('./trials.js').Trial} Trial */

/**
 * @param {Page} page
 * @param {Connection} connection
 */
export function trialView(page, connection) {
  const { provider } = connection;
  const problem = problemBox(page.state.problems.get(`trial-${provider}`), { id: `problem-trial-${provider}` });
  const trial = page.state.trials.get(provider);
  if (!trial) return problem;
  return h(
    'section',
    { class: 'card trial', 'aria-labelledby': 'trial-title' },
    h('h3', { id: 'trial-title', tabindex: '-1' }, 'Test sign-in'),
    problem,
    isOver(trial) ? result(page, connection, trial) : waiting(page, connection, trial),
  );
}

/**
 * Tries what is saved, whatever stands in the form.
 *
 * @param {Page} page
 * @param {Connection} connection
 */
export function tryButton(page, { provider, draft, live }) {
  if (!draft && !live) return null;
  return button('Try it', () => tryIt(page, provider), { id: 'try-it', label: `Try it: a test sign-in through ${draft ? 'the saved draft' : 'what is live'}` });
}

/** Whether the question for the provider's error page stands in this part. @param {Trial|undefined} trial */
export function asksWhatWasShown(trial) {
  return trial !== undefined && (!isOver(trial) || trial.detail?.outcome === 'never_came_back');
}

/** @param {Page} page @param {Connection} connection @param {Trial} trial */
function waiting(page, connection, { url, detail, isWatched }) {
  const { provider, draft } = connection;
  const speaker = speakerOf(page, provider);
  const at = speaker === 'Your provider' ? 'your provider' : speaker;
  return h(
    'div',
    { class: 'stack' },
    unsavedNotice(page, connection),
    h('p', { role: 'status', class: isWatched ? 'waits' : null }, isWatched
      ? `Sign in at ${at} in the other tab. ${draft ? 'The saved draft' : 'What is live'} is tried; nobody is touched by it.`
      : `Nothing came back from ${at} within ten minutes.`),
    url && notice('warning', 'Your browser did not open the tab.', h('p', {}, outside(url, 'Open the test sign-in'))),
    detail && timeline(detail, speaker),
    explainView(page, provider, `If ${at} shows an error, it does not send you back. Put it in here.`),
    h('div', { class: 'actions' }, button('Stop waiting', () => dismiss(page, provider), { id: 'dismiss-trial' })),
  );
}

/** @param {Page} page @param {Connection} connection @param {Trial} trial */
function result(page, connection, { detail }) {
  const { provider } = connection;
  if (!detail) return null;
  return h(
    'div',
    { class: 'stack' },
    unsavedNotice(page, connection),
    traceView(page, detail, 'h4'),
    detail.outcome === 'never_came_back' && explainView(page, provider),
    h(
      'div',
      { class: 'actions' },
      button('Try again', () => tryIt(page, provider), { id: 'try-again' }),
      button('Close', () => dismiss(page, provider), { id: 'dismiss-trial', label: 'Close the test sign-in' }),
    ),
  );
}

/** @param {Page} page @param {Connection} connection */
function unsavedNotice({ state }, { provider }) {
  if (!state.hasUnsaved(provider)) return null;
  return notice('info', 'What you typed is not saved yet, so it is not tried.', h('p', {}, 'Save the draft, then press Try it.'));
}
