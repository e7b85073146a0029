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
