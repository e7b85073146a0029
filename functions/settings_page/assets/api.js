// Calls to the settings API: one function an operation, a Problem for every refusal.

import { answerLost, Problem } from './problem.js';

/** @typedef {import('./types.js').Connection} Connection */
/** @typedef {import('./types.js').Domain} Domain */
/** @typedef {import('./types.js').EmergencyAccess} EmergencyAccess */
/** @typedef {import('./types.js').Overview} Overview */
/** @typedef {{token: () => Promise<string>, renew: () => Promise<string>}} Tokens */

/** @param {Tokens} tokens */
export function createApi(tokens) {
  /**
   * @param {string} method
   * @param {string} path Below /settings/sso.
   * @param {{body?: unknown, etag?: string|null, isNew?: boolean, isQuestion?: boolean}} [options] etag: of the
   *   state that the person saw. isNew: it must not exist yet. isQuestion: no change is asked for.
   * @returns {Promise<any>}
   */
  async function call(method, path, options = {}) {
    let answer = await send(await tokens.token(), method, path, options);
    if (answer.status === 401) answer = await send(await tokens.renew(), method, path, options);
    const body = await answer.json().catch(() => null);
    if (!answer.ok) throw Problem.from(answer.status, body);
    return body;
  }

  /** @param {string} kind */
  const at = (kind) => `/connections/${kind}`;
  /** @param {string} domain */
  const of = (domain) => `/domains/${encodeURIComponent(domain)}`;

  return {
    /** @returns {Promise<Overview>} */
    overview: () => call('GET', ''),
    /** @param {string} kind @returns {Promise<Connection>} */
    connection: (kind) => call('GET', at(kind)),
    /** @param {string} kind @param {object} body @param {string|null} etag @returns {Promise<Connection>} */
    saveDraft: (kind, body, etag) => call('PUT', at(kind), { body, etag, isNew: etag === null }),
    /** @param {string} kind @param {object} body @param {string|null} etag @returns {Promise<Connection>} */
    toggle: (kind, body, etag) => call('PATCH', at(kind), { body, etag }),
    /** @param {string} kind @param {object} [body] None: what is saved. @returns {Promise<import('./types.js').Check>} */
    check: (kind, body) => call('POST', `${at(kind)}/check`, { body, isQuestion: true }),
    /** @param {string} kind @returns {Promise<{url: string, test_id: string}>} */
    prepareTest: (kind) => call('POST', `${at(kind)}/test`, { isQuestion: true }),
    /** @param {string} kind @param {string} text @returns {Promise<import('./types.js').Explanation>} */
    explain: (kind, text) => call('POST', `${at(kind)}/explain`, { body: { text }, isQuestion: true }),
    /** @param {string} kind @param {string|null} etag @returns {Promise<Connection>} */
    activate: (kind, etag) => call('POST', `${at(kind)}/activate`, { etag }),
    /** @param {string} kind @param {string|null} etag @returns {Promise<Connection>} */
    rollback: (kind, etag) => call('POST', `${at(kind)}/rollback`, { etag }),
    /** @param {string} kind @param {string|null} etag @returns {Promise<Connection>} */
    move: (kind, etag) => call('POST', `${at(kind)}/move`, { etag }),
    /** @param {string} kind @param {string|null} etag @returns {Promise<Connection>} */
    moveBack: (kind, etag) => call('DELETE', `${at(kind)}/move`, { etag }),
    /** @param {string} kind @param {string|null} etag @returns {Promise<null>} */
    deleteConnection: (kind, etag) => call('DELETE', at(kind), { etag }),

    /** @returns {Promise<Domain[]>} */
    domains: async () => (await call('GET', '/domains')).domains,
    /** @param {string} domain @returns {Promise<Domain>} */
    claimDomain: (domain) => call('POST', '/domains', { body: { domain } }),
    /** @param {string} domain @returns {Promise<Domain>} */
    verifyDomain: (domain) => call('POST', `${of(domain)}/verify`),
    /** @param {string} domain @returns {Promise<null>} */
    removeDomain: (domain) => call('DELETE', of(domain)),

    /** @returns {Promise<EmergencyAccess>} */
    emergencyAccess: () => call('GET', '/emergency-access'),
    /** @param {string[]} users E-mail addresses. @param {string} etag @returns {Promise<EmergencyAccess>} */
    nameEmergencyUsers: (users, etag) =>
      call('PUT', '/emergency-access', { body: { users }, etag }),
    /** @returns {Promise<{codes: string[]}>} */
    makeRecoveryCodes: () => call('POST', '/emergency-access/recovery-codes'),

    /** @param {string} id @returns {Promise<import('./types.js').SignInDetail>} */
    test: (id) => call('GET', `/tests/${id}`),
    /** @param {{outcome: string, person: string}} wanted @param {string|null} before @returns {Promise<import('./types.js').SignIns>} */
    signIns: ({ outcome, person }, before) =>
      call('GET', `/sign-ins?${query({ limit: '25', outcome, person: person.trim(), before })}`),
    /** @param {string} reference @returns {Promise<import('./types.js').SignInDetail>} */
    signIn: (reference) => call('GET', `/sign-ins/${encodeURIComponent(reference)}`),
    /** @param {string|null} before @returns {Promise<{events: import('./types.js').ChangeEvent[], next: string|null}>} */
    events: (before) =>
      call('GET', `/events?limit=25${before ? `&before=${encodeURIComponent(before)}` : ''}`),
  };
}

/** @typedef {ReturnType<typeof createApi>} Api */

/** What is empty is not asked for. @param {Record<string, string|null>} wanted */
function query(wanted) {
  const given = Object.entries(wanted).filter((/** @type {any} */ [, value]) => value);
  return new URLSearchParams(/** @type {any} */ (given));
}

/**
 * @param {string} token
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, etag?: string|null, isNew?: boolean, isQuestion?: boolean}} options
 */
async function send(token, method, path, { body, etag, isNew, isQuestion }) {
  /** @type {Record<string, string>} */
  const headers = { Authorization: `Bearer ${token}` };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (etag) headers['If-Match'] = etag;
  if (isNew) headers['If-None-Match'] = '*';
  try {
    return await fetch(`/settings/sso${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
    });
  } catch {
    if (method !== 'GET' && !isQuestion) throw answerLost('The server could not be reached, or its answer was lost. Reload the page before you try again.');
    throw Problem.from(0, null);
  }
}
