// Microsoft Graph, as far as a sign-in asks it: the groups of whoever an access token is about.

import { read, sendJson } from './http.mjs';

export const MEMBER_OBJECTS = '/v1.0/me/getMemberObjects';

const refusal = (code, message) => ({ error: { code, message, innerError: {} } });

/** The realm that issued an access token, and the client that it was issued to. */
async function issuerOf(realms, token) {
  for (const realm of realms) {
    const found = await realm.provider.AccessToken.find(token);
    if (found) return { realm, clientId: found.clientId };
  }
  return {};
}

/** What misbehaviour.mjs calls member_objects; without it nobody has granted the permission. */
export async function answerMemberObjects({ realms, log }, request, response) {
  const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const { realm, clientId } = token ? await issuerOf(realms, token) : {};
  if (!realm) {
    sendJson(response, 401, refusal('InvalidAuthenticationToken', 'Access token is empty.'));
    return;
  }
  let question = {};
  try {
    question = JSON.parse(await read(request));
  } catch { /* answered below */ }
  if (request.method !== 'POST' || typeof question.securityEnabledOnly !== 'boolean') {
    sendJson(response, 400, refusal('Request_BadRequest', 'securityEnabledOnly is missing.'));
    return;
  }
  log.add(
    { method: 'POST', query: {}, get: (name) => request.headers[name] ?? '' },
    { realm: realm.name, route: 'graph', path: MEMBER_OBJECTS },
  );
  const groups = realm.wrong(clientId).member_objects;
  if (groups) sendJson(response, 200, { value: groups });
  else sendJson(response, 403, refusal('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'));
}
