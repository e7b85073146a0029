// The authorization code flow with PKCE (RFC 6749, 4.1; RFC 7636), as a browser application does it.

const KEPT = 'sign-in under way';

const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const random = (length) => base64url(crypto.getRandomValues(new Uint8Array(length)));

/** What the authorization server, or this page, says is wrong. */
export class SignInError extends Error {
  constructor(code, description) {
    super(description || code);
    this.code = code;
    this.description = description ?? '';
  }
}

/** Send the browser away; it comes back with a code. Hints are parameters of the request. */
export async function begin(config, hints = {}) {
  const state = random(24);
  const verifier = random(48);
  sessionStorage.setItem(KEPT, JSON.stringify({ state, verifier }));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const query = new URLSearchParams({
    ...hints,
    response_type: 'code',
    client_id: config.client_id,
    redirect_uri: config.redirect_uri,
    scope: config.scope,
    state,
    code_challenge: base64url(digest),
    code_challenge_method: 'S256',
  });
  location.assign(`${config.base_url}/oauth2/authorize?${query}`);
}

/** The tokens for what came back in the address, or null when nothing did. */
export async function complete(config, parameters) {
  if (!parameters.has('code') && !parameters.has('error')) return null;
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
  sessionStorage.removeItem(KEPT);
  if (!kept || parameters.get('state') !== kept.state) {
    throw new SignInError('state_mismatch', 'This answer does not belong to a sign-in that began on this page.');
  }
  if (parameters.has('error')) {
    throw new SignInError(parameters.get('error'), parameters.get('error_description'));
  }
  return ask(config, {
    grant_type: 'authorization_code',
    code: parameters.get('code'),
    redirect_uri: config.redirect_uri,
    code_verifier: kept.verifier,
  });
}

/** New tokens for a refresh token. */
export function refresh(config, refreshToken) {
  return ask(config, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

async function ask(config, form) {
  let answer;
  try {
    answer = await fetch(`${config.base_url}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: config.client_id, ...form }),
    });
  } catch (error) {
    throw new SignInError('unreachable', `The token endpoint cannot be reached: ${error.message}`);
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new SignInError(body.error ?? `status ${answer.status}`, body.error_description);
  }
  return body;
}

/** End our session, and the provider's where the connection says so. */
export function signOut(config) {
  const query = new URLSearchParams({ client_id: config.client_id, logout_uri: config.redirect_uri });
  location.assign(`${config.base_url}/logout?${query}`);
}
