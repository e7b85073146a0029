// A browser application made with aws-amplify: only the domain is ours.

import { Amplify } from 'aws-amplify';
import { fetchAuthSession, fetchUserAttributes, signInWithRedirect, signOut } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';

const here = location.origin + location.pathname;
const { domain_url, pool_api_url, user_pool_id, client_id, scopes } = await (await fetch('config.json')).json();

const answered = new Promise((resolve, reject) => {
  if (!new URLSearchParams(location.search).has('state')) resolve();
  Hub.listen('auth', ({ payload }) => {
    if (payload.event === 'signInWithRedirect') resolve();
    if (payload.event === 'signInWithRedirect_failure') reject(payload.data.error);
  });
});
answered.catch(() => {}); // whoever asks for the tokens is told

Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId: user_pool_id,
      userPoolClientId: client_id,
      userPoolEndpoint: pool_api_url,
      loginWith: {
        oauth: {
          domain: new URL(domain_url).host,
          scopes,
          redirectSignIn: [here],
          redirectSignOut: [here],
          responseType: 'code',
        },
      },
    },
  },
});

async function tokens(options) {
  await answered;
  const { tokens: kept } = await fetchAuthSession(options);
  if (!kept) return null;
  // Amplify keeps it to itself.
  const name = Object.keys(localStorage).find((key) => key.endsWith('.refreshToken'));
  return {
    id_token: kept.idToken.toString(),
    access_token: kept.accessToken.toString(),
    refresh_token: localStorage.getItem(name),
  };
}

globalThis.application = {
  signIn: () => signInWithRedirect(),
  tokens,
  refresh: () => tokens({ forceRefresh: true }),
  async userInfo() {
    const { access_token } = await tokens();
    const answer = await fetch(`${domain_url}/oauth2/userInfo`, {
      headers: { Authorization: `Bearer ${access_token}` },
    });
    return answer.json();
  },
  attributes: () => fetchUserAttributes(),
  signOut: () => signOut(),
  signOutEverywhere: () => signOut({ global: true }),
};
