// A server-side application made with openid-client: it holds a secret, and the browser a session.

import { randomUUID } from 'node:crypto';

import * as client from 'openid-client';

const SESSION = 'session';

const PAGE = `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>openid-client</title>
<script>
  const ask = async (path) => {
    const answer = await fetch(path, { method: 'POST' });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };
  globalThis.application = {
    signIn: () => location.assign('sign-in'),
    tokens: () => ask('tokens'),
    refresh: () => ask('refresh'),
    userInfo: () => ask('user-info'),
    signOut: () => location.assign('sign-out'),
  };
</script>`;

const tokensOf = ({ id_token, access_token, refresh_token }) => ({ id_token, access_token, refresh_token });

export class OpenidClientApplication {
  constructor({ domain_url, issuer, issuer_url, client_id, client_secret, scopes, base_url }) {
    this.home = base_url;
    this.scope = scopes.join(' ');
    this.sessions = new Map();
    this.configuration = new client.Configuration(
      {
        issuer,
        jwks_uri: `${issuer_url}/.well-known/jwks.json`,
        authorization_endpoint: `${domain_url}/oauth2/authorize`,
        token_endpoint: `${domain_url}/oauth2/token`,
        userinfo_endpoint: `${domain_url}/oauth2/userInfo`,
        revocation_endpoint: `${domain_url}/oauth2/revoke`,
        end_session_endpoint: `${domain_url}/logout`,
      },
      client_id,
      undefined,
      client.ClientSecretBasic(client_secret),
    );
    client.enableNonRepudiationChecks(this.configuration); // the ID token's signature too
  }

  routes = {
    'GET ': (request, response, url, session) => (url.search ? this.comeBack(response, url, session) : this.page(response)),
    'GET sign-in': (request, response) => this.signIn(response),
    'GET sign-out': (request, response, url, session) => this.signOut(response, session),
    'POST tokens': (request, response, url, session) => this.tokens(response, session),
    'POST refresh': (request, response, url, session) => this.refresh(response, session),
    'POST user-info': (request, response, url, session) => this.userInfo(response, session),
  };

  async handle(request, response, path) {
    const cookie = new RegExp(`(?:^|; )${SESSION}=([^;]+)`).exec(request.headers.cookie ?? '');
    const session = this.sessions.get(cookie?.[1]);
    const url = new URL(request.url, this.home);
    await this.routes[`${request.method} ${path}`](request, response, url, session);
  }

  page(response) {
    response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
  }

  json(response, body) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  async signIn(response) {
    const id = randomUUID();
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    this.sessions.set(id, { id, verifier, state });
    const there = client.buildAuthorizationUrl(this.configuration, {
      redirect_uri: this.home,
      scope: this.scope,
      state,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const cookie = `${SESSION}=${id}; HttpOnly; SameSite=Lax; Path=/`;
    response.writeHead(303, { location: there.href, 'set-cookie': cookie }).end();
  }

  async comeBack(response, url, session) {
    try {
      session.tokens = await client.authorizationCodeGrant(this.configuration, url, {
        pkceCodeVerifier: session.verifier,
        expectedState: session.state,
      });
      session.subject = session.tokens.claims().sub;
    } catch (error) {
      session.error = error; // whoever asks for the tokens is told
    }
    response.writeHead(303, { location: this.home }).end();
  }

  tokens(response, session) {
    if (session?.error) throw session.error;
    this.json(response, session ? tokensOf(session.tokens) : null);
  }

  async refresh(response, session) {
    const { refresh_token } = session.tokens;
    const fresh = await client.refreshTokenGrant(this.configuration, refresh_token);
    session.tokens = { refresh_token, ...fresh };
    this.json(response, tokensOf(session.tokens));
  }

  async userInfo(response, session) {
    const { access_token } = session.tokens;
    this.json(response, await client.fetchUserInfo(this.configuration, access_token, session.subject));
  }

  async signOut(response, session) {
    await client.tokenRevocation(this.configuration, session.tokens.refresh_token);
    this.sessions.delete(session.id);
    const there = client.buildEndSessionUrl(this.configuration, { logout_uri: this.home });
    response.writeHead(303, { location: there.href }).end();
  }
}
