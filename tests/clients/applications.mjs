// Serves the client applications on this machine: `node applications.mjs FOLDER`, told the rest on stdin.
//
// FOLDER holds the bundled browser applications. The first line of stdout is the port; the first line
// of stdin is each application's configuration, `{name: {...}}`; the end of stdin ends the process.

import dns from 'node:dns';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { OpenidClientApplication } from './openid_client.mjs';

const FOLDER = process.argv[2];
const SERVER_SIDE = 'openid-client';

// Browsers resolve *.localhost to this machine by themselves; Node asks a system that may not.
const { lookup } = dns;
dns.lookup = (name, ...rest) => lookup(name.endsWith('.localhost') ? 'localhost' : name, ...rest);

const page = (name) => `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>${name}</title>
<script type="module" src="/${name}.js"></script>`;

let configurations = {};
let serverSide;

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const [, name, rest] = pathname.split('/');
  if (name === SERVER_SIDE) {
    await serverSide.handle(request, response, rest);
  } else if (name.endsWith('.js')) {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(await readFile(join(FOLDER, name)));
  } else if (rest === 'config.json') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(configurations[name]));
  } else {
    response.writeHead(200, { 'content-type': 'text/html' }).end(page(name));
  }
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    const told = [error.code, error.error, error.error_description, error.cause?.message, error.message];
    response.writeHead(500, { 'content-type': 'text/plain' }).end(told.filter(Boolean).join(': '));
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));

const input = createInterface({ input: process.stdin });
input.once('line', (line) => {
  configurations = JSON.parse(line);
  serverSide = new OpenidClientApplication(configurations[SERVER_SIDE]);
  console.log('ready');
});
input.once('close', () => process.exit());
