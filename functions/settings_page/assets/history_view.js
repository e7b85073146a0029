// History: who changed what, when and from where; the newest first.

import { attempt } from './attempts.js';
import { button } from './controls.js';
import { h } from './dom.js';
import { detailsOf, doneBy, sentenceOf } from './event_words.js';
import { problemBox } from './feedback.js';
import { dateOf, timeOf } from './words.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').ChangeEvent} ChangeEvent */

/** @param {Page} page */
export function historyView(page) {
  const { events, next } = page.state.history ?? { events: [], next: null };
  const days = [...new Set(events.map(({ at }) => dateOf(at)))];
  return [
    h('h2', { id: 'view-title', class: 'hidden', tabindex: '-1' }, 'History'),
    h('p', { class: 'lead' }, 'Every change to these settings. Secrets are never recorded.'),
    events.length === 0 && h('p', { class: 'empty' }, 'Nothing has been changed yet.'),
    ...days.map((day) => dayView(page, day, events.filter(({ at }) => dateOf(at) === day))),
    problemBox(page.state.problems.get('history'), { id: 'problem-history' }),
    next && h('div', { class: 'actions' }, button('Show older changes', () => older(page), { id: 'older' })),
  ];
}

/** @param {Page} page @param {string} day @param {ChangeEvent[]} events */
function dayView({ state }, day, events) {
  return h(
    'section',
    { class: 'card', 'aria-label': day },
    h('h3', {}, day),
    h('ol', { class: 'events' }, events.map((event) => eventView(event, state.overview?.providers ?? []))),
  );
}

/** @param {ChangeEvent} event @param {import('./types.js').Connection[]} connections */
function eventView(event, connections) {
  const { at } = event;
  const details = detailsOf(event);
  return h(
    'li',
    { class: 'event' },
    h('time', { datetime: new Date(at * 1000).toISOString() }, timeOf(at)),
    h(
      'div',
      {},
      h('p', {}, sentenceOf(event, connections)),
      h('p', { class: 'hint' }, doneBy(event)),
      details.length > 0 &&
        h(
          'details',
          { class: 'event-details' },
          h('summary', {}, 'Details'),
          h('dl', {}, details.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]).flat()),
        ),
    ),
  );
}

/** @param {Page} page */
async function older(page) {
  await attempt(page, 'history', async () => {
    const { state, api } = page;
    if (!state.history) return;
    const more = await api.events(state.history.next);
    state.history = { events: [...state.history.events, ...more.events], next: more.next };
  });
}
