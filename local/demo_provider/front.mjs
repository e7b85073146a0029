// Which realm a request is for, and the few answers that are not oidc-provider's.

import { Admin } from './admin.mjs';
import { unknownTenant } from './entra_errors.mjs';
import { MEMBER_OBJECTS, answerMemberObjects } from './graph.mjs';
import { page } from './html.mjs';
import { read, sendHtml, sendJson } from './http.mjs';
import { Realm } from './realm.mjs';
import { RequestLog } from './request_log.mjs';
import { signInPage, whoSignsIn } from './sign_in_page.mjs';

const ENTRA_DISCOVERY = /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/;

export class Front {
  static async of(config) {
    const front = new Front();
    front.origin = `http://localhost:${config.port}`;
    front.log = new RequestLog();
    front.realms = [];
    await Promise.all(config.realms.map((realm) => front.addRealm(realm)));
    front.admin = new Admin(front);
    return front;
  }

  async addRealm(config) {
    const realm = await Realm.of(config, { origin: this.origin, log: this.log });
    this.realms = [...this.realms.filter(({ name }) => name !== realm.name), realm];
    return realm;
  }

  handle = async (request, response) => {
    try {
      await this.#answer(request, response);
    } catch (error) {
      console.error(error);
      if (!response.headersSent) sendJson(response, 500, { error: 'server_error' });
      else response.destroy();
    }
  };

  async #answer(request, response) {
    const { pathname, search } = new URL(request.url, this.origin);
    if (pathname.startsWith('/_demo/')) {
      await this.admin.handle(request, response);
      return;
    }
    if (pathname === MEMBER_OBJECTS) {
      await answerMemberObjects(this, request, response);
      return;
    }
    for (const realm of this.realms) {
      const found = realm.find(pathname);
      if (found) {
        await this.#toRealm(realm, { ...found, path: pathname, search }, request, response);
        return;
      }
    }
    const [, tenant] = ENTRA_DISCOVERY.exec(pathname) ?? [];
    if (tenant) sendJson(response, 400, unknownTenant(tenant));
    else sendHtml(response, pathname === '/' ? 200 : 404, this.#index());
  }

  async #toRealm(realm, found, request, response) {
    if (found.route === 'discovery' || found.route === 'jwks') {
      const { slow_ms: slow } = realm.wrong('*');
      if (slow) await new Promise((resolve) => { setTimeout(resolve, slow); });
      this.log.add(
        { method: request.method, query: {}, status: 200, get: (name) => request.headers[name] ?? '' },
        { realm: realm.name, route: found.route, path: found.path },
      );
      sendJson(response, 200, found.route === 'jwks' ? realm.keySet() : realm.discovery());
      return;
    }
    if (found.internal.startsWith('/interaction/')) {
      await this.#signIn(realm, found, request, response);
      return;
    }
    // oidc-provider finds its own address by comparing the two.
    request.found = found;
    request.url = `${found.internal}${found.search}`;
    request.originalUrl = `${realm.issuerPath}${request.url}`;
    await realm.callback(request, response);
  }

  async #signIn(realm, found, request, response) {
    let interaction;
    try {
      interaction = await realm.provider.interactionDetails(request, response);
    } catch {
      sendHtml(response, 400, page('Sign in', '<h1>This sign-in is over</h1><p>Please start again at the application.</p>'));
      return;
    }
    const { params } = interaction;
    const show = (problem) => sendHtml(response, problem ? 401 : 200, signInPage(realm, {
      hint: params.login_hint,
      action: found.path,
      problem,
      client: realm.clients.get(params.client_id)?.name ?? 'the application',
    }));
    if (request.method !== 'POST') {
      show();
      return;
    }
    const person = whoSignsIn(realm, new URLSearchParams(await read(request)));
    if (person === null) {
      show('That is not the right password. Every demo person has the password that the stack printed.');
      return;
    }
    const result = person
      ? { login: { accountId: realm.subjectOf(person) }, select_account: {} }
      : { error: 'access_denied', error_description: 'the person cancelled' };
    await realm.provider.interactionFinished(request, response, result, {
      mergeWithLastSubmission: false,
    });
  }

  #index() {
    const items = this.realms.map(({ name, issuer }) => `<li>${name}: <code>${issuer}</code></li>`);
    return page('Demo provider', `<h1>Demo OpenID Providers</h1><ul>${items.join('')}</ul>`);
  }
}
