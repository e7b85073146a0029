// Mistakes on demand. Each row of scenarios.json is a provider of its own that makes one mistake,
// and the Discovery URL chooses it: connections of other addresses never notice. Where nothing is
// wrong (well-azure ...), the person chooses: tk-07@anywhere.example meets the mistake TK-07.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { Keys } from './keys.mjs';
import { Realm } from './realm.mjs';

const TABLE = new URL('./scenarios.json', import.meta.url);
// As each provider kind's issuers look; the kinds that are not here leave no room for a name.
const ISSUER_PATHS = {
  azure: (name) => `/${guid(name)}/v2.0`,
  keycloak: (name) => `/realms/${name}`,
  oidc: (name) => `/scenarios/${name}`,
  okta: (name) => `/oauth2/${name}`,
};

/** The tenant id of a scenario: the same on every machine, so that it can be written down. */
function guid(name) {
  const digits = createHash('sha256').update(`authsso demo: ${name}`).digest('hex');
  return [8, 4, 4, 4, 12].reduce(
    ({ at, parts }, length) => ({ at: at + length, parts: [...parts, digits.slice(at, at + length)] }),
    { at: 0, parts: [] },
  ).parts.join('-');
}

/** What tells requests for this issuer from others: Entra's endpoints share the tenant alone. */
const placeOf = (kind, path) => (kind === 'azure' ? path.replace('/v2.0', '') : path);

export class Scenarios {
  #realms = new Map();

  static async of({ client, log, origin }) {
    const scenarios = new Scenarios();
    scenarios.client = client;
    scenarios.log = log;
    scenarios.origin = origin;
    const table = JSON.parse(await readFile(TABLE, 'utf8'));
    scenarios.rows = Object.entries(table).map(([name, row]) => ({
      ...row, name, path: ISSUER_PATHS[row.kind](name),
    }));
    scenarios.byPlace = new Map(
      scenarios.rows.map((row) => [placeOf(row.kind, row.path), row]),
    );
    scenarios.keys = { RS256: await Keys.of('RS256'), ES256: await Keys.of('ES256') };
    return scenarios;
  }

  /** The provider that a path belongs to, made when it is first asked; undefined for none. */
  async find(pathname) {
    const [, first, second] = pathname.split('/');
    const row = this.byPlace.get(`/${first}`) ?? this.byPlace.get(`/${first}/${second}`);
    if (!row) return undefined;
    if (!this.#realms.has(row.name)) this.#realms.set(row.name, this.#realm(row));
    return this.#realms.get(row.name);
  }

  /** What can be chosen, and what an administrator enters for it. */
  list() {
    return this.rows.map(({ name, kind, finding, seen_at: seenAt, what, path }) => ({
      name,
      kind,
      finding,
      seen_at: seenAt,
      what,
      discovery_url: `${this.origin}${path}`,
      client_id: this.client.client_id,
      client_secret: this.client.client_secret,
    }));
  }

  #realm({ answers, kind, name, path }) {
    const tenant = path.split('/')[1];
    const known = { issuer: `${this.origin}${path}`, origin: this.origin, tenant };
    const filledIn = (table) => JSON.parse(JSON.stringify(table).replace(
      /\{(issuer|origin|tenant)\}/g,
      (_all, word) => known[word],
    ));
    const isWell = Object.keys(answers).length === 0;
    const named = (login) => this.rows.find(
      (row) => row.kind === kind && login?.toLowerCase().startsWith(`${row.name.toLowerCase()}@`),
    );
    return Realm.of({
      kind: kind === 'azure' ? 'azure' : 'oidc',
      name: `scenario ${name}`,
      title: `Scenario ${name}`,
      path,
      tenant_id: tenant,
      clients: [this.client],
      people: [],
      invites_anybody: true,
      answers: filledIn(answers),
      answersTo: (login) => (isWell ? filledIn(named(login)?.answers ?? {}) : {}),
    }, { keys: answers.rotates_keys ? undefined : this.keys, log: this.log, origin: this.origin });
  }
}
