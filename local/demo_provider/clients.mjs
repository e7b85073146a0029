// The relying parties registered at one realm, and the redirect URIs that each may use.

export class Clients {
  #registered = new Map();
  #added = new Map();

  constructor(clients) {
    for (const client of clients) this.#registered.set(client.client_id, client);
  }

  get(clientId) {
    return this.#registered.get(clientId);
  }

  has(clientId) {
    return this.#registered.has(clientId);
  }

  add(client) {
    this.#registered.set(client.client_id, client);
  }

  allow(clientId, uri) {
    this.#added.set(clientId, [...(this.#added.get(clientId) ?? []), uri]);
  }

  forgetAdded() {
    this.#added.clear();
  }

  allows(clientId, uri) {
    const client = this.get(clientId);
    if (!client) return false;
    if (client.redirect_uris.includes(uri)) return true;
    if ((this.#added.get(clientId) ?? []).includes(uri)) return true;
    return (client.redirect_uri_prefixes ?? []).some(
      (prefix) => uri.startsWith(prefix) && /^[A-Za-z0-9_-]+$/.test(uri.slice(prefix.length)),
    );
  }

  allowsAfterLogout(clientId, uri) {
    const client = this.get(clientId);
    return Boolean(client?.post_logout_redirect_uris?.includes(uri));
  }

  /** As oidc-provider wants a client described. */
  static described(client) {
    return {
      client_id: client.client_id,
      client_secret: client.client_secret,
      client_name: client.name ?? 'authsso',
      grant_types: ['authorization_code', 'client_credentials'],
      response_types: ['code'],
      redirect_uris: client.redirect_uris,
      post_logout_redirect_uris: client.post_logout_redirect_uris ?? [],
      token_endpoint_auth_method: 'client_secret_post',
    };
  }
}
