// Which realm a request is for, and the few answers that are not oidc-provider's.

import { Admin } from './admin.mjs';
import { unknownTenant } from './entra_errors.mjs';
import { MEMBER_OBJECTS, answerMemberObjects } from './graph.mjs';
import { escape, page } from './html.mjs';
import { read, sendAnswer, sendHtml, sendJson } from './http.mjs';
import { Realm } from './realm.mjs';
import { RequestLog } from './request_log.mjs';
import { Scenarios } from './scenarios.mjs';
import { signInPage, whoSignsIn } from './sign_in_page.mjs';

const ENTRA_DISCOVERY = /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/;

export class Front {
  static async of(config) {
    const front = new Front();
    front.origin = `http://localhost:${config.port}`;
    front.log = new RequestLog();
    front.realms = [];
    await Promise.all(config.realms.map((realm) => front.addRealm(realm)));
    front.scenarios = await Scenarios.of({
      client: config.realms[0].clients[0], log: front.log, origin: front.origin,
    });
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
    const scenario = await this.scenarios.find(pathname);
    for (const realm of scenario ? [scenario] : this.realms) {
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
      const wrong = realm.wrong('*');
      const { clock_ahead_s: ahead, slow_ms: slow } = wrong;
      if (ahead) response.setHeader('date', new Date(Date.now() + ahead * 1000).toUTCString());
      if (slow) await new Promise((resolve) => { setTimeout(resolve, slow); });
      this.log.add(
        { method: request.method, query: {}, status: 200, get: (name) => request.headers[name] ?? '' },
        { realm: realm.name, route: found.route, path: found.path },
      );
      const instead = found.route === 'jwks' ? wrong.jwks_answer : wrong.discovery_answer;
      const document = found.route === 'jwks' ? realm.keySet() : realm.discovery();
      sendAnswer(response, instead ?? { json: document });
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
    const rows = this.scenarios.list().map((row) => `<li><p><b>${escape(row.name)}</b>
      ${escape(row.finding ?? 'goes well')}, ${escape(row.kind)}, seen at: ${escape(row.seen_at)}<br>
      <span class="quiet">${escape(row.what)}</span></p>
      <p class="detail"><code>${escape(row.discovery_url)}</code></p></li>`);
    const { client_id: clientId, client_secret: clientSecret } = this.scenarios.client;
    return page('Demo provider', `<h1>Demo OpenID Providers</h1><ul>${items.join('')}</ul>
      <h1>Mistakes on demand</h1>
      <p>Enter one of these as Discovery URL, with Client ID <code>${escape(clientId)}</code> and
      Client Secret <code>${escape(clientSecret)}</code>; then sign in as anybody you like.</p>
      <ul>${rows.join('')}</ul>`);
  }
}
