// The fields that few need: client authentication, response mode, scopes, attributes, groups.

import { copyable } from './controls.js';
import { h, show } from './dom.js';
import { mistakeText, selectField, textField } from './fields.js';
import { LABELS } from './field_labels.js';
import { ATTRIBUTES } from './form_values.js';

/** @typedef {import('./types.js').Connection} Connection */
/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {import('./problem.js').Problem} Problem */

/** @type {[string, string][]} */
const AUTHENTICATIONS = [
  ['', 'As the provider advertises'],
  ['client_secret_basic', 'client_secret_basic (HTTP Basic)'],
  ['client_secret_post', 'client_secret_post (in the body)'],
];
/** @type {[string, string][]} */
const RESPONSE_MODES = [
  ['', 'As usual for this provider'],
  ['query', 'query'],
  ['form_post', 'form_post'],
];
/** @type {Record<string, string>} */
const ATTRIBUTE_WORDS = {
  email: 'E-mail address', name: 'Full name', given_name: 'First name', family_name: 'Last name', groups: 'Groups claim',
};

/**
 * @param {Connection} connection
 * @param {Values} values
 * @param {Problem|undefined} problem
 */
export function advancedFields(connection, values, problem) {
  return [
    selectField({
      name: 'client_authentication',
      label: LABELS.client_authentication,
      hint: 'How the secret is sent to the provider’s token endpoint.',
      mistakes: problem?.of('client_authentication'),
      value: values.client_authentication,
      choices: AUTHENTICATIONS,
      typed: (value) => { values.client_authentication = value; },
    }),
    selectField({
      name: 'response_mode',
      label: LABELS.response_mode,
      hint: 'How the provider sends people back.',
      mistakes: problem?.of('response_mode'),
      value: values.response_mode,
      choices: RESPONSE_MODES,
      typed: (value) => { values.response_mode = value; },
    }),
    textField({
      name: 'scopes',
      label: LABELS.scopes,
      hint: 'With blanks between. Left empty: openid email profile.',
      mistakes: problem?.of('scopes'),
      value: values.scopes,
      typed: (text) => { values.scopes = text; },
    }),
    attributes(values, problem),
    groups(values, problem),
    ...signOut(connection, values, problem),
  ];
}

/** @param {Connection} connection @param {Values} values @param {Problem|undefined} problem */
function signOut({ name, post_logout_redirect_uri: address }, values, problem) {
  if (!address) return [];
  return [
    selectField({
      name: 'logout_at_provider',
      label: LABELS.logout_at_provider,
      hint: `Yes: signing out here ends the session at ${name} as well. Register the address below there too.`,
      mistakes: problem?.of('logout_at_provider'),
      value: values.logout_at_provider ? 'yes' : '',
      choices: [['', 'No'], ['yes', 'Yes']],
      typed: (value) => { values.logout_at_provider = value === 'yes'; },
    }),
    h('p', { class: 'hint' }, 'Post-logout redirect URI, needed only for that:'),
    copyable('post-logout redirect URI', address),
  ];
}

/** @param {Values} values @param {Problem|undefined} problem */
function attributes(values, problem) {
  const unknown = (problem?.of('attribute_mapping') ?? []).filter(
    ({ field }) => !ATTRIBUTES.includes(field.split('.')[1]),
  );
  return h(
    'fieldset',
    { class: 'field', id: 'field-attribute_mapping', tabindex: '-1' },
    h('legend', {}, LABELS.attribute_mapping),
    h('p', { class: 'hint' }, 'Which claim of the provider holds what. Left empty: the usual claim.'),
    mistakeText('field-attribute_mapping', unknown),
    h(
      'div',
      { class: 'pairs' },
      ATTRIBUTES.map((attribute) =>
        textField({
          name: `attribute_mapping.${attribute}`,
          label: ATTRIBUTE_WORDS[attribute],
          mistakes: problem?.of(`attribute_mapping.${attribute}`),
          value: values.attribute_mapping[attribute] ?? '',
          typed: (text) => { values.attribute_mapping[attribute] = text; },
        }),
      ),
    ),
  );
}

/** @param {Values} values @param {Problem|undefined} problem */
function groups(values, problem) {
  const rows = h('div', { class: 'group-rows' });
  const draw = () => show(rows, ...values.group_mapping.map(row));
  const isChanged = () => rows.dispatchEvent(new Event('input', { bubbles: true }));

  /** @param {[string, string]} pair @param {number} index */
  function row(pair, index) {
    const input = (/** @type {0|1} */ side, /** @type {string} */ label) => {
      const box = /** @type {HTMLInputElement} */ (
        h('input', { id: `group-${index}-${side}`, 'aria-label': `${label} ${index + 1}`, placeholder: label, value: pair[side], oninput: () => { pair[side] = box.value; } })
      );
      return box;
    };
    const remove = () => {
      values.group_mapping.splice(index, 1);
      draw();
      isChanged();
      document.getElementById('add-group')?.focus();
    };
    return h(
      'div',
      { class: 'group-row' },
      input(0, 'Provider’s group'),
      h('span', { 'aria-hidden': 'true' }, '→'),
      input(1, 'Our group'),
      h('button', { type: 'button', class: 'button', 'aria-label': `Remove group ${index + 1}`, onclick: remove }, 'Remove'),
    );
  }

  function add() {
    values.group_mapping.push(['', '']);
    draw();
    document.getElementById(`group-${values.group_mapping.length - 1}-0`)?.focus();
  }

  draw();
  return h(
    'fieldset',
    { class: 'field', id: 'field-group_mapping', tabindex: '-1' },
    h('legend', {}, LABELS.group_mapping),
    h('p', { class: 'hint' }, 'Which of the provider’s groups puts people into which group here.'),
    mistakeText('field-group_mapping', problem?.of('group_mapping') ?? []),
    rows,
    h('button', { type: 'button', id: 'add-group', class: 'button', onclick: add }, 'Add a group'),
  );
}
