// One field of a form: label, hint, the mistakes found in it, and what is typed.

import { h, icon } from './dom.js';

/** @typedef {import('./types.js').Mistake} Mistake */
/** @typedef {import('./dom.js').Child} Child */
/**
 * @typedef {object} FieldOptions
 * @property {string} name Of the member in the settings API.
 * @property {string} label
 * @property {Child} [hint]
 * @property {Mistake[]} [mistakes]
 * @property {HTMLElement} [note] What is said while it is typed into.
 */

/**
 * Put a control between its label and its hint.
 *
 * @param {FieldOptions} options
 * @param {(properties: Record<string, unknown>) => HTMLElement} makeControl Given id and descriptions.
 */
export function field({ name, label, hint, mistakes = [], note }, makeControl) {
  const id = `field-${name}`;
  const described = [mistakes.length > 0 && `${id}-mistake`, note?.id, hint && `${id}-hint`].filter(Boolean);
  return h(
    'div',
    { class: `field${mistakes.length ? ' field-wrong' : ''}` },
    h('label', { for: id }, label),
    mistakeText(id, mistakes),
    makeControl({
      id,
      'aria-describedby': described.join(' ') || null,
      'aria-invalid': mistakes.length ? 'true' : null,
    }),
    note,
    hint && h('p', { class: 'hint', id: `${id}-hint` }, hint),
  );
}

/**
 * @param {string} id
 * @param {Mistake[]} mistakes
 */
export function mistakeText(id, mistakes) {
  if (!mistakes.length) return null;
  return h(
    'p',
    { class: 'mistake', id: `${id}-mistake` },
    icon('problem'),
    h('span', {}, mistakes.map(({ message, fix }) => [h('strong', {}, message), ` ${fix} `]).flat()),
  );
}

/**
 * A line of text.
 *
 * @param {FieldOptions & {value: string, typed: (text: string) => void, left?: (input: HTMLInputElement) => void,
 *   type?: string, placeholder?: string, autocomplete?: string}} options
 */
export function textField({ value, typed, left, type = 'text', placeholder, autocomplete = 'off', ...options }) {
  return field(options, (properties) => {
    const input = /** @type {HTMLInputElement} */ (
      h('input', {
        ...properties,
        type,
        value,
        placeholder,
        autocomplete,
        autocapitalize: 'none',
        spellcheck: 'false',
        oninput: () => typed(input.value),
        onchange: () => left?.(input),
      })
    );
    return input;
  });
}

/**
 * A choice from a few.
 *
 * @param {FieldOptions & {value: string, choices: [string, string][], typed: (value: string) => void}} options
 */
export function selectField({ value, choices, typed, ...options }) {
  return field(options, (properties) => {
    const select = /** @type {HTMLSelectElement} */ (
      h(
        'select',
        { ...properties, onchange: () => typed(select.value) },
        choices.map(([choice, words]) => h('option', { value: choice, selected: choice === value }, words)),
      )
    );
    return select;
  });
}
