// The same stack over TLS, for clients that take nothing else, such as Amplify.

import { readFile } from 'node:fs/promises';
import { request as forward } from 'node:http';
import { createServer } from 'node:https';

/** A TLS server that hands every request to the emulator, host name and all. */
export async function secureFront({ certificate, key, target_port: targetPort }) {
  const material = { cert: await readFile(certificate), key: await readFile(key) };
  return createServer(material, (incoming, outgoing) => {
    const onward = forward({
      host: '127.0.0.1',
      port: targetPort,
      method: incoming.method,
      path: incoming.url,
      headers: { ...incoming.headers, 'x-forwarded-proto': 'https' },
    }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.on('error', () => {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end();
    });
    incoming.pipe(onward);
  });
}
