// The guide of a provider: what to press in its console, step by step, in the console's own words.

import { h, icon, rich } from './dom.js';
import { outside } from './finding_view.js';
import { azure } from './guide_azure.js';
import { google } from './guide_google.js';
import { keycloak } from './guide_keycloak.js';
import { oidc } from './guide_oidc.js';
import { okta } from './guide_okta.js';
import { onelogin } from './guide_onelogin.js';
import { salesforce } from './guide_salesforce.js';

/**
 * One step. `**bold**` is what stands in the console, word for word.
 * @typedef {object} Step
 * @property {string} title
 * @property {string} [where] The path through the console's menus.
 * @property {string[]} does
 * @property {string} [fills] The field of our form that it fills.
 * @property {string} [warns] The mistake that is often made here.
 */
/** @typedef {{console: string, address: string|null, needs: string, steps: Step[]}} Guide */

/** @type {Record<string, Guide>} */
const GUIDES = { azure, google, keycloak, oidc, okta, onelogin, salesforce };
const wide = matchMedia('(min-width: 64rem)');

/**
 * @param {import('./main.js').Page} page
 * @param {import('./types.js').Connection} connection
 */
export function guideView({ state }, { provider, name, guide_url: theirGuide }) {
  const guide = GUIDES[provider];
  const opened = `guide-${provider}`;
  const closed = `no-guide-${provider}`;
  const details = /** @type {HTMLDetailsElement} */ (
    h(
      'details',
      { class: 'card guide', id: 'guide', open: wide.matches ? !state.opened.has(closed) : state.opened.has(opened), ontoggle: remember },
      h('summary', {}, icon('next'), h('h3', {}, `How to set up ${name}`)),
      h('p', { class: 'hint' }, guide.needs),
      h('ol', { class: 'steps' }, guide.steps.map(stepView)),
      h(
        'p',
        { class: 'guide-links' },
        guide.address && outside(guide.address, `Open the ${guide.console}`),
        outside(theirGuide, `${name}’s own guide`),
      ),
    )
  );
  function remember() {
    state.opened.delete(details.open ? closed : opened);
    state.opened.add(details.open ? opened : closed);
  }
  return details;
}

/** @param {Step} step */
function stepView({ title, where, does, fills, warns }) {
  return h(
    'li',
    {},
    h('h4', {}, title),
    where && h('p', { class: 'where' }, where),
    does.map((sentence) => h('p', {}, rich(sentence))),
    warns && h('p', { class: 'warns' }, icon('warning'), h('span', {}, rich(warns))),
    fills && h('p', { class: 'fills' }, '→ ', h('span', {}, fills)),
  );
}
