// What is asked before another version signs people in: what is at stake, and what is not known to work.

import { ask } from './feedback.js';
import { count, momentOf } from './words.js';

/** @typedef {import('./types.js').Connection} Connection */
/** @typedef {import('./types.js').Version} Version */

/**
 * Ask, unless nothing speaks against the draft.
 *
 * @param {Connection} connection
 * @returns {Promise<boolean>}
 */
export async function agreesToMakeLive(connection) {
  const { draft, name, enforced } = connection;
  if (!draft) return true; // the server's to refuse
  const doubts = doubtsAbout(draft, connection);
  if (!doubts.length) return true;
  return ask({
    title: `Make version ${draft.number} of ${name} live?`,
    text: [...doubts, stakeOf(connection)],
    yes: 'Make live',
    isDangerous: enforced,
  });
}

/**
 * Ask always, and say which version comes: after one roll back the button leads forward again.
 *
 * @param {Connection} connection
 * @returns {Promise<boolean>}
 */
export async function agreesToRollBack(connection) {
  const { previous, live, draft, name, enforced } = connection;
  if (!previous) return true;
  const doubts = doubtsAbout(previous, connection);
  return ask({
    title: `Bring version ${previous.number} of ${name} back?`,
    text: [
      whenLive(previous, connection),
      live && previous.number > live.number ? `It is newer than version ${live.number}, which is live now.` : '',
      `It becomes live again within seconds.${draft ? ' Your draft stays.' : ''}`,
      ...doubts,
      doubts.length ? stakeOf(connection) : '',
    ].filter(Boolean),
    yes: 'Roll back',
    isDangerous: enforced && doubts.length > 0,
  });
}

/** @param {Version} previous @param {Connection} connection */
function whenLive({ number, saved_at: savedAt }, { live_since: until }) {
  const wasLive = until ? ` and was live until ${momentOf(until)}` : '';
  return `Version ${number} was saved on ${momentOf(savedAt)}${wasLive}.`;
}

/**
 * @param {Version} version
 * @param {Connection} connection
 * @returns {string[]}
 */
function doubtsAbout({ last_check: check, last_test: test }, { enforced }) {
  const doubts = [];
  if (!check) doubts.push('It has not been checked.');
  else if (!check.passed) doubts.push(`Its last check found ${count(check.findings.length, 'thing')} to mend.`);
  if (test && !test.passed) doubts.push('Its last test sign-in was refused.');
  else if (!test && enforced) doubts.push('Nobody has made a test sign-in with it.');
  return doubts;
}

/** @param {Connection} connection */
function stakeOf({ name, enabled, enforced, imported }) {
  if (enforced) {
    return `Everyone in your organisation must sign in with ${name}. If this version does not work, ` +
      'the only way in is what is set up under Emergency access.';
  }
  if (!enabled) return `${name} is off: nobody meets this version until you turn it on.`;
  if (imported && !imported.moved_at) return 'Nobody meets this version before your people are moved here.';
  return `If this version does not work, nobody can sign in with ${name} until you roll back.`;
}
