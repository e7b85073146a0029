// E-mail domains: claim one, prove it with a DNS record, and people are led here by their address.

import { attempt } from './attempts.js';
import { button, copyable } from './controls.js';
import { h } from './dom.js';
import { ask, problemBox, toast } from './feedback.js';
import { textField } from './fields.js';
import { dateOf, momentOf } from './words.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Domain} Domain */

const STATES = {
  pending: ['waiting', 'Not proven yet'],
  proven: ['good', 'Proven'],
  lapsing: ['warning', 'Record is missing'],
};

let typed = '';

/** @param {Page} page */
export function domainsView(page) {
  const domains = page.state.domains ?? [];
  return [
    h('h2', { id: 'view-title', class: 'hidden', tabindex: '-1' }, 'E-mail domains'),
    h('p', { class: 'lead' }, 'People who enter an address of a proven domain are led to your provider, and may get an account at their first sign-in.'),
    addForm(page),
    domains.length
      ? h('ul', { class: 'stack plain' }, domains.map((domain) => domainCard(page, domain)))
      : h('p', { class: 'empty' }, 'No domain yet. Add the one that stands behind the @ in your people’s addresses.'),
  ];
}

/** @param {Page} page */
function addForm(page) {
  const problem = page.state.problems.get('domains');
  return h(
    'form',
    { class: 'card form', novalidate: true, 'aria-label': 'Add a domain', onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
    problem && !problem.of('domain').length && problemBox(problem, { id: 'problem-domains' }),
    h(
      'div',
      { class: 'field-and-button' },
      textField({
        name: 'domain',
        label: 'Domain',
        mistakes: problem?.of('domain'),
        placeholder: 'acme.example',
        value: typed,
        typed: (text) => { typed = text; },
      }),
      button('Add domain', () => claim(page), { id: 'add-domain', tone: 'main', type: 'submit' }),
    ),
  );
}

/** @param {Page} page */
async function claim(page) {
  const done = await attempt(page, 'domains', async () => {
    const claimed = await page.api.claimDomain(typed.trim());
    typed = '';
    page.state.domains = await page.api.domains();
    toast(`${claimed.domain} is added. Now publish its record.`);
  });
  if (!done) document.getElementById('field-domain')?.focus();
}

/**
 * @param {Page} page
 * @param {Domain} domain
 */
function domainCard(page, domain) {
  const { domain: name, state, proven_at: provenAt } = domain;
  const [tone, words] = STATES[state];
  const place = `domain-${name}`;
  return h(
    'li',
    { class: 'card domain' },
    h(
      'div',
      { class: 'card-head' },
      h('h3', {}, name),
      h('span', { class: `badge badge-${tone}` }, words),
    ),
    state === 'proven' && provenAt !== null && h('p', { class: 'hint' }, `Proven on ${dateOf(provenAt)}. Leave the record in place: it is looked up again from time to time.`),
    state === 'lapsing' && h('p', {}, 'The record was not found any more. Put it back, or the domain stops leading people here.'),
    problemBox(page.state.problems.get(place), { id: `problem-${place}` }),
    state !== 'proven' && record(domain),
    h(
      'div',
      { class: 'actions' },
      state !== 'proven' && button('Verify now', () => verify(page, name), { tone: 'main', label: `Verify ${name} now` }),
      button('Remove', () => remove(page, domain), { tone: 'quiet', label: `Remove ${name}` }),
    ),
  );
}

/** @param {Domain} domain */
function record({ domain, checked_at: checkedAt, record: { name, type, value } }) {
  return h(
    'div',
    {},
    h('p', {}, 'Add this record at the DNS of your domain. It may take some minutes until it can be seen.'),
    h('p', { class: 'hint' }, 'Many DNS panels want only ', h('code', {}, name.split('.')[0]), ' as the name, since they add the domain themselves. Put no quotation marks around the value.'),
    h(
      'dl',
      { class: 'record' },
      h('dt', {}, 'Type'), h('dd', {}, h('code', {}, type)),
      h('dt', {}, 'Name'), h('dd', {}, copyable(`record name for ${domain}`, name)),
      h('dt', {}, 'Value'), h('dd', {}, copyable(`record value for ${domain}`, value)),
    ),
    checkedAt !== null && h('p', { class: 'hint' }, `Last looked up ${momentOf(checkedAt)}.`),
  );
}

/** @param {Page} page @param {string} name */
async function verify(page, name) {
  const done = await attempt(page, `domain-${name}`, async () => {
    await page.api.verifyDomain(name);
    await reload(page);
  });
  if (done) toast(`${name} is proven.`);
}

/** @param {Page} page @param {Domain} domain */
async function remove(page, { domain, state }) {
  const agreed = state === 'pending' || (await ask({
    title: `Remove ${domain}?`,
    text: ['People with an address of this domain are no longer led to your provider, and new people get no account.'],
    yes: 'Remove',
    isDangerous: true,
  }));
  if (!agreed) return;
  const done = await attempt(page, `domain-${domain}`, async () => {
    await page.api.removeDomain(domain);
    await reload(page);
  });
  if (done) toast(`${domain} is removed.`);
}

/** Warnings of connections change with the domains. @param {Page} page */
async function reload({ state, api }) {
  [state.domains, state.overview] = await Promise.all([api.domains(), api.overview()]);
}
