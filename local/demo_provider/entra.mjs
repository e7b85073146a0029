// How Microsoft Entra differs from a plain OpenID Provider, as far as a relying party can tell.

import { createHash } from 'node:crypto';

import {
  entraErrorPage, entraPage, entraTokenError, worded, ENTRA_REDIRECT_ERRORS,
} from './entra_errors.mjs';

// What Graph's UserInfo endpoint gives; the ID token's own claims never appear there.
const GRAPH_FIELDS = ['sub', 'name', 'family_name', 'given_name', 'picture', 'email'];
// What Entra leaves out of an ID token unless somebody configures optional claims.
const NOT_IN_ID_TOKEN = ['given_name', 'family_name', 'picture', 'email_verified', 'sid'];

export const entra = {
  algorithm: 'RS256',
  sendsIss: false,

  issuerPath: ({ tenant_id: tenant }) => `/${tenant}/v2.0`,

  paths: ({ tenant_id: tenant }) => ({
    discovery: `/${tenant}/v2.0/.well-known/openid-configuration`,
    jwks: `/${tenant}/discovery/v2.0/keys`,
    authorization: `/${tenant}/oauth2/v2.0/authorize`,
    token: `/${tenant}/oauth2/v2.0/token`,
    userinfo: `/${tenant}/oidc/userinfo`,
    end_session: `/${tenant}/oauth2/v2.0/logout`,
  }),

  // Pairwise on Entra; opaque and the same at every sign-in is what matters here.
  subject: ({ tenant_id: tenant }, person) => createHash('sha256')
    .update(`${tenant} ${person.object_id}`)
    .digest('base64url'),

  claims: {
    openid: ['sub', 'tid', 'oid', 'ver'],
    profile: ['name', 'preferred_username', 'given_name', 'family_name', 'picture'],
    email: ['email'],
  },

  claimsOf: ({ tenant_id: tenant }, person) => ({
    tid: tenant,
    oid: person.object_id,
    ver: '2.0',
    name: person.name,
    preferred_username: person.login,
    given_name: person.given_name,
    family_name: person.family_name,
    picture: 'https://graph.microsoft.com/v1.0/me/photo/$value',
    email: person.email,
    ...person.claims,
  }),

  idToken(claims) {
    const kept = Object.entries(claims).filter(([name]) => !NOT_IN_ID_TOKEN.includes(name));
    return { ...Object.fromEntries(kept), nbf: claims.iat, uti: claims.jti ?? 'demo' };
  },

  userinfo: (body) => Object.fromEntries(
    GRAPH_FIELDS.filter((field) => field in body).map((field) => [field, body[field]]),
  ),

  keyExtra: (issuer) => ({ issuer }),

  discovery: (issuer, { discovery, ...endpoints }) => ({
    token_endpoint: endpoints.token,
    token_endpoint_auth_methods_supported: [
      'client_secret_post', 'private_key_jwt', 'client_secret_basic',
    ],
    jwks_uri: endpoints.jwks,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer,
    request_uri_parameter_supported: false,
    userinfo_endpoint: endpoints.userinfo,
    authorization_endpoint: endpoints.authorization,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: endpoints.end_session,
    claims_supported: [
      'sub', 'iss', 'cloud_instance_name', 'aud', 'exp', 'iat', 'auth_time', 'acr', 'nonce',
      'preferred_username', 'name', 'tid', 'ver', 'at_hash', 'c_hash', 'email',
    ],
    tenant_region_scope: 'EU',
    cloud_instance_name: 'microsoftonline.com',
    rbac_url: 'https://pas.windows.net',
  }),

  scopes: ['openid', 'profile', 'email', 'offline_access', 'https://graph.microsoft.com/.default'],
  tokenError: entraTokenError,
  errorPage: entraErrorPage,
  page: entraPage,
  pageStatus: 200,
  worded,
  redirectErrors: ENTRA_REDIRECT_ERRORS,
};
