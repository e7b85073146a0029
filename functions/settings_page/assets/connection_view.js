// One provider: switches, warnings, live and draft, the addresses to register, form and guide.

import { deleteConnection, enable, enforce } from './connection_changes.js';
import { checkView } from './check_view.js';
import { connectionForm } from './connection_form.js';
import { check } from './checks.js';
import { connectionProblem } from './connection_problems.js';
import { button, disclosure, toggle } from './controls.js';
import { h, icon } from './dom.js';
import { hasDomain, hasEmergencyAccess } from './enforce_needs.js';
import { explainView } from './explain_view.js';
import { notice } from './feedback.js';
import { guideView } from './guide_view.js';
import { importedView } from './imported_view.js';
import { liftNotice } from './lift_notice.js';
import { monogram } from './providers_view.js';
import { redirectUris } from './redirect_uris.js';
import { part } from './redrawing.js';
import { asksWhatWasShown, trialView, tryButton } from './trial_view.js';
import { versionsView } from './versions_view.js';
import { liftedUntil, statusOf, timeOf } from './words.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */

/**
 * @param {Page} page
 * @param {Connection} connection
 */
export function connectionView(page, connection) {
  const { provider, name, fields, etag } = connection;
  const status = statusOf(connection);
  const now = () => page.state.connection(provider) ?? connection;
  return [
    h('a', { class: 'back', href: '#/providers' }, icon('back'), 'All providers'),
    h(
      'div',
      { class: 'view-head' },
      monogram(provider),
      h('h2', { id: 'view-title', tabindex: '-1' }, name),
      status.short && h('span', { class: `badge badge-${status.tone}` }, status.short),
    ),
    h('p', { class: 'lead' }, status.short || !fields.length ? status.long : 'Follow the guide, fill in the form and save it; then switch Enable on.'),
    connectionProblem(page, connection),
    liftNotice([connection]),
    ...connection.warnings.map(warning),
    switches(page, connection),
    part('imported', () => [importedView(page, now())]),
    part('versions', () => [versionsView(page, now())]),
    h(
      'div',
      { class: 'beside' },
      h(
        'div',
        { class: 'stack' },
        fields.length > 0 && redirectUris(page, connection),
        fields.length > 0 && connectionForm(page, connection),
        !fields.length && tryOut(page, connection),
        part('check', () => [checkView(page, now())]),
        part('trial', () => [trialView(page, now())]),
        part('explain', () => [whatWasShown(page, connection)]),
        etag && danger(page, connection),
      ),
      guideView(page, connection),
    ),
  ];
}

/** Where there is no form with its buttons. @param {Page} page @param {Connection} connection */
function tryOut(page, connection) {
  if (!connection.live) return null;
  return h('div', { class: 'card actions-alone' }, button('Check', () => check(page, connection), { id: 'check' }), tryButton(page, connection));
}

/** @param {Page} page @param {Connection} connection */
function whatWasShown(page, { provider, etag }) {
  if (!etag || asksWhatWasShown(page.state.trials.get(provider))) return null;
  return h('section', { class: 'card', 'aria-label': 'An error of the provider' }, explainView(page, provider));
}

/** @param {{code: string, message: string, fix: string}} warning */
function warning({ code, message, fix }) {
  const isAboutDomains = code === 'no_proven_domain';
  const way = isAboutDomains && h('a', { href: '#/domains' }, 'Go to e-mail domains');
  return notice(code === 'secret_expired' ? 'problem' : 'warning', message, h('p', {}, fix, ' ', way));
}

/**
 * @param {Page} page
 * @param {Connection} connection
 */
function switches(page, connection) {
  const { provider, name, enabled, enforced } = connection;
  return h(
    'section',
    { class: 'card switches', 'aria-label': 'Switches' },
    toggle({
      id: `enable-${provider}`,
      label: 'Enable',
      description: `Offer ${name} to your people.${enforced ? '' : ' Passwords go on working.'}`,
      isOn: enabled,
      flip: (wanted) => enable(page, connection, wanted),
    }),
    toggle({
      id: `enforce-${provider}`,
      label: 'Enforce',
      description: whatEnforceMeans(page, connection),
      isOn: enforced,
      flip: (wanted) => enforce(page, connection, wanted),
    }),
  );
}

/** @param {Page} page @param {Connection} connection */
function whatEnforceMeans(page, connection) {
  const { name, enforced } = connection;
  const until = liftedUntil(connection);
  if (until) return `Everyone in your organisation must use ${name} again from ${timeOf(until)} on.`;
  const needs = enforced ? [] : [
    hasDomain(page) ? null : h('a', { href: '#/domains' }, 'a proven e-mail domain'),
    hasEmergencyAccess(page) ? null : h('a', { href: '#/emergency-access' }, 'emergency access'),
  ].filter((need) => need !== null);
  if (!needs.length) return `Everyone in your organisation must use ${name}. Passwords stop working.`;
  const [first, second] = needs;
  return h('span', {}, `Everyone must use ${name}. Needs `, first, second && [' and ', second], ' first.');
}

/**
 * @param {Page} page
 * @param {Connection} connection
 */
function danger(page, connection) {
  return disclosure(
    page.state.opened,
    `delete-${connection.provider}`,
    'Delete this connection',
    h('p', { class: 'hint' }, 'Removes its settings, draft and secret. Nobody can sign in through it any more.'),
    button(`Delete ${connection.name}…`, () => deleteConnection(page, connection), { tone: 'danger' }),
  );
}
