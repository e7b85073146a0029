// What happens after a refusal: sign in again, or see what somebody else changed.

import { ask, toast } from './feedback.js';
import { changedFields, savedVersion } from './form_values.js';
import { answerLost } from './problem.js';
import { compare } from './version_words.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */

/**
 * Do something that may be refused, and help the person on when it is.
 *
 * @param {Page} page
 * @param {string} place Where the refusal is shown: the element `problem-<place>`.
 * @param {() => Promise<void>} action
 * @param {Connection} [connection] That it changes.
 * @returns {Promise<boolean>} Whether it was done.
 */
export async function attempt(page, place, action, connection) {
  if (await page.state.attempt(place, action)) return true;
  const code = page.state.problems.get(place)?.code;
  if (code === 'answer_lost') await loadAgain(page, place);
  if (code === 'changed_meanwhile' && connection) await showChanges(page, place, connection);
  document.getElementById(`problem-${place}`)?.focus();
  if (code === 'reauth_required') await signInAgain(page, place);
  return false;
}

/**
 * A change may have been made or not: show what stands now. What was typed stays.
 *
 * @param {Page} page
 * @param {string} place
 */
async function loadAgain({ state, api }, place) {
  try {
    [state.overview, state.domains, state.emergency] = await Promise.all([
      api.overview(),
      state.domains && api.domains(),
      state.emergency && api.emergencyAccess(),
    ]);
  } catch {
    return; // the refusal tells to reload the page
  }
  state.problems.set(place, answerLost('The answer was lost on its way. This page shows what stands now: look at it, then try again if you still have to.'));
  state.changed();
}

/**
 * Load what stands now; what was typed stays, and the next save is meant for the new state.
 *
 * The server names every field that is saved otherwise than sent. Those in which only this person's
 * value is new are no conflict, and only here is known what was seen before.
 *
 * @param {Page} page
 * @param {string} place Of the refusal.
 * @param {Connection} seen As the person saw it.
 */
async function showChanges({ state, api }, place, seen) {
  const typed = state.typed(seen);
  const now = await api.connection(seen.provider).catch(() => null);
  if (!now) return;
  const changes = compare(savedVersion(typed.base), savedVersion(now)).filter((row) => row.differs);
  changes.push(...switchChanges(typed.base, now));
  state.conflicts.set(seen.provider, changes);
  const theirs = changedFields(savedVersion(typed.base), savedVersion(now));
  const problem = state.problems.get(place);
  if (problem) state.problems.set(place, problem.among(theirs));
  if (state.hasUnsaved(seen.provider)) typed.base = now;
  state.replace(now);
  state.changed();
}

/**
 * @param {Connection} before
 * @param {Connection} after
 */
function switchChanges(before, after) {
  const say = (/** @type {boolean} */ isOn) => (isOn ? 'On' : 'Off');
  const rows = [
    { label: 'Enable', before: say(before.enabled), after: say(after.enabled) },
    { label: 'Enforce', before: say(before.enforced), after: say(after.enforced) },
    { label: 'Live version', before: `${before.live?.number ?? '–'}`, after: `${after.live?.number ?? '–'}` },
  ];
  return rows.map((row) => ({ ...row, differs: row.before !== row.after })).filter((row) => row.differs);
}

/**
 * @param {Page} page
 * @param {string} place
 */
async function signInAgain({ state, tokens }, place) {
  const agreed = await ask({
    title: 'Please confirm that it is you',
    text: [
      'This change needs a sign-in that is not older than 15 minutes.',
      tokens.isFramed
        ? 'Your dashboard will ask you to sign in. What you typed stays.'
        : 'What you typed is kept while you sign in; only a secret has to be entered again.',
    ],
    yes: 'Sign in again',
  });
  if (!agreed) return;
  const done = await state.attempt(place, async () => void (await tokens.confirm()));
  if (done) toast('Thank you. Now make the change once more.');
}
