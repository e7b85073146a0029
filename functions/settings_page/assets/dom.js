// How elements are made: text is always text, never markup.

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, unknown>} Properties */

/**
 * Make an element.
 *
 * A function is listened with, `true` is a bare attribute, and `null`, `undefined` and `false` are
 * left out. `value` and `checked` are what a field holds now.
 *
 * @param {string} tag
 * @param {Properties} [properties]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else if (name === 'value' || name === 'checked') {
      /** @type {any} */ (element)[name] = value;
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...present(children.flat()));
  return element;
}

/**
 * Turn `**bold**` of our own texts into elements.
 *
 * @param {string} text
 * @returns {Child[]}
 */
export function rich(text) {
  return text.split('**').map((part, index) => (index % 2 ? h('strong', {}, part) : part));
}

/**
 * Put new content into an element, with the focus where it was.
 *
 * @param {Element} parent
 * @param {...Child} children
 */
export function show(parent, ...children) {
  const id = document.activeElement?.id;
  parent.replaceChildren(...present(children));
  if (id && document.activeElement?.id !== id) {
    document.getElementById(id)?.focus({ preventScroll: true });
  }
}

const SHAPES = {
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
  check: 'M5 12.5l4.500 4.500L19 7.500',
  warning: 'M12 4L2.500 20h19zM12 10v4.500M12 17.200v.1',
  problem: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.500v5.500M12 16.300v.1',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.500M12 7.700v.1',
  next: 'M9 5l7 7-7 7',
  back: 'M15 5l-7 7 7 7',
  outside: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
};

/** @param {keyof typeof SHAPES} name */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', SHAPES[name]);
  svg.append(path);
  return svg;
}

/**
 * @param {Child[]} children
 * @returns {(Node | string)[]}
 */
function present(children) {
  return children
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child)));
}
