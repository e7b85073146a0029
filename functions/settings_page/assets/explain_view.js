// “What did Microsoft show?”: an error of the provider's own page is pasted, and explained.

import { attempt } from './attempts.js';
import { button } from './controls.js';
import { h } from './dom.js';
import { problemBox } from './feedback.js';
import { field } from './fields.js';
import { findingView, speakerOf } from './finding_view.js';
import { Problem } from './problem.js';
import { part, redraw } from './redrawing.js';

/** @typedef {import('./main.js').Page} Page */
/** answer: of `text` as it was sent. @typedef {{text: string, answer: import('./types.js').Explanation|null}} Shown */

const LONGEST = 4000;

/**
 * @param {Page} page
 * @param {string} kind
 * @param {string} [lead] Why it is asked.
 */
export function explainView(page, kind, lead) {
  const shown = shownTo(page, kind);
  const speaker = speakerOf(page, kind);
  const problem = () => problemBox(page.state.problems.get(`explain-${kind}`), { id: `problem-explain-${kind}` });
  const about = lead ?? `${speaker} shows some mistakes on a page of its own, and never sends the person back.`;
  const options = {
    name: 'shown',
    label: `What did ${speaker === 'Your provider' ? 'your provider' : speaker} show?`,
    hint: kind === 'azure' ? 'Paste the number (AADSTS50011) or all of the text.' : 'Paste the text of the page.',
  };
  return h(
    'form',
    { class: 'explain', novalidate: true, onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
    h('p', { class: 'hint' }, about),
    field(options, (properties) => {
      const box = /** @type {HTMLTextAreaElement} */ (
        h('textarea', { ...properties, rows: 2, maxlength: LONGEST, value: shown.text, spellcheck: 'false', oninput: () => { shown.text = box.value; } })
      );
      return box;
    }),
    button('Explain', () => explain(page, kind), { id: 'explain', type: 'submit' }),
    part('explain-problem', () => [problem()]),
    h('div', { role: 'status' }, part('explained', () => [shown.answer && findingView(page, kind, shown.answer.finding)])),
  );
}

/** @param {Page} page @param {string} kind @returns {Shown} */
function shownTo({ state }, kind) {
  const known = state.shown.get(kind) ?? { text: '', answer: null };
  state.shown.set(kind, known);
  return known;
}

/** @param {string} kind */
function nothingPasted(kind) {
  const what = kind === 'azure' ? 'Paste the number (AADSTS50011) or all of the text first.' : 'Paste the text of the page first.';
  return new Problem(400, 'nothing_pasted', 'There is nothing to explain yet.', what);
}

/** @param {Page} page @param {string} kind */
async function explain(page, kind) {
  const shown = shownTo(page, kind);
  const text = shown.text.trim();
  if (!text) {
    shown.answer = null; // it was about something else
    page.state.problems.set(`explain-${kind}`, nothingPasted(kind));
    redraw('explain-problem', 'explained'); // the form itself is being submitted
    document.getElementById('field-shown')?.focus();
    return;
  }
  await attempt(page, `explain-${kind}`, async () => {
    shown.answer = await page.api.explain(kind, text);
  });
  redraw('explain');
}
