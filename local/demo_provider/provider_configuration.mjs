// What oidc-provider is told about a realm. Everything that it would otherwise remark upon is set.

import { randomBytes } from 'node:crypto';

import { Clients } from './clients.mjs';
import { page } from './html.mjs';
import { interactionPolicy } from './oidc_provider.mjs';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

function policy() {
  const { base, Prompt } = interactionPolicy;
  const prompts = base();
  // Entra and Google know it: choose again, even with a session.
  prompts.add(new Prompt({ name: 'select_account', requestable: true }), 0);
  return prompts;
}

export function providerConfiguration(realm) {
  return {
    adapter: realm.storage.adapter(),
    clients: [...realm.config.clients.map(Clients.described)],
    jwks: realm.keys.privateKeySet(),
    cookies: {
      keys: [randomBytes(16).toString('hex')],
      names: {
        session: `session_${realm.cookieSuffix}`,
        interaction: `interaction_${realm.cookieSuffix}`,
        resume: `resume_${realm.cookieSuffix}`,
      },
    },
    routes: { authorization: '/auth', token: '/token', userinfo: '/me', end_session: '/session/end' },
    scopes: realm.dress.scopes,
    claims: realm.dress.claims,
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    pkce: { required: () => false },
    clientAuthMethods: ['client_secret_post', 'client_secret_basic'],
    clientDefaults: { id_token_signed_response_alg: realm.dress.algorithm },
    enabledJWA: { idTokenSigningAlgValues: [realm.dress.algorithm] },
    clientBasedCORS: () => false,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = page('Signing out', `<h1>Signing out…</h1>${form}
            <script>
              const form = document.forms[0];
              form.insertAdjacentHTML('beforeend', '<input type="hidden" name="logout" value="yes">');
              form.submit();
            </script>`);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = page('Signed out', '<h1>You signed out of your account</h1>');
        },
      },
    },
    interactions: {
      policy: policy(),
      url: (_ctx, interaction) => `${realm.issuerPath}/interaction/${interaction.uid}`,
    },
    findAccount: (_ctx, subject) => realm.account(subject),
    // Nobody is asked to consent: the demo organisation's administrator has done so.
    async loadExistingGrant(ctx) {
      const { client, session, params, provider } = ctx.oidc;
      const grant = new provider.Grant({
        clientId: client.clientId,
        accountId: session.accountId,
      });
      grant.addOIDCScope(params.scope ?? 'openid');
      await grant.save(HOUR);
      return grant;
    },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = realm.dress.errorPage(out, {
        clientId: ctx.oidc?.params?.client_id ?? ctx.query.client_id,
        redirectUri: ctx.oidc?.params?.redirect_uri ?? ctx.query.redirect_uri,
        realm,
      });
    },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: 5 * MINUTE,
      ClientCredentials: HOUR,
      Grant: HOUR,
      IdToken: HOUR,
      Interaction: HOUR,
      Session: 12 * HOUR,
    },
  };
}
