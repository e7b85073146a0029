// Serves the demo application: the files of ../demo_application and what it must know of the stack.

import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import { sendJson } from './http.mjs';

const FILES = fileURLToPath(new URL('../demo_application/', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export class Application {
  constructor(config) {
    this.config = config;
  }

  handle = async (request, response) => {
    const { pathname } = new URL(request.url, 'http://app.localhost');
    if (pathname === '/config.json') {
      sendJson(response, 200, this.config);
      return;
    }
    const name = pathname === '/' ? 'index.html' : normalize(pathname).replace(/^[/\\]+/, '');
    try {
      const body = await readFile(join(FILES, name));
      response.writeHead(200, {
        'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      });
      response.end(body);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('not found');
    }
  };
}
