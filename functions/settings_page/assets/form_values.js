// What stands in a connection's form: read from what is saved, and made into a request.

/** @typedef {import('./types.js').Connection} Connection */
/** @typedef {import('./types.js').Version} Version */
/**
 * @typedef {object} Values
 * @property {string} client_id
 * @property {string} client_secret
 * @property {string} discovery_url
 * @property {'GET'|'POST'} method
 * @property {string} secret_expires_on ISO date, or empty.
 * @property {string} client_authentication Empty: the provider's metadata decides.
 * @property {string} response_mode Empty: the provider kind's usual one.
 * @property {string} scopes With blanks between.
 * @property {Record<string, string>} attribute_mapping Ours to the provider's claim; empty: the usual.
 * @property {[string, string][]} group_mapping The provider's group and ours.
 * @property {boolean} logout_at_provider Signing out ends the session at the provider as well.
 * @property {boolean} replaces_secret The field for a new secret is open.
 */

export const ATTRIBUTES = ['email', 'name', 'given_name', 'family_name', 'groups'];
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * @param {Version|null} version
 * @returns {Values}
 */
export function valuesOf(version) {
  return {
    client_id: version?.client_id ?? '',
    client_secret: '',
    discovery_url: version?.discovery_url ?? '',
    method: version?.method ?? 'POST',
    secret_expires_on: version?.secret.expires_on ?? '',
    client_authentication: version?.client_authentication ?? '',
    response_mode: version?.response_mode ?? '',
    scopes: version?.scopes.join(' ') ?? '',
    attribute_mapping: { ...version?.attribute_mapping },
    group_mapping: Object.entries(version?.group_mapping ?? {}),
    logout_at_provider: version?.logout_at_provider ?? false,
    replaces_secret: false,
  };
}

/**
 * The version that the form goes on from.
 *
 * @param {Connection} connection
 */
export function savedVersion(connection) {
  return connection.draft ?? connection.live;
}

/**
 * Make the body of a PUT; what is left empty is left out, and takes the provider kind's default.
 *
 * @param {Values} values
 */
export function requestOf(values) {
  const claims = Object.entries(values.attribute_mapping)
    .map(([ours, claim]) => [ours, claim.trim()])
    .filter(([, claim]) => claim);
  const groups = values.group_mapping
    .map(([theirs, ours]) => [theirs.trim(), ours.trim()])
    .filter(([theirs, ours]) => theirs || ours);
  const scopes = values.scopes.split(/[\s,]+/).filter(Boolean);
  return {
    client_id: values.client_id.trim(),
    discovery_url: values.discovery_url.trim(),
    method: values.method,
    ...(values.client_secret && { client_secret: values.client_secret }),
    ...(values.secret_expires_on && { secret_expires_on: values.secret_expires_on }),
    ...(values.client_authentication && { client_authentication: values.client_authentication }),
    ...(values.response_mode && { response_mode: values.response_mode }),
    ...(scopes.length && { scopes }),
    ...(claims.length && { attribute_mapping: Object.fromEntries(claims) }),
    ...(groups.length && { group_mapping: Object.fromEntries(groups) }),
    ...(values.logout_at_provider && { logout_at_provider: true }),
  };
}

/**
 * Tell whether something was typed that is not saved.
 *
 * @param {Values} values
 * @param {Connection} connection
 */
export function isChanged(values, connection) {
  const saved = requestOf(valuesOf(savedVersion(connection)));
  return JSON.stringify(requestOf(values)) !== JSON.stringify(saved);
}

/**
 * Name the fields in which two versions differ.
 *
 * @param {Version|null} before
 * @param {Version|null} after
 */
export function changedFields(before, after) {
  const then = valuesOf(before);
  return Object.entries(valuesOf(after))
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(/** @type {any} */ (then)[name]))
    .map(([name]) => name);
}

/**
 * Find the stored secret that fits what stands in the form: it belongs to its Client ID and its
 * Discovery URL, and is asked for again when either changes.
 *
 * @param {Values} values
 * @param {Connection} connection
 */
export function fittingSecret(values, connection) {
  const fits = (/** @type {Version|null} */ version) =>
    version?.secret.is_set &&
    version.client_id === values.client_id.trim() &&
    [version.discovery_url, version.issuer].includes(values.discovery_url.trim());
  const version = [connection.draft, connection.live].find(fits);
  return version?.secret ?? null;
}

/**
 * Build the Discovery URL from the part of it that people have at hand.
 *
 * @param {string} kind
 * @param {string} text
 */
export function completedAddress(kind, text) {
  const typed = text.trim();
  if (kind === 'azure' && GUID.test(typed)) {
    return `https://login.microsoftonline.com/${typed.toLowerCase()}/v2.0`;
  }
  const isHost = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(\/\S*)?$/i.test(typed);
  return isHost ? `https://${typed}` : typed;
}
