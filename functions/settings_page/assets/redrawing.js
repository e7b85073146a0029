// A part of a view that is drawn anew by itself, while what is typed beside it is left alone.

import { h, show } from './dom.js';

/**
 * @param {string} name One of its kind in the view.
 * @param {() => import('./dom.js').Child[]} draw
 */
export function part(name, draw) {
  const box = h('div', { class: 'part', id: `part-${name}`, onredraw: () => show(box, ...draw()) }, draw());
  return box;
}

/**
 * Draw parts anew; one that is not on the screen is drawn when its view is.
 *
 * @param {...string} names
 */
export function redraw(...names) {
  for (const name of names) document.getElementById(`part-${name}`)?.dispatchEvent(new Event('redraw'));
}
