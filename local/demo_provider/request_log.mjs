// What relying parties asked of the provider, for tests to read. It holds demo secrets, in memory.

const LONGEST = 2000;

function authenticationOf(ctx, form) {
  const header = ctx.get('authorization');
  if (/^basic /i.test(header)) return 'client_secret_basic';
  if (form?.client_assertion) return 'private_key_jwt';
  if (form?.client_secret) return 'client_secret_post';
  return undefined;
}

function clientOf(ctx, form) {
  const basic = /^basic (.+)$/i.exec(ctx.get('authorization'));
  if (basic) {
    return decodeURIComponent(Buffer.from(basic[1], 'base64').toString().split(':')[0]);
  }
  return ctx.oidc?.client?.clientId ?? form?.client_id ?? ctx.query.client_id;
}

export class RequestLog {
  #requests = [];
  #number = 0;

  add(ctx, { realm, route, path }) {
    const form = ctx.method === 'POST' ? { ...ctx.oidc?.body } : undefined;
    this.#number += 1;
    this.#requests.push({
      number: this.#number,
      at: Date.now() / 1000,
      realm,
      route,
      method: ctx.method,
      path,
      query: { ...ctx.query },
      form,
      client_id: clientOf(ctx, form),
      client_authentication: authenticationOf(ctx, form),
      bearer: /^bearer /i.test(ctx.get('authorization')),
      user_agent: ctx.get('user-agent'),
      status: ctx.status,
    });
    if (this.#requests.length > LONGEST) this.#requests.shift();
  }

  /** Requests that match every given field, oldest first. */
  find({ after = 0, ...wanted }) {
    return this.#requests.filter(
      (request) => request.number > Number(after)
        && Object.entries(wanted).every(([name, value]) => String(request[name]) === value),
    );
  }

  clear() {
    this.#requests = [];
  }
}
