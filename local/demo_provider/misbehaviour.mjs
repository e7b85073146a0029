// What a test can make the provider do wrong, client by client. Nothing is wrong by default.
//
//   slow_ms                  answer everything so much later
//   clock_ahead_s            its clock
//   metadata {…}             members of the discovery document; null takes one away
//   discovery_answer jwks_answer {status, json | html, cut_off}     in place of the documents
//   wrong_nonce wrong_audience wrong_issuer expired_id_token missing_claims[] extra_claims{}
//   bad_signature unknown_key alg_none hs256_with_public_key no_id_token     the ID token
//   rotates_keys             sign each ID token with a key made that moment
//   token_error {status, error, error_description}    token_not_json        the token endpoint
//   client_check_error {…}   the same for client credentials alone   token_cut_off token_slow_ms
//   iss_parameter "..." | null                        the authorization response (RFC 9207)
//   authorization_error {error, error_description}    refuse in place of a code
//   page "…"                 show this in place of a code; page_at_once: before anybody signs in
//   member_objects [...]    what Microsoft Graph knows; without it Graph refuses (graph.mjs)
//   userinfo_refuses ["POST"]  wrong_userinfo_sub     userinfo_error {status, ...}   UserInfo
//   userinfo_answer {status, json | text, type, headers}    missing_userinfo []

import { createHmac } from 'node:crypto';
import { exportSPKI } from 'jose';

const HOUR = 3600;

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The claims as this client shall see them. */
export function claimsUnder(wrong, claims) {
  const changed = { ...claims, ...wrong.extra_claims };
  if (wrong.wrong_nonce) changed.nonce = `${claims.nonce ?? ''}-not-yours`;
  if (wrong.wrong_audience) changed.aud = 'somebody-else';
  if (wrong.wrong_issuer) changed.iss = 'https://issuer.example';
  if (wrong.expired_id_token) {
    for (const name of ['iat', 'exp', 'nbf']) {
      if (changed[name]) changed[name] -= 2 * HOUR;
    }
  }
  if (wrong.clock_ahead_s) {
    for (const name of ['iat', 'exp', 'nbf']) {
      if (changed[name]) changed[name] += wrong.clock_ahead_s;
    }
  }
  return without(wrong.missing_claims, changed);
}

/** An object without some of its members. */
export function without(names, object) {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names?.includes(name)));
}

/** The claims as a signed token, signed as well or as badly as asked. */
export async function signedUnder(wrong, claims, keys) {
  if (wrong.alg_none) return `${base64url({ typ: 'JWT', alg: 'none' })}.${base64url(claims)}.`;
  if (wrong.hs256_with_public_key) {
    const input = `${base64url({ typ: 'JWT', alg: 'HS256', kid: keys.current.kid })}.${base64url(claims)}`;
    const secret = await exportSPKI(keys.current.publicKey);
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  }
  if (wrong.unknown_key) return keys.sign(claims, await keys.foreign());
  if (wrong.bad_signature) {
    const { privateKey } = await keys.foreign();
    return keys.sign(claims, { privateKey });
  }
  return keys.sign(claims);
}

/** Changes an authorization response, sent by redirect or by form, in place. */
export function changeAuthorizationResponse(ctx, change) {
  const location = ctx.response.get('location');
  if (location) {
    const url = new URL(location, ctx.href);
    const inFragment = url.hash.includes('=');
    const parameters = new URLSearchParams(inFragment ? url.hash.slice(1) : url.search);
    if (!parameters.has('code') && !parameters.has('error')) return;
    change(parameters);
    if (inFragment) url.hash = parameters.toString();
    else url.search = parameters.toString();
    ctx.set('location', url.href);
  } else if (typeof ctx.body === 'string' && ctx.body.includes('<form method="post"')) {
    const found = [...ctx.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"\/>/g)];
    const parameters = new URLSearchParams(found.map(([, name, value]) => [name, unescape(value)]));
    if (!parameters.has('code') && !parameters.has('error')) return;
    change(parameters);
    const inputs = [...parameters].map(
      ([name, value]) => `<input type="hidden" name="${name}" value="${escapeAttribute(value)}"/>`,
    );
    const form = /(<form [^>]*>)[\s\S]*?(<noscript>)/;
    ctx.body = ctx.body.replace(form, (_all, start, end) => `${start}${inputs.join('')}${end}`);
  }
}

const unescape = (text) => text
  .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"')
  .replaceAll('&#39;', "'").replaceAll('&amp;', '&');

const escapeAttribute = (text) => text
  .replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
