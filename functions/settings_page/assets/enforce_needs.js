// What Enforce waits for, as far as the page knows it: told before anybody is asked.

import { attempt } from './attempts.js';
import { Problem } from './problem.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */

/**
 * The first thing that is missing, in the server's words; null: the server alone knows the rest.
 *
 * @param {Page} page
 * @param {Connection} connection
 * @returns {Problem|null}
 */
export function missingForEnforce(page, { enabled, live, draft, fields, imported }) {
  if (fields.length && !live && !draft) {
    return refusal('no_draft', 'Fill in the form and save it, then switch Enable on.');
  }
  if (!enabled) return refusal('enforce_needs_enabled', 'Switch Enable on before Enforce.');
  if (imported && !imported.moved_at) {
    return refusal('enforce_needs_move', 'People still sign in through Cognito\'s own provider. Move the connection first.');
  }
  if (!hasDomain(page)) {
    return refusal('enforce_needs_domain', 'Prove an e-mail domain first: without one, nobody who enters a work e-mail is led to your provider.');
  }
  if (!hasEmergencyAccess(page)) {
    return refusal('enforce_needs_emergency_access', 'Set up emergency access first: without it, nobody could sign in when your provider fails.');
  }
  return null;
}

/**
 * Show what is missing, or tell that the question may be asked. Another administrator may have
 * prepared it meanwhile: so look once more before saying no.
 *
 * @param {Page} page
 * @param {Connection} connection
 */
export async function isReadyToEnforce(page, connection) {
  if (!missingForEnforce(page, connection)) return true;
  return attempt(page, `connection-${connection.provider}`, async () => {
    await lookAgain(page);
    const missing = missingForEnforce(page, connection);
    if (missing) throw missing;
  });
}

/** @param {Page} page */
export function hasDomain({ state }) {
  return state.overview?.domains.some(({ state: proof }) => proof !== 'pending') ?? true;
}

/** @param {Page} page */
export function hasEmergencyAccess({ state }) {
  const emergency = state.overview?.emergency_access;
  return !emergency || emergency.users.length > 0 || emergency.recovery_codes.left > 0;
}

/** @param {Page} page */
async function lookAgain({ state, api }) {
  const [domains, emergency] = await Promise.all([api.domains(), api.emergencyAccess()]);
  if (state.overview) Object.assign(state.overview, { domains, emergency_access: emergency });
}

/** @param {string} code @param {string} title */
function refusal(code, title) {
  return new Problem(409, code, title);
}
