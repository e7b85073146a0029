// While a spent recovery code lifts enforcement: until when, and what comes then.

import { h } from './dom.js';
import { notice } from './feedback.js';
import { liftedUntil, momentOf } from './words.js';

/** @typedef {import('./types.js').Connection} Connection */

/**
 * A lift is the whole organisation's: whichever of its connections are enforced, it is told once.
 *
 * @param {Connection[]} connections
 */
export function liftNotice(connections) {
  const until = connections.map(liftedUntil).find((found) => found !== null);
  if (!until) return null;
  return notice(
    'warning',
    `A recovery code was used: passwords work until ${momentOf(until)}.`,
    h('p', {}, 'Put the connection right until then: afterwards passwords stop working again by themselves. Or switch Enforce off: then they go on working.'),
  );
}
