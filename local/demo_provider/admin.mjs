// /_demo/…: how tests read what was asked of the provider, and make it misbehave.
//
//   GET    /_demo/requests?route=token&client_id=…&after=N   what was asked, oldest first
//   DELETE /_demo/requests                                   forget it
//   GET    /_demo/scenarios                                  mistakes on demand: scenarios.mjs
//   PUT    /_demo/clients/{client_id}/misbehaviour           see misbehaviour.mjs; {} ends it
//   POST   /_demo/clients/{client_id}/redirect-uris          {"uri": …}, until the next reset
//   POST   /_demo/realms                                     one more realm, as in the config file
//   POST   /_demo/realms/{name}/clients                      one more client
//   PUT    /_demo/realms/{name}/misbehaviour                 for all its clients; and {metadata: {…}}
//   POST   /_demo/realms/{name}/rotate-keys                  {"keep_old": true} keeps the old one
//   POST   /_demo/reset                                      sessions, log and misbehaviour are gone

import { read, sendJson } from './http.mjs';

export class Admin {
  constructor(front) {
    this.front = front;
  }

  async handle(request, response) {
    const url = new URL(request.url, this.front.origin);
    const action = `${request.method} ${url.pathname}`;
    const text = await read(request);
    let body;
    try {
      body = text ? JSON.parse(text) : {};
    } catch {
      sendJson(response, 400, { error: 'the body is not JSON' });
      return;
    }
    const answer = await this.#act(action, url, body);
    if (answer === undefined) sendJson(response, 404, { error: `no such thing: ${action}` });
    else sendJson(response, 200, answer);
  }

  async #act(action, url, body) {
    const { front } = this;
    if (action === 'GET /_demo/requests') {
      return { requests: front.log.find(Object.fromEntries(url.searchParams)) };
    }
    if (action === 'GET /_demo/scenarios') return { scenarios: front.scenarios.list() };
    if (action === 'DELETE /_demo/requests') {
      front.log.clear();
      return {};
    }
    if (action === 'POST /_demo/reset') {
      front.log.clear();
      front.realms.forEach((realm) => realm.reset());
      return {};
    }
    if (action === 'POST /_demo/realms') {
      const { issuer, name } = await front.addRealm(body);
      return { issuer, name };
    }
    const client = /^(PUT|POST) \/_demo\/clients\/([^/]+)\/(.+)$/.exec(action);
    if (client) return this.#toClient(decodeURIComponent(client[2]), `${client[1]} ${client[3]}`, body);
    const realm = /^(PUT|POST) \/_demo\/realms\/([^/]+)\/(.+)$/.exec(action);
    if (realm) return this.#toRealm(decodeURIComponent(realm[2]), `${realm[1]} ${realm[3]}`, body);
    return undefined;
  }

  #toClient(clientId, action, body) {
    const realm = this.front.realms.find(({ clients }) => clients.has(clientId));
    if (!realm) return undefined;
    if (action === 'PUT misbehaviour') {
      realm.wrongs.set(clientId, body);
      return {};
    }
    if (action === 'POST redirect-uris') {
      realm.clients.allow(clientId, body.uri);
      return {};
    }
    return undefined;
  }

  async #toRealm(name, action, body) {
    const realm = this.front.realms.find((candidate) => candidate.name === name);
    if (!realm) return undefined;
    if (action === 'PUT misbehaviour') {
      realm.wrongs.set('*', body);
      return {};
    }
    if (action === 'POST rotate-keys') {
      return { kid: await realm.keys.rotate({ keepOld: body.keep_old === true }) };
    }
    if (action === 'POST clients') {
      await realm.addClient(body);
      return {};
    }
    return undefined;
  }
}
