// Mistakes that can be named while somebody types. The server judges by more rules, in these words.

/** @typedef {import('./types.js').Mistake} Mistake */
/** @typedef {import('./form_values.js').Values} Values */
/**
 * complete: only once the whole value stands there. asks: the server may know a better value.
 * @typedef {Mistake & {complete?: boolean, asks?: boolean, mend?: string}} Found
 */

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SIGN_IN_HOST = 'login.microsoftonline.com';
const PORTALS = ['portal.azure.com', 'portal.azure.us', 'portal.azure.cn', 'entra.microsoft.com', 'entra.microsoft.us', 'aad.portal.azure.com'];
const OVERVIEW = 'Entra admin center > Entra ID > App registrations > your app > Overview';
const PLACEHOLDER = /[{}<>]|%7b|%3c|\byour[-_]?(domain|tenant|realm|org|subdomain)|tenant[-_]?id|x{8}/i;

/**
 * Judge what stands in the form, without any network.
 *
 * @param {string} kind
 * @param {Pick<Values, 'client_id'|'client_secret'|'discovery_url'>} values
 * @returns {Found[]} At most one a field.
 */
export function typedMistakes(kind, values) {
  const typed = { id: values.client_id.trim(), secret: values.client_secret, address: values.discovery_url.trim() };
  const isAzure = kind === 'azure';
  const found = [
    typed.address && (isAzure ? azureAddress(typed.address) : anyAddress(typed.address)),
    typed.secret && secret(typed, isAzure),
    typed.id && clientId(typed, isAzure),
  ];
  return /** @type {Found[]} */ (found.filter(Boolean));
}

/** @param {string} text @returns {Found|null} */
function anyAddress(text) {
  if (PLACEHOLDER.test(text)) return address('placeholder', 'A placeholder is left in the address.', 'Replace the placeholder by your own value.');
  if (/^http:\/\//i.test(text) && !isThisMachine(text)) {
    return address('not_https', 'The address does not begin with https://.', 'Use the https:// address of your provider.');
  }
  return null;
}

/** @param {string} text @returns {Found|null} */
function azureAddress(text) {
  if (PLACEHOLDER.test(text)) {
    return address('placeholder', 'A placeholder is left in the address.', `Replace it by your Directory (tenant) ID: ${OVERVIEW}.`);
  }
  const [, host = '', path = ''] = text.toLowerCase().match(/^(?:https?:\/\/)?([^/?#]+)([^?#]*)/) ?? [];
  if (PORTALS.includes(host)) {
    return address(
      'portal',
      'This is the address of the Azure portal or the Entra admin center.',
      `Use https://${SIGN_IN_HOST}/{Directory (tenant) ID}/v2.0; the ID stands under ${OVERVIEW}.`,
    );
  }
  const segments = path.split('/').filter(Boolean);
  if (host.endsWith('.onmicrosoft.com') && ['', 'v2.0'].includes(segments.join('/'))) return namedByDomain(host);
  if (host !== SIGN_IN_HOST) return anyAddress(text);
  if (segments.includes('oauth2')) return null;
  if (segments.includes('common') || segments.includes('organizations')) {
    return address(
      'open_to_all',
      '“common” and “organizations” let people of every organisation in.',
      `Put your own Directory (tenant) ID in its place: ${OVERVIEW}.`,
    );
  }
  if (/^[^.]+\.[^.]/.test(segments[0] ?? '') && segments[0] !== 'v2.0') return namedByDomain(segments[0]);
  const alone = segments.length === 1 || segments.slice(1).join('/') === '.well-known/openid-configuration';
  if (alone && GUID.test(segments[0])) {
    const mend = `https://${SIGN_IN_HOST}/${segments[0]}/v2.0`;
    const message = '/v2.0 is missing at the end; without it this is the issuer of version 1.';
    return { ...address('version_1', message, `Use ${mend}`), complete: true, mend };
  }
  return anyAddress(text);
}

/** @param {string} domain @returns {Found} */
function namedByDomain(domain) {
  return { ...address('domain', `The tenant is named by its domain, ${domain}.`, `Put the Directory (tenant) ID in its place: ${OVERVIEW}.`), complete: true, asks: true };
}

/** @param {{id: string, secret: string}} typed @param {boolean} isAzure @returns {Found|null} */
function secret({ id, secret: text }, isAzure) {
  if (isAzure && GUID.test(text.trim().toLowerCase())) {
    return mistake(
      'client_secret',
      'is_secret_id',
      'This looks like the Secret ID, not the secret\'s Value.',
      'App registrations > your app > Certificates & secrets > Client secrets: copy the Value column. If it is hidden already, press New client secret and copy the Value at once.',
    );
  }
  if (/^[*.•●]{4,}$/.test(text)) {
    return mistake(
      'client_secret',
      'masked',
      'These are the dots that stand for a hidden secret, not the secret.',
      'Leave the field empty to keep the stored secret, or create a new one and copy it.',
    );
  }
  if (text !== text.trim() || /[^\x20-\x7e]/.test(text)) {
    const found = mistake(
      'client_secret',
      'characters',
      'The Client Secret is empty, or has a blank at an end, a line break or an invisible sign.',
      'Copy the secret again with the copy button beside it, without blanks or line breaks.',
    );
    return /^[\x20-\x7e]+$/.test(text.trim()) ? { ...found, mend: text.trim() } : found;
  }
  if (/^(["'`]).*\1$/.test(text) && text.length > 1) {
    return mistake('client_secret', 'quoted', 'The Client Secret stands in quotation marks.', 'Enter it without them.');
  }
  if (text === id) {
    return mistake('client_secret', 'is_client_id', 'Client ID and Client Secret are the same.', 'Copy the secret from its own field at your provider.');
  }
  return null;
}

/** @param {{id: string, address: string}} typed @param {boolean} isAzure @returns {Found|null} */
function clientId({ id, address: text }, isAzure) {
  if (id.includes('://')) {
    return mistake('client_id', 'address', 'This is a web address, not a Client ID.', 'Copy the Client ID from your provider\'s page of the application.');
  }
  if (!isAzure) return null;
  const isGuid = GUID.test(id.toLowerCase());
  if (isGuid && text.toLowerCase().includes(id.toLowerCase())) {
    return mistake(
      'client_id',
      'is_tenant_id',
      'Client ID and the tenant ID in the Discovery URL are the same; one of them is wrong.',
      `${OVERVIEW}: Application (client) ID belongs here, Directory (tenant) ID in the Discovery URL.`,
    );
  }
  if (isGuid || /\s/.test(id)) return null;
  const found = mistake('client_id', 'not_guid', 'A Client ID of Entra is a GUID; this is not one.', `${OVERVIEW}: copy Application (client) ID.`);
  return { ...found, complete: true };
}

/** @param {string} text */
function isThisMachine(text) {
  return /^http:\/\/(localhost|127\.0\.0\.1|\[::1\]|[^/:]*\.localhost)([:/]|$)/i.test(text);
}

/** @param {string} code @param {string} message @param {string} fix */
function address(code, message, fix) {
  return mistake('discovery_url', code, message, fix);
}

/** @param {string} field @param {string} code @param {string} message @param {string} fix @returns {Mistake} */
function mistake(field, code, message, fix) {
  return { field, code: `${field}_${code}`, message, fix };
}
