// A browser application made with oidc-client-ts: the pool's own metadata, and our endpoints in it.

import { UserManager, WebStorageStateStore } from 'oidc-client-ts';

const here = location.origin + location.pathname;
const { domain_url, issuer_url, client_id, scopes } = await (await fetch('config.json')).json();

const manager = new UserManager({
  authority: issuer_url,
  metadataSeed: {
    authorization_endpoint: `${domain_url}/oauth2/authorize`,
    token_endpoint: `${domain_url}/oauth2/token`,
    userinfo_endpoint: `${domain_url}/oauth2/userInfo`,
    revocation_endpoint: `${domain_url}/oauth2/revoke`,
    end_session_endpoint: `${domain_url}/logout`,
  },
  client_id,
  redirect_uri: here,
  scope: scopes.join(' '),
  loadUserInfo: true,
  automaticSilentRenew: false,
  revokeTokensOnSignout: true,
  revokeTokenTypes: ['refresh_token'],
  userStore: new WebStorageStateStore({ store: localStorage }),
});

const answered = new URLSearchParams(location.search).has('state')
  ? manager.signinCallback()
  : Promise.resolve();
answered.catch(() => {}); // whoever asks for the tokens is told

async function user() {
  await answered;
  return manager.getUser();
}

const tokens = ({ id_token, access_token, refresh_token }) => ({ id_token, access_token, refresh_token });

globalThis.application = {
  signIn: () => manager.signinRedirect(),
  tokens: async () => { const kept = await user(); return kept && tokens(kept); },
  refresh: async () => tokens(await manager.signinSilent()),
  userInfo: async () => (await user()).profile,
  askSilently: () => manager.signinSilent(), // in a frame, with prompt=none
  signOut: () => manager.signoutRedirect({ extraQueryParams: { client_id, logout_uri: here } }),
};
