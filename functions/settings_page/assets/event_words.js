// An entry of the history as a sentence. An action that is not listed is shown by its name.

/** @typedef {import('./types.js').ChangeEvent} ChangeEvent */
/** @typedef {import('./types.js').Connection} Connection */

/** @type {Record<string, (subject: string) => string>} */
const SENTENCES = {
  draft_saved: (subject) => `Saved a draft of ${subject}`,
  activated: (subject) => `Made the draft of ${subject} live`,
  rolled_back: (subject) => `Rolled ${subject} back to the previous version`,
  enabled: (subject) => `Turned ${subject} on`,
  disabled: (subject) => `Turned ${subject} off`,
  enforced: (subject) => `Began to require ${subject} for everyone`,
  unenforced: (subject) => `Stopped requiring ${subject}`,
  connection_deleted: (subject) => `Deleted the connection ${subject}`,
  imported: (subject) => `Imported ${subject} from the user pool`,
  moved: (subject) => `Moved the people of ${subject} to this address`,
  moved_back: (subject) => `Sent the people of ${subject} back through Cognito`,
  rotation_finished: (subject) => `Retired the old secret of ${subject}: the new one works`,
  domain_claimed: (subject) => `Added the domain ${subject}`,
  domain_proven: (subject) => `Proved the domain ${subject}`,
  domain_lapsing: (subject) => `Could not find the record of ${subject} any more`,
  domain_lapsed: (subject) => `No longer counts ${subject} as proven`,
  domain_removed: (subject) => `Removed the domain ${subject}`,
  emergency_users_changed: () => 'Changed who may use a password in an emergency',
  recovery_codes_made: () => 'Made new recovery codes',
  recovery_code_spent: () => 'Used a recovery code: enforcement is lifted for one hour',
};

const SCHEDULED_JOB = 'authsso';

/** Who did it, and from where. @param {ChangeEvent} event */
export function doneBy({ actor, source_ip: address }) {
  if (actor.username === SCHEDULED_JOB) return 'by a scheduled check';
  return `${actor.email ?? actor.username}${address ? `, from ${address}` : ''}`;
}

/**
 * What was changed, name by name. A draft's `changes` hold each value before and after.
 *
 * @param {ChangeEvent} event
 * @returns {[string, string][]}
 */
export function detailsOf({ details }) {
  const { changes, ...rest } = details ?? {};
  return [...Object.entries(rest), ...Object.entries(changes ?? {})].map(([name, value]) => [
    name.replaceAll('_', ' '),
    say(value),
  ]);
}

/** @param {unknown} value @returns {string} */
function say(value) {
  if (value === null || value === undefined || value === '') return 'none';
  if (Array.isArray(value)) return value.map(say).join(', ') || 'none';
  if (typeof value !== 'object') return String(value);
  if ('before' in value && 'after' in value) return `${say(value.before)} → ${say(value.after)}`;
  const pairs = Object.entries(value).map(([name, inner]) => `${name}: ${say(inner)}`);
  return pairs.join(', ') || 'none';
}

/**
 * @param {ChangeEvent} event
 * @param {Connection[]} connections For their names.
 */
export function sentenceOf({ action, subject }, connections) {
  const name = connections.find(({ provider }) => provider === subject)?.name ?? subject;
  const sentence = SENTENCES[action];
  return sentence ? sentence(name) : `${action.replaceAll(/[._]/g, ' ')}: ${name}`;
}
