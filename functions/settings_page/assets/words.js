// Dates, counts and states in words.

/** @typedef {import('./types.js').Connection} Connection */

const DAY = 86_400_000;
const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });
const times = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

/** @param {number} seconds Since the epoch. */
export function dateOf(seconds) {
  return dates.format(new Date(seconds * 1000));
}

/** @param {number} seconds Since the epoch. */
export function timeOf(seconds) {
  return times.format(new Date(seconds * 1000));
}

/** @param {number} seconds Since the epoch. */
export function momentOf(seconds) {
  return `${dateOf(seconds)}, ${timeOf(seconds)}`;
}

/** @param {string} isoDate */
export function calendarDate(isoDate) {
  return dates.format(new Date(`${isoDate}T00:00:00`));
}

/**
 * @param {string} isoDate
 * @param {Date} [today]
 */
export function daysUntil(isoDate, today = new Date()) {
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate());
  return Math.round((new Date(`${isoDate}T00:00:00`).getTime() - midnight.getTime()) / DAY);
}

/** @param {string} isoDate */
export function expiryOf(isoDate) {
  const days = daysUntil(isoDate);
  if (days < 0) return `expired on ${calendarDate(isoDate)}`;
  return `expires on ${calendarDate(isoDate)}, ${days ? `in ${count(days, 'day')}` : 'today'}`;
}

/**
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 */
export function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

/**
 * Until when passwords work although the connection is enforced; null: they do not.
 *
 * @param {Connection} connection
 */
export function liftedUntil({ enforced, lifted_until: until }) {
  return enforced && until && Date.now() < until * 1000 ? until : null;
}

/**
 * short: empty while nothing is set up.
 * @typedef {{tone: 'good'|'strong'|'waiting'|'quiet', short: string, long: string}} Status
 */

/**
 * @param {Connection} connection
 * @returns {Status}
 */
export function statusOf(connection) {
  const { name, enabled, enforced, live, draft } = connection;
  const until = liftedUntil(connection);
  if (until) {
    const long = `Passwords work until ${timeOf(until)}. Then everyone must sign in with ${name} again.`;
    return { tone: 'waiting', short: 'Lifted', long };
  }
  if (enforced) {
    return { tone: 'strong', short: 'Required', long: `Everyone signs in with ${name}. Passwords do not work.` };
  }
  if (enabled && connection.imported && !connection.imported.moved_at) {
    return { tone: 'waiting', short: 'Imported', long: `People sign in with ${name} through the user pool’s own provider.` };
  }
  if (enabled) {
    return { tone: 'good', short: 'On', long: `People may sign in with ${name}, or with their password.` };
  }
  if (live) {
    return { tone: 'quiet', short: 'Off', long: `${name} is set up, but nobody is offered it.` };
  }
  if (draft) {
    return { tone: 'waiting', short: 'Draft', long: 'A draft is saved. Nobody is offered it until you turn it on.' };
  }
  const nothing = connection.fields.length ? 'Not set up yet.' : 'Ready to be turned on: there is nothing to fill in.';
  return { tone: 'quiet', short: '', long: nothing };
}
