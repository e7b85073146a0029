// What the fields of a connection's form are called, above the field and in a list of mistakes.

/** @typedef {import('./types.js').Connection} Connection */

/** Of all but the three that each provider kind describes itself. @type {Record<string, string>} */
export const LABELS = {
  secret_expires_on: 'Secret expires on',
  method: 'Method',
  client_authentication: 'Client authentication',
  response_mode: 'Response mode',
  scopes: 'Scopes',
  attribute_mapping: 'Attributes',
  group_mapping: 'Groups',
  logout_at_provider: 'Sign-out at the provider',
};

/**
 * @param {Connection} connection
 * @param {string} name Of the member in the settings API, or of an entry in it.
 * @returns {string} Empty: it is not in the form.
 */
export function labelOf({ fields }, name) {
  const [member] = name.split('.');
  return fields.find((field) => field.name === member)?.label ?? LABELS[member] ?? '';
}
