// The timeline of a sign-in: a picture of where the time went, and of the step where it ended.

import { h, icon } from './dom.js';
import { durationOf, missedStepOf, stepOf, stepsAhead } from './trace_words.js';

/** @typedef {import('./types.js').SignInDetail} SignInDetail */
/** @typedef {import('./types.js').Step} Step */
/** From and to are in hundredths of the picture's width. @typedef {Step & {took: number, from: number, to: number}} Bar */

// A person takes seconds at the provider where we take milliseconds: theirs is not to scale.
const AT_PROVIDER = 32;
const GAP = 4;
const THINNEST = 1.5;

/**
 * @param {SignInDetail} signIn
 * @param {string} speaker Who runs the provider's pages.
 */
export function timeline(signIn, speaker) {
  const bars = barsOf(signIn.steps);
  const ended = bars.at(-1)?.to ?? 0;
  const ahead = stepsAhead(signIn);
  const [next, ...unreached] = ahead;
  const isOver = signIn.outcome === 'refused' || signIn.outcome === 'never_came_back';
  return h(
    'figure',
    { class: 'timeline' },
    h('figcaption', { class: 'hint' }, sumOf(bars, speaker)),
    h(
      'ol',
      {},
      bars.map((bar) => row('done', stepOf(bar.name, speaker), bar.name === 'sent_to_provider' ? 'Start' : durationOf(bar.took), drawn(bar))),
      next && (isOver
        ? row('stopped', missedStepOf(next), 'It ended here', stop(next, ended))
        : row(signIn.outcome === 'started' ? 'waiting' : 'ahead', stepOf(next, speaker), 'Not yet')),
      unreached.map((name) => row('ahead', stepOf(name, speaker), h('span', { class: 'hidden' }, 'Not reached'))),
    ),
  );
}

/** @param {Bar[]} bars @param {string} speaker */
function sumOf(bars, speaker) {
  const at = speaker === 'Your provider' ? 'your provider' : speaker;
  const back = bars.find(({ name }) => name === 'came_back');
  if (!back) return `Sent to ${at}; nobody has come back.`;
  const here = (bars.at(-1)?.after_ms ?? 0) - back.after_ms;
  return `About ${durationOf(back.took)} at ${at} (not to scale), then ${durationOf(here)} here.`;
}

/** @param {Step[]} steps @returns {Bar[]} */
function barsOf(steps) {
  const back = steps.find(({ name }) => name === 'came_back')?.after_ms;
  const first = back ?? 0;
  const whole = Math.max((steps.at(-1)?.after_ms ?? 0) - first, 1);
  const begin = back === undefined ? 0 : AT_PROVIDER + GAP;
  const place = (/** @type {number} */ after) => begin + ((after - first) / whole) * (100 - begin);
  return steps.map((step, index) => {
    const before = steps[index - 1]?.after_ms ?? 0;
    const took = step.after_ms - before;
    if (step.name === 'sent_to_provider') return { ...step, took, from: 0, to: THINNEST };
    if (step.name === 'came_back') return { ...step, took, from: 0, to: AT_PROVIDER };
    const to = Math.max(place(step.after_ms), begin + THINNEST);
    return { ...step, took, from: Math.min(place(before), to - THINNEST), to };
  });
}

/**
 * @param {'done'|'stopped'|'waiting'|'ahead'} state
 * @param {string} label
 * @param {import('./dom.js').Child} time
 * @param {SVGElement|null} [picture]
 */
function row(state, label, time, picture) {
  const mark = state === 'done' ? icon('check') : state === 'stopped' ? icon('problem') : h('i', {});
  return h(
    'li',
    { class: `step step-${state}` },
    h('span', { class: 'step-mark', 'aria-hidden': 'true' }, mark),
    h('span', { class: 'step-name' }, label),
    h('span', { class: 'step-track', 'aria-hidden': 'true' }, picture),
    h('span', { class: 'step-time' }, time),
  );
}

/** @param {Bar} bar */
function drawn({ name, from, to }) {
  const isTheirs = name === 'came_back';
  const parts = [rectangle(from, isTheirs ? to - 5 : to, isTheirs ? 'bar-theirs' : 'bar')];
  if (isTheirs) parts.push(rectangle(to - 3.5, to, 'bar-theirs'));
  return picture(parts);
}

/** @param {string} name @param {number} at */
function stop(name, at) {
  if (name === 'came_back') {
    return picture([rectangle(0, AT_PROVIDER - 4, 'bar-theirs'), rectangle(AT_PROVIDER - 3, AT_PROVIDER, 'bar-stopped')]);
  }
  const from = Math.min(at, 97);
  return picture([rectangle(from, from + 3, 'bar-stopped')]);
}

/** @param {SVGElement[]} parts */
function picture(parts) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 100 10');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.append(...parts);
  return svg;
}

/** @param {number} from @param {number} to @param {string} kind */
function rectangle(from, to, kind) {
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  const sizes = { x: from, y: 0, width: to - from, height: 10, class: kind };
  for (const [name, value] of Object.entries(sizes)) shape.setAttribute(name, String(value));
  return shape;
}
