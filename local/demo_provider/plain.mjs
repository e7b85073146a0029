// A plain OpenID Provider, such as Keycloak or anybody's own: RFC 9207, ES256, claims as usual.

import { createHash } from 'node:crypto';

import { escape, page } from './html.mjs';

export const plain = {
  algorithm: 'ES256',
  sendsIss: true,

  issuerPath: ({ path }) => path,

  paths: ({ path }) => ({
    discovery: `${path}/.well-known/openid-configuration`,
    jwks: `${path}/jwks`,
    authorization: `${path}/auth`,
    token: `${path}/token`,
    userinfo: `${path}/me`,
    end_session: `${path}/session/end`,
  }),

  subject: ({ path }, person) => createHash('sha256')
    .update(`${path} ${person.object_id}`)
    .digest('hex')
    .slice(0, 32),

  claims: {
    openid: ['sub'],
    profile: ['name', 'preferred_username', 'given_name', 'family_name'],
    email: ['email', 'email_verified'],
    groups: ['groups'],
  },

  claimsOf: (_realm, person) => ({
    name: person.name,
    preferred_username: person.login.split('@')[0],
    given_name: person.given_name,
    family_name: person.family_name,
    email: person.email,
    email_verified: true,
    groups: person.groups ?? [],
    ...person.claims,
  }),

  idToken: (claims) => claims,
  userinfo: (body) => body,
  keyExtra: () => ({ alg: 'ES256' }),

  discovery: (issuer, endpoints) => ({
    issuer,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    userinfo_endpoint: endpoints.userinfo,
    jwks_uri: endpoints.jwks,
    end_session_endpoint: endpoints.end_session,
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'form_post', 'fragment'],
    grant_types_supported: ['authorization_code', 'client_credentials'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    scopes_supported: ['openid', 'profile', 'email', 'groups'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    claims_supported: ['sub', 'iss', 'name', 'given_name', 'family_name', 'email', 'email_verified', 'groups'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  }),

  scopes: ['openid', 'profile', 'email', 'groups', 'offline_access'],
  tokenError: null,
  errorPage: (out) => page('Sign-in failed', `
    <h1>Sign-in failed</h1>
    <p>${escape(out.error)}</p>
    <p class="detail">${escape(out.error_description ?? '')}</p>`),
  page: (text) => plain.errorPage({ error: text }),
  pageStatus: 400,
  worded: (refusal) => refusal,
  redirectErrors: {},
};
