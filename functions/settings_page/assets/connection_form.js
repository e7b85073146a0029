// The form of a connection: what an administrator copies from the provider's console.

import { advancedFields } from './advanced_fields.js';
import { check } from './checks.js';
import { saveDraft } from './connection_changes.js';
import { conflictNotice } from './connection_problems.js';
import { button, disclosure } from './controls.js';
import { h } from './dom.js';
import { problemBox } from './feedback.js';
import { LABELS, labelOf } from './field_labels.js';
import { mistakeText, textField } from './fields.js';
import { ATTRIBUTES, completedAddress, savedVersion, valuesOf } from './form_values.js';
import { secretField } from './secret_field.js';
import { tryButton } from './trial_view.js';
import { lookNoMore, typedNotes } from './typed_notes.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */
/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {import('./problem.js').Problem} Problem */

const SIMPLE = ['client_id', 'client_secret', 'secret_expires_on', 'discovery_url', 'method'];
const ADVANCED = ['client_authentication', 'response_mode', 'scopes', 'attribute_mapping', 'group_mapping', 'logout_at_provider'];

/**
 * @param {Page} page
 * @param {Connection} connection
 */
export function connectionForm(page, connection) {
  const { state } = page;
  const { provider } = connection;
  const { values } = state.typed(connection);
  const problem = state.problems.get(`form-${provider}`);
  if (problem && ADVANCED.some((name) => problem.of(name).length)) state.opened.add(`advanced-${provider}`);

  const unsaved = h('span', { class: 'hint', role: 'status' });
  const notes = typedNotes(page, connection, values, problem);
  const secret = secretField(connection, values, problem, notes.boxes.client_secret);
  const typed = (/** @type {Event} */ event) => {
    tellUnsaved();
    notes.refresh(event);
  };
  const tellUnsaved = () => {
    unsaved.textContent = state.hasUnsaved(provider) ? 'Not saved yet.' : '';
    secret.refresh();
  };
  const form = h(
    'form',
    { class: 'card form', novalidate: true, 'aria-labelledby': 'form-title', oninput: typed, onchange: typed, onnoted: () => notes.refresh(), onsubmit: submit },
    h('h3', { id: 'form-title', tabindex: '-1' }, savedVersion(connection) ? 'Edit the draft' : 'Connection settings'),
    problem?.code === 'changed_meanwhile'
      ? conflictNotice(page, connection, `form-${provider}`)
      : problemBox(problem?.inOrderOf([...SIMPLE, ...ADVANCED]), { id: `problem-form-${provider}`, fieldId, label: (name) => labelOf(connection, name) }),
    clientId(connection, values, problem, notes.boxes.client_id),
    secret.element,
    expiry(values, problem),
    discoveryUrl(connection, values, problem, notes.boxes.discovery_url),
    method(values, problem),
    disclosure(state.opened, `advanced-${provider}`, 'Advanced', ...advancedFields(connection, values, problem)),
    h(
      'div',
      { class: 'actions form-actions' },
      button('Save draft', () => { lookNoMore(); return saveDraft(page, connection); }, { id: 'save-draft', tone: 'main', type: 'submit' }),
      button('Check', () => { lookNoMore(); return check(page, connection); }, { id: 'check' }),
      tryButton(page, connection),
      startingPoints(page, connection),
      unsaved,
    ),
  );
  tellUnsaved();
  queueMicrotask(() => notes.refresh());
  return form;

  /** @param {Event} event The button does the work; Enter in a field presses it. */
  function submit(event) {
    event.preventDefault();
  }
}

/** The field that a mistake is in. @param {string} name */
function fieldId(name) {
  const [member, entry] = name.split('.');
  if (member === 'attribute_mapping' && ATTRIBUTES.includes(entry)) return `field-${name}`;
  return [...SIMPLE, ...ADVANCED].includes(member) ? `field-${member}` : null;
}

/** @param {Connection} connection @param {string} name */
function described({ fields }, name) {
  const { label, hint, example } = fields.find((known) => known.name === name) ?? { label: name, hint: '', example: '' };
  return { name, label, hint, placeholder: /^[.…]+$/.test(example) ? '' : example };
}

/** @param {Connection} connection @param {Values} values @param {Problem|undefined} problem @param {HTMLElement} note */
function clientId(connection, values, problem, note) {
  return textField({
    ...described(connection, 'client_id'),
    note,
    mistakes: problem?.of('client_id'),
    value: values.client_id,
    typed: (text) => { values.client_id = text; },
  });
}

/** @param {Values} values @param {Problem|undefined} problem */
function expiry(values, problem) {
  return textField({
    name: 'secret_expires_on',
    label: LABELS.secret_expires_on,
    hint: 'Your provider shows it beside the secret. You are warned 30 days ahead.',
    mistakes: problem?.of('secret_expires_on'),
    type: 'date',
    value: values.secret_expires_on,
    typed: (text) => { values.secret_expires_on = text; },
  });
}

/** @param {Connection} connection @param {Values} values @param {Problem|undefined} problem @param {HTMLElement} note */
function discoveryUrl(connection, values, problem, note) {
  return textField({
    ...described(connection, 'discovery_url'),
    note,
    mistakes: problem?.of('discovery_url'),
    value: values.discovery_url,
    typed: (text) => { values.discovery_url = text; },
    left: (input) => {
      input.value = completedAddress(connection.provider, input.value);
      values.discovery_url = input.value;
    },
  });
}

/** @param {Values} values @param {Problem|undefined} problem */
function method(values, problem) {
  const choice = (/** @type {'GET'|'POST'} */ value, /** @type {string} */ words) =>
    h(
      'label',
      { class: 'choice' },
      h('input', {
        type: 'radio', name: 'method', value, id: value === 'POST' ? 'field-method' : 'field-method-get',
        checked: values.method === value, onchange: () => { values.method = value; },
      }),
      h('span', {}, h('strong', {}, value), ` ${words}`),
    );
  return h(
    'fieldset',
    { class: 'field', 'aria-describedby': 'method-hint' },
    h('legend', {}, LABELS.method),
    mistakeText('field-method', problem?.of('method') ?? []),
    h('div', { class: 'choices' }, choice('POST', 'advised'), choice('GET', 'if POST fails')),
    h('p', { class: 'hint', id: 'method-hint' }, 'How your provider’s UserInfo endpoint is called. Start with POST; when a sign-in fails there, try GET.'),
  );
}

/** @param {Page} page @param {Connection} connection */
function startingPoints({ state }, connection) {
  const { provider, live, draft } = connection;
  const undo = button('Undo my changes', () => {
    state.forgetTyped(provider);
    state.problems.delete(`form-${provider}`);
    state.changed();
  }, { id: 'undo', tone: 'quiet' });
  const startAgain = live && draft && button('Fill in the live values', () => {
    state.typed(connection).values = valuesOf(live);
    state.changed();
  }, { id: 'fill-live', tone: 'quiet' });
  return [undo, startAgain];
}
