// Starts the demo provider, the demo application and the TLS front of a local stack:
//     node main.mjs CONFIG.json
// It says "ready" on its own line once every port answers.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

import { Application } from './application.mjs';
import { Front } from './front.mjs';
import { secureFront } from './secure_front.mjs';

const HOST = '127.0.0.1'; // never reachable from another machine

const config = JSON.parse(await readFile(process.argv[2], 'utf8'));

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
}

const front = await Front.of(config);
const servers = [
  [createServer(front.handle), config.port],
  [createServer(new Application(config.application).handle), config.application.port],
];
if (config.https) servers.push([await secureFront(config.https), config.https.port]);

await Promise.all(servers.map(([server, port]) => listen(server, port)));
console.log('ready');

function stop() {
  for (const [server] of servers) {
    server.close();
    server.closeAllConnections();
  }
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
