// How the page gets an access token when the SaaS's dashboard frames it: the dashboard hands it over.
//
// The page asks with {type: 'authsso:token-request', reason}; the dashboard answers with
// {type: 'authsso:token', access_token}. The question holds nothing secret and goes to whoever frames us
// (frame-ancestors decides who can); the answer is taken from the listed origins only.

import { Problem } from './problem.js';

const PATIENCE = 10_000; // milliseconds
const TIME_TO_SIGN_IN = 300_000;

/** @typedef {'start'|'expired'|'reauth'} Reason */

/** @param {string[]} origins Of the dashboards that are believed. */
export function tokenFromDashboard(origins) {
  /** @type {string|null} */
  let known = null;

  /** @param {Reason} reason @param {number} patience @returns {Promise<string>} */
  function ask(reason, patience) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        removeEventListener('message', hear);
        reject(silence());
      }, patience);

      /** @param {MessageEvent} message */
      function hear({ origin, source, data }) {
        if (source !== window.parent || !origins.includes(origin)) return;
        if (data?.type !== 'authsso:token' || typeof data.access_token !== 'string') return;
        clearTimeout(timer);
        removeEventListener('message', hear);
        known = data.access_token;
        resolve(data.access_token);
      }

      addEventListener('message', hear);
      window.parent.postMessage({ type: 'authsso:token-request', reason }, '*');
    });
  }

  return {
    isFramed: true,
    token: async () => known ?? ask('start', PATIENCE),
    renew: () => ask('expired', PATIENCE),
    confirm: () => ask('reauth', TIME_TO_SIGN_IN),
  };
}

function silence() {
  return new Problem(
    0,
    'dashboard_silent',
    'The page around this one did not say who you are.',
    'Reload it. If that does not help, open Single sign-on from your dashboard again.',
  );
}
