// Trying what is saved: a test sign-in in a tab of its own, watched until it has ended.

import { attempt } from './attempts.js';
import { renew } from './checks.js';
import { toast } from './feedback.js';
import { asProblem } from './problem.js';
import { redraw } from './redrawing.js';
import { outcomeOf } from './trace_words.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').SignInDetail} SignInDetail */
/**
 * url: still to be opened, when the browser did not open it. detail: as far as it is known.
 * @typedef {{id: string, url: string|null, began: number, detail: SignInDetail|null, isWatched: boolean}} Trial
 */

const FIRST_LOOK = 1000;
const LONGEST_PAUSE = 5000;
// A test waits ten minutes at the server; the last look is when it has given up.
const GIVES_UP = 610_000;

/**
 * Prepare a test sign-in and open it. The tab is opened before anything is awaited, while the
 * browser still knows that somebody pressed a button.
 *
 * @param {Page} page
 * @param {string} kind
 */
export async function tryIt(page, kind) {
  const tab = window.open('', '_blank');
  if (tab) {
    tab.document.title = 'Test sign-in';
    tab.document.body.textContent = 'One moment: the test sign-in is being prepared.';
    tab.opener = null;
  }
  page.state.trials.delete(kind);
  const done = await attempt(page, `trial-${kind}`, async () => {
    const { url, test_id: id } = await page.api.prepareTest(kind);
    page.state.trials.set(kind, { id, url: tab ? null : url, began: Date.now(), detail: null, isWatched: true });
    tab?.location.replace(url);
  });
  const trial = page.state.trials.get(kind);
  if (!done || !trial) {
    tab?.close();
    return;
  }
  document.getElementById('trial-title')?.focus();
  watch(page, kind, trial);
}

/** Stop waiting, or put a result away. @param {Page} page @param {string} kind */
export function dismiss({ state }, kind) {
  state.trials.delete(kind);
  state.problems.delete(`trial-${kind}`);
  redraw('trial', 'explain');
  document.getElementById('try-it')?.focus();
}

/** Whether nothing more will come. @param {Trial} trial */
export function isOver({ detail }) {
  return detail !== null && detail.outcome !== 'started';
}

/** @param {Page} page @param {string} kind @param {Trial} trial */
function watch(page, kind, trial) {
  let pause = FIRST_LOOK;
  let timer = setTimeout(look, pause);
  document.addEventListener('visibilitychange', comeBack);

  /** Whoever comes back to this tab wants to know now. */
  function comeBack() {
    if (!document.hidden) void look();
  }

  async function look() {
    clearTimeout(timer);
    if (!isAwaited()) return;
    const steps = trial.detail?.steps.length;
    try {
      const detail = await page.api.test(trial.id);
      if (!isAwaited()) return;
      trial.detail = detail;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 404) page.state.problems.set(`trial-${kind}`, problem);
    }
    const givesUp = Date.now() - trial.began > GIVES_UP || page.state.problems.has(`trial-${kind}`);
    if (isOver(trial) || givesUp) {
      await finish();
      return;
    }
    if (trial.detail?.steps.length !== steps) redraw('trial');
    clearTimeout(timer);
    pause = Math.min(pause * 1.25, LONGEST_PAUSE);
    timer = setTimeout(look, pause);
  }

  function isAwaited() {
    const awaited = page.state.trials.get(kind) === trial && trial.isWatched;
    if (!awaited) document.removeEventListener('visibilitychange', comeBack);
    return awaited;
  }

  async function finish() {
    trial.isWatched = false;
    document.removeEventListener('visibilitychange', comeBack);
    await renew(page, kind);
    redraw('trial', 'explain', 'versions', 'imported');
    if (trial.detail) toast(`The test sign-in has ended: ${outcomeOf(trial.detail)[1].toLowerCase()}.`);
  }
}
