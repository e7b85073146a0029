// How the page gets an access token when it stands alone: its own client, a code, PKCE (RFC 7636).
//
// The token rests in this tab's sessionStorage, so that a reload asks nobody to sign in again. No
// other tab or origin reads it, and no script but ours runs here (page.py, policy).

import { Problem } from './problem.js';
import { refusalOf } from './sign_in_refusal.js';

/** @typedef {import('./types.js').PageConfig} PageConfig */

const TOKEN = 'authsso.settings.token';
const UNDER_WAY = 'authsso.settings.sign_in';

/**
 * @param {PageConfig} config
 * @param {() => void} leaving Called before the browser goes to the sign-in.
 */
export function signInAlone(config, leaving) {
  /** @param {Record<string, string>} hints @returns {Promise<never>} */
  async function signIn(hints = {}) {
    leaving();
    sessionStorage.removeItem(TOKEN);
    const verifier = randomText();
    const state = randomText();
    const underWay = { verifier, state, hash: location.hash };
    sessionStorage.setItem(UNDER_WAY, JSON.stringify(underWay));
    const query = new URLSearchParams({
      client_id: config.client_id,
      redirect_uri: ourAddress(),
      response_type: 'code',
      scope: 'openid',
      state,
      code_challenge: await challengeOf(verifier),
      code_challenge_method: 'S256',
      ...hints,
    });
    location.assign(`${config.authorize_url}?${query}`);
    return new Promise(() => {}); // the page is left
  }

  async function token() {
    return keptToken() ?? (await arrive(config)) ?? signIn();
  }

  return {
    isFramed: false,
    token,
    renew: () => signIn(),
    /** Prove anew who it is: a recent sign-in is asked for. */
    confirm: () => signIn({ prompt: 'login' }),
    /** Sign in through one connection, as an employee does. @param {string} connectionId */
    through: (connectionId) => signIn({ identity_provider: connectionId, prompt: 'login' }),
  };
}

/**
 * Take the answer of a sign-in out of the address, if there is one.
 *
 * @param {PageConfig} config
 * @returns {Promise<string|null>}
 */
async function arrive(config) {
  const answer = new URLSearchParams(location.search);
  const underWay = JSON.parse(sessionStorage.getItem(UNDER_WAY) ?? 'null');
  if (!answer.has('code') && !answer.has('error')) return null;
  sessionStorage.removeItem(UNDER_WAY);
  history.replaceState(null, '', location.pathname + (underWay?.hash ?? ''));
  if (!underWay || answer.get('state') !== underWay.state) return null; // not what we asked for
  if (answer.has('error')) {
    const { words, reference } = refusalOf(answer.get('error_description') ?? '');
    const problem = new Problem(401, 'sign_in_failed', 'You could not be signed in.', words);
    problem.reference = reference;
    throw problem;
  }
  return redeem(config, answer.get('code') ?? '', underWay.verifier);
}

/**
 * @param {PageConfig} config
 * @param {string} code
 * @param {string} verifier
 */
async function redeem(config, code, verifier) {
  const answer = await fetch(config.token_url, {
    method: 'POST',
    credentials: 'omit',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: config.client_id,
      redirect_uri: ourAddress(),
      code,
      code_verifier: verifier,
    }),
  }).catch(() => null);
  const body = await answer?.json().catch(() => null);
  if (!answer?.ok || typeof body?.access_token !== 'string') {
    const why = body?.error_description ?? 'The sign-in was not completed. Try again.';
    throw new Problem(401, 'sign_in_failed', 'You could not be signed in.', why);
  }
  const expiresAt = Date.now() + (Number(body.expires_in) || 300) * 1000;
  sessionStorage.setItem(TOKEN, JSON.stringify({ token: body.access_token, expiresAt }));
  return body.access_token;
}

/** @returns {string|null} */
function keptToken() {
  const kept = JSON.parse(sessionStorage.getItem(TOKEN) ?? 'null');
  return kept && kept.expiresAt - 10_000 > Date.now() ? kept.token : null;
}

function ourAddress() {
  return location.origin + location.pathname;
}

function randomText() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** @param {string} verifier */
async function challengeOf(verifier) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64url(new Uint8Array(digest));
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
