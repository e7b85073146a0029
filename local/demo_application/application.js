// The page: who is signed in, what the tokens say, and what went wrong.

import {
  begin, complete, refresh, signOut, SignInError,
} from './sign_in.js';

const $ = (id) => document.getElementById(id);
const config = await (await fetch('/config.json')).json();
let tokens = null; // in memory alone: a reload signs in again

function claimsOf(token) {
  const payload = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), (c) => c.charCodeAt(0))));
}

function showToken(id, token) {
  const claims = claimsOf(token);
  $(id).textContent = JSON.stringify(claims, null, 2);
  $(`${id}-times`).textContent = `until ${new Date(claims.exp * 1000).toLocaleTimeString()}`;
  return claims;
}

function show() {
  $('signed-in').hidden = !tokens;
  $('signed-out').hidden = Boolean(tokens);
  $('signed-in-as').hidden = !tokens;
  if (!tokens) return;
  const identity = showToken('id-token', tokens.id_token);
  showToken('access-token', tokens.access_token);
  $('refresh-token').textContent = tokens.refresh_token ?? '(none)';
  $('name').textContent = identity.name ?? identity.email ?? identity['cognito:username'];
  $('signed-in-as').textContent = identity.email ?? identity['cognito:username'];
}

function showError(error) {
  $('error').hidden = !error;
  if (!error) return;
  $('error-code').textContent = error instanceof SignInError ? error.code : error.name;
  $('error-description').textContent = error instanceof SignInError ? error.description : error.message;
}

/** One click at a time, and whatever goes wrong is shown. */
function onClick(id, act) {
  $(id).addEventListener('click', async ({ currentTarget: button }) => {
    button.disabled = true;
    showError(null);
    try {
      await act();
    } catch (error) {
      showError(error);
    } finally {
      button.disabled = false;
    }
  });
}

onClick('sign-in', () => begin(config));
onClick('sign-out', () => signOut(config));
onClick('refresh', async () => {
  tokens = { ...tokens, ...await refresh(config, tokens.refresh_token) };
  show();
});
onClick('call-settings', async () => {
  const answer = await fetch(`${config.base_url}/settings/sso`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  const text = await answer.text();
  $('settings').hidden = false;
  $('settings-status').textContent = `${answer.status} ${answer.statusText}`;
  try {
    $('settings-answer').textContent = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    $('settings-answer').textContent = text;
  }
});

const parameters = new URLSearchParams(location.search);
if (parameters.has('start')) {
  // Where the tile in somebody's portal leads: sign in at once, with its hints.
  const { start, ...hints } = Object.fromEntries(parameters);
  await begin(config, hints);
} else {
  history.replaceState(null, '', location.pathname); // a code must not stay in the address
  try {
    tokens = await complete(config, parameters);
  } catch (error) {
    showError(error);
  }
  show();
}
