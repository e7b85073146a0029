// The few lines of HTTP that every part here needs.

const LONGEST_BODY = 1_000_000;

export async function read(request) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > LONGEST_BODY) throw new Error('the body is too long');
  }
  return body;
}

/** An answer as a table spells it: {status, json | html | text, type, headers}. */
export function fill(ctx, { status = 200, json, html, text, type, headers = {} }) {
  ctx.status = status;
  ctx.type = type ?? (json ? 'application/json' : 'text/html; charset=utf-8');
  Object.entries(headers).forEach(([name, value]) => ctx.set(name, value));
  ctx.body = json ? JSON.stringify(json) : html ?? text ?? '';
}

export function sendAnswer(response, { status = 200, json, html = '', cut_off: isCutOff }) {
  if (isCutOff) cutOff(response);
  else if (json) sendJson(response, status, json);
  else sendHtml(response, status, html);
}

/** Promises more than it sends, and hangs up. */
export function cutOff(response) {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
  response.write('{"', () => response.destroy());
}

function send(response, status, type, body) {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}

export function sendJson(response, status, value) {
  send(response, status, 'application/json', JSON.stringify(value));
}

export function sendHtml(response, status, body) {
  send(response, status, 'text/html; charset=utf-8', body);
}
