// How Entra words its refusals: AADSTS numbers in the description, pages that carry $Config.

import { randomUUID } from 'node:crypto';

import { escape, page } from './html.mjs';

function described(number, text) {
  const timestamp = new Date().toISOString().replace('T', ' ').replace(/\.\d+/, '');
  const trace = randomUUID();
  const correlation = randomUUID();
  return {
    error_description: `AADSTS${number}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [number],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${number}`,
  };
}

/** A refusal with the ids that Entra puts behind its text, and the number once more. */
export function worded({ error_description: text, ...rest }) {
  const [, number, said] = /^AADSTS(\d+):? ?(.*)$/s.exec(text ?? '') ?? [];
  if (!number) return text === undefined ? rest : { ...rest, error_description: text };
  const { error_codes: numbers, error_description: whole } = described(Number(number), said);
  return { ...rest, error_description: whole, error_codes: numbers };
}

function unknownApplication(clientId, realm) {
  return [700016, `Application with identifier '${clientId}' was not found in the directory '${realm.name}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`];
}

/** The token endpoint's refusal in Entra's words: status and body. */
export function entraTokenError(body, { clientId, form, realm }) {
  if (body.error === 'invalid_client') {
    if (!realm.clients.has(clientId)) {
      return [400, { error: 'unauthorized_client', ...described(...unknownApplication(clientId, realm)) }];
    }
    return [401, {
      error: 'invalid_client',
      ...described(7000215, `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`),
    }];
  }
  if (body.error === 'invalid_grant') {
    const wrongVerifier = form?.code_verifier && /PKCE|verif/i.test(body.error_detail ?? '');
    return [400, {
      error: 'invalid_grant',
      ...(wrongVerifier
        ? described(501481, 'The Code_Verifier does not match the code_challenge supplied in the authorization request.')
        : described(70000, 'The provided value for the input parameter \'code\' is not valid.')),
    }];
  }
  return [400, { error: body.error, ...described(900144, body.error_description ?? 'The request is malformed.') }];
}

/** What the browser brings back to the redirect URI, by `error`. */
export const ENTRA_REDIRECT_ERRORS = {
  login_required: () => described(50058, 'Session information is not sufficient for single-sign-on.').error_description,
  access_denied: () => described(65004, 'User declined to consent to access the app.').error_description,
};

/** A refusal that must not go to the redirect URI: Microsoft shows it on a page of its own. */
export function entraErrorPage(out, { clientId, redirectUri, realm }) {
  let number = 900144;
  let text = out.error_description ?? out.error;
  if (!realm.clients.has(clientId)) {
    [number, text] = unknownApplication(clientId, realm);
  } else if (out.error === 'invalid_redirect_uri') {
    number = 50011;
    text = `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this error.`;
  }
  return entraPage(`AADSTS${number}: ${text}`);
}

/** The page itself. */
export function entraPage(text) {
  const [, number = ''] = /AADSTS(\d+)/.exec(text) ?? [];
  const config = JSON.stringify({
    pgid: 'ConvergedError',
    sErrorCode: number,
    strMainMessage: 'Sorry, but we’re having trouble signing you in.',
    strServiceExceptionMessage: text,
    correlationId: randomUUID(),
  }).replaceAll('<', '\\u003c');
  return page('Sign in to your account', `
    <h1>Sign in</h1>
    <p>Sorry, but we’re having trouble signing you in.</p>
    <p class="detail">${escape(text)}</p>
    <script>$Config=${config};</script>`);
}

/** The answer of the discovery address of a tenant that does not exist. */
export function unknownTenant(tenant) {
  return {
    error: 'invalid_tenant',
    ...described(90002, `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`),
  };
}
