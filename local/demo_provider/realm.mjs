// One OpenID Provider: an Entra tenant or a plain one, with its people, clients and keys.

import { createHash, randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';

import { Clients } from './clients.mjs';
import { entra } from './entra.mjs';
import { cutOff, fill } from './http.mjs';
import { Keys } from './keys.mjs';
import {
  changeAuthorizationResponse, claimsUnder, signedUnder, without,
} from './misbehaviour.mjs';
import { Provider } from './oidc_provider.mjs';
import { plain } from './plain.mjs';
import { providerConfiguration } from './provider_configuration.mjs';
import { Storage } from './storage.mjs';

const DRESSES = { azure: entra, oidc: plain };

// Where oidc-provider answers what; the dress says under which path people find it.
const INTERNAL = {
  authorization: '/auth', token: '/token', userinfo: '/me', end_session: '/session/end',
};

function refuseMethod(ctx) {
  ctx.status = 405;
  ctx.set('allow', ctx.method === 'POST' ? 'GET' : 'POST');
  ctx.body = { error: 'invalid_request', error_description: `${ctx.method} is not supported here` };
}

/** Somebody whose name is their address's, for who tries a provider out. */
function madeUp(login) {
  const [givenName] = login.split('@');
  return {
    login,
    email: login,
    name: `${givenName} Demo`,
    given_name: givenName,
    family_name: 'Demo',
    object_id: createHash('sha256').update(login).digest('hex').slice(0, 32),
  };
}

const sleep = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

export class Realm {
  static async of(config, { keys, origin, log }) {
    const realm = new Realm();
    realm.config = config;
    realm.name = config.name;
    realm.title = config.title ?? config.name;
    realm.people = [...config.people];
    realm.dress = DRESSES[config.kind];
    realm.log = log;
    realm.origin = origin;
    realm.issuerPath = realm.dress.issuerPath(config);
    realm.issuer = `${origin}${realm.issuerPath}`;
    realm.paths = realm.dress.paths(config);
    realm.clients = new Clients(config.clients);
    realm.storage = new Storage();
    realm.keys = keys?.[realm.dress.algorithm] ?? await Keys.of(realm.dress.algorithm);
    realm.wrongs = new Map();
    realm.cookieSuffix = randomBytes(4).toString('hex');
    realm.provider = realm.#build();
    return realm;
  }

  #build() {
    const provider = new Provider(this.issuer, providerConfiguration(this));
    const { prototype } = provider.Client;
    const { clients } = this;
    prototype.redirectUriAllowed = function redirectUriAllowed(uri) {
      return clients.allows(this.clientId, uri);
    };
    prototype.postLogoutRedirectUriAllowed = function postLogoutRedirectUriAllowed(uri) {
      return clients.allowsAfterLogout(this.clientId, uri);
    };
    provider.on('grant.error', (ctx, error) => { ctx.state.detail = error.error_detail; });
    provider.use((ctx, next) => this.#around(ctx, next));
    this.callback = provider.callback();
    return provider;
  }

  async addClient(client) {
    this.clients.add(client);
    await this.provider.Client.adapter.upsert(client.client_id, Clients.described(client));
  }

  /** The person with this subject, as oidc-provider wants an account. */
  account(subject) {
    const person = this.people.find(
      (candidate) => this.dress.subject(this.config, candidate) === subject,
    );
    if (!person) return undefined;
    const claims = async () => ({ sub: subject, ...this.dress.claimsOf(this.config, person) });
    return { accountId: subject, claims };
  }

  /** Who has this sign-in name; where anybody is welcome, whoever it is. */
  person(login) {
    const wanted = (login ?? '').trim().toLowerCase();
    const found = this.people.find((candidate) => candidate.login.toLowerCase() === wanted);
    if (found || !this.config.invites_anybody || !wanted.includes('@')) return found;
    const made = madeUp(wanted);
    this.people.push(made);
    return made;
  }

  subjectOf(person) {
    return this.dress.subject(this.config, person);
  }

  wrong(clientId, login) {
    return {
      ...this.config.answers,
      ...this.config.answersTo?.(login),
      ...this.wrongs.get('*'),
      ...this.wrongs.get(clientId),
    };
  }

  /** Forget sessions, misbehaviours and what was registered on the way. */
  reset() {
    this.storage.clear();
    this.wrongs.clear();
    this.clients.forgetAdded();
  }

  /** Which of our endpoints a path is, and where oidc-provider has it. */
  find(path) {
    for (const [route, known] of Object.entries(this.paths)) {
      if (path === known) return { route, internal: INTERNAL[route] };
    }
    if (path.startsWith(`${this.issuerPath}/`)) {
      return { route: 'other', internal: path.slice(this.issuerPath.length) };
    }
    return undefined;
  }

  discovery() {
    const endpoints = Object.fromEntries(
      Object.entries(this.paths).map(([route, path]) => [route, `${this.origin}${path}`]),
    );
    const whole = { ...this.dress.discovery(this.issuer, endpoints), ...this.wrong('*').metadata };
    return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== null));
  }

  keySet() {
    return this.keys.publicKeySet(this.dress.keyExtra(this.issuer));
  }

  async #around(ctx, next) {
    const { route, path } = ctx.req.found;
    const before = this.wrong(undefined, ctx.query.login_hint);
    if (before.slow_ms) await sleep(before.slow_ms);
    if (route === 'authorization' && before.page_at_once) {
      this.#show(ctx, before.page_at_once);
      return;
    }
    if (route === 'userinfo' && await this.#refusesUserinfo(ctx)) {
      this.log.add(ctx, { realm: this.name, route, path });
      return;
    }
    await next();

    const form = ctx.oidc?.body;
    const clientId = ctx.oidc?.client?.clientId ?? form?.client_id ?? ctx.query.client_id;
    const wrong = this.wrong(clientId, this.#loginIn(ctx));
    if (wrong.slow_ms && !before.slow_ms) await sleep(wrong.slow_ms);
    if (route === 'token') await this.#dressToken(ctx, { clientId, form, wrong });
    else if (route === 'userinfo') this.#dressUserinfo(ctx, wrong);
    else this.#dressAuthorization(ctx, wrong);
    if (route !== 'other') this.log.add(ctx, { realm: this.name, route, path });
  }

  /** Whose session or code it is. */
  #loginIn(ctx) {
    const subject = ctx.oidc?.account?.accountId ?? ctx.oidc?.session?.accountId;
    return subject && this.people.find((person) => this.subjectOf(person) === subject)?.login;
  }

  async #refusesUserinfo(ctx) {
    const refused = [this.config.answers ?? {}, ...this.wrongs.values()].find(
      (wrong) => wrong.userinfo_refuses?.includes(ctx.method),
    );
    if (!refused) return false;
    refuseMethod(ctx);
    return true;
  }

  async #dressToken(ctx, { clientId, form, wrong }) {
    if (wrong.token_slow_ms) await sleep(wrong.token_slow_ms);
    if (wrong.token_cut_off) {
      cutOff(ctx.res);
      ctx.respond = false;
      return;
    }
    const isCheck = form?.grant_type === 'client_credentials';
    const refusal = isCheck ? wrong.client_check_error ?? wrong.token_error : wrong.token_error;
    if (refusal) {
      const { status = 400, ...body } = refusal;
      ctx.status = status;
      ctx.body = this.dress.worded(body);
      return;
    }
    if (wrong.token_not_json) {
      ctx.type = 'html';
      ctx.body = '<html>Service unavailable</html>';
      return;
    }
    if (ctx.body?.error && this.dress.tokenError) {
      const refused = { ...ctx.body, error_detail: ctx.state.detail };
      const [status, body] = this.dress.tokenError(refused, { clientId, form, realm: this });
      ctx.status = status;
      ctx.body = body;
    }
    if (!ctx.body?.id_token) return;
    if (wrong.rotates_keys) await this.keys.rotate();
    const claims = claimsUnder(wrong, this.dress.idToken(decodeJwt(ctx.body.id_token)));
    const { id_token: _, ...rest } = ctx.body;
    ctx.body = wrong.no_id_token
      ? rest
      : { ...rest, id_token: await signedUnder(wrong, claims, this.keys) };
  }

  #dressUserinfo(ctx, wrong) {
    if (wrong.userinfo_refuses?.includes(ctx.method)) {
      refuseMethod(ctx);
    } else if (wrong.userinfo_answer) {
      fill(ctx, wrong.userinfo_answer);
    } else if (wrong.userinfo_error) {
      const { status = 500, ...body } = wrong.userinfo_error;
      ctx.status = status;
      ctx.body = body;
    } else if (ctx.status === 200) {
      const body = without(wrong.missing_userinfo, this.dress.userinfo(ctx.body));
      ctx.body = wrong.wrong_userinfo_sub ? { ...body, sub: 'somebody-else' } : body;
    }
  }

  #show(ctx, text) {
    ctx.remove('location');
    ctx.status = this.dress.pageStatus;
    ctx.type = 'html';
    ctx.body = this.dress.page(text);
  }

  #dressAuthorization(ctx, wrong) {
    let hasCode = false;
    changeAuthorizationResponse(ctx, (parameters) => {
      hasCode = parameters.has('code');
      if (wrong.authorization_error) {
        parameters.delete('code');
        for (const [name, value] of Object.entries(this.dress.worded(wrong.authorization_error))) {
          if (name === 'error_codes') continue;
          parameters.set(name, value);
        }
      } else if (parameters.has('error')) {
        const inItsWords = this.dress.redirectErrors[parameters.get('error')];
        if (inItsWords) parameters.set('error_description', inItsWords());
      }
      if (!this.dress.sendsIss) parameters.delete('iss');
      if (wrong.iss_parameter === null) parameters.delete('iss');
      else if (wrong.iss_parameter !== undefined) parameters.set('iss', wrong.iss_parameter);
    });
    if (hasCode && wrong.page) this.#show(ctx, wrong.page);
  }
}
