// What the settings API says, as types for editors; docs/settings-api.md is the reference.

/** @typedef {'azure'|'google'|'okta'|'onelogin'|'keycloak'|'salesforce'|'oidc'} Kind */
/** @typedef {{field: string, code: string, message: string, fix: string}} Mistake */
/**
 * @typedef {object} Finding
 * @property {string} code
 * @property {'error'|'warning'|'note'} severity
 * @property {'provider_administrator'|'administrator'|'employee'|'saas'|'nobody'} who
 * @property {string} message
 * @property {string} fix
 * @property {string|null} field
 * @property {string} provider_text
 * @property {string|null} correlation_id
 * @property {string|null} look_up_url
 */
/** @typedef {{name: string, state: 'ok'|'finding'|'cannot_tell', message: string, finding: Finding|null}} Probe */
/** @typedef {{field: 'client_id'|'client_secret'|'discovery_url', value: string}} Mend */
/** @typedef {{probes: Probe[], mends: Mend[]}} Check */
/** @typedef {{finding: Finding, number: number|null}} Explanation */
/** Of a check or a test. @typedef {{version: number, at: number, passed: boolean, findings: string[], reference: string|null}} Result */
/**
 * @typedef {'sent_to_provider'|'came_back'|'answer_accepted'|'code_redeemed'|'id_token_accepted'|'claims_complete'|
 *   'user_found'|'code_issued'|'tokens_issued'} StepName
 */
/** @typedef {{name: StepName, after_ms: number}} Step */
/**
 * @typedef {object} SignIn
 * @property {string} reference
 * @property {'sign_in'|'test'} kind
 * @property {Kind} provider
 * @property {'authsso'|'cognito'} callback
 * @property {number} version
 * @property {number} started_at
 * @property {'started'|'signed_in'|'refused'|'never_came_back'} outcome
 * @property {string|null} person
 * @property {Finding|null} finding
 */
/** @typedef {{sign_ins: SignIn[], next: string|null}} SignIns */
/**
 * @typedef {SignIn & {application: string|null, steps: Step[], findings: Finding[], username: string|null,
 *   decision: 'known'|'linked'|'created'|null, groups: {name: string, cognito_group: string|null}[],
 *   claims: Record<string, unknown>|null, mapped: Record<string, string>|null}} SignInDetail
 */
/** @typedef {{is_set: boolean, set_at: number, expires_on: string|null}} Secret */
/**
 * @typedef {object} Version
 * @property {number} number
 * @property {string} discovery_url
 * @property {string} issuer
 * @property {string} client_id
 * @property {Secret} secret
 * @property {'GET'|'POST'} method
 * @property {string} client_authentication
 * @property {string} response_mode
 * @property {string[]} scopes
 * @property {Record<string, string>} attribute_mapping
 * @property {Record<string, string>} group_mapping
 * @property {boolean} logout_at_provider
 * @property {number} saved_at
 * @property {string} saved_by
 * @property {Result|null} last_check
 * @property {Result|null} last_test
 */
/**
 * @typedef {object} Connection
 * @property {Kind} provider
 * @property {string} name
 * @property {string} guide_url
 * @property {{name: string, label: string, hint: string, example: string}[]} fields
 * @property {boolean} is_offered false: the SaaS has not set this kind up.
 * @property {string} connection_id
 * @property {{name: 'authsso'|'cognito', uri: string}[]} redirect_uris
 * @property {string|null} post_logout_redirect_uri null: no sign-out at this kind of provider.
 * @property {boolean} enabled
 * @property {boolean} enforced
 * @property {number|null} lifted_until Until then passwords work all the same.
 * @property {string|null} etag
 * @property {Version|null} live
 * @property {Version|null} draft
 * @property {Version|null} previous
 * @property {number|null} live_since Until then `previous` was live.
 * @property {{code: string, message: string, fix: string}[]} warnings
 * @property {{state: 'off'|'on'|'working'|'unavailable', message: string}} cognito_domain
 * @property {Imported|null} imported null: it never was a provider of the user pool.
 */
/** @typedef {{pool_provider: string, moved_at: number|null, needs: {code: string, message: string}[]}} Imported */
/** @typedef {{left: number, made_at: number|null}} CodesLeft */
/**
 * @typedef {object} EmergencyAccess
 * @property {{username: string, email: string|null, name: string|null}[]} users
 * @property {CodesLeft} recovery_codes
 * @property {string} etag
 */
/**
 * @typedef {object} Domain
 * @property {string} domain
 * @property {'pending'|'proven'|'lapsing'} state
 * @property {number|null} proven_at
 * @property {number|null} checked_at
 * @property {{name: string, type: string, value: string}} record
 */
/**
 * @typedef {object} ChangeEvent
 * @property {string} id
 * @property {number} at
 * @property {{username: string, email: string|null}} actor
 * @property {string} source_ip
 * @property {string} action
 * @property {string} subject
 * @property {{changes?: Record<string, {before: unknown, after: unknown}>, [name: string]: unknown}} details
 */
/**
 * @typedef {object} Overview
 * @property {string} tenant_id
 * @property {Connection[]} providers
 * @property {Domain[]} domains
 * @property {EmergencyAccess} emergency_access
 */
/**
 * @typedef {object} PageConfig
 * @property {string} client_id
 * @property {string} authorize_url
 * @property {string} token_url
 * @property {string} recovery_url Where a recovery code is used, without signing in.
 * @property {string} product_name
 * @property {string[]} dashboard_origins
 */

export {};
