// The move of an imported connection's people, and the way back; both after a question.

import { attempt } from './attempts.js';
import { ask, toast } from './feedback.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */

/** @param {Page} page @param {Connection} connection */
export async function movePeople(page, connection) {
  const { provider, name, etag } = connection;
  const agreed = await ask({
    title: `Let your people sign in with ${name} here?`,
    text: [
      'From their next sign-in on they come through this connection. Everybody keeps the account that they have; nobody is signed out.',
      'You can send them back while Enforce is off.',
    ],
    yes: 'Move',
  });
  if (!agreed) return;
  const change = async () => page.state.replace(await page.api.move(provider, etag));
  if (await attempt(page, `connection-${provider}`, change, connection)) toast('Your people sign in here now.');
}

/** @param {Page} page @param {Connection} connection */
export async function movePeopleBack(page, connection) {
  const { provider, etag } = connection;
  const agreed = await ask({
    title: 'Send your people back to the user pool’s provider?',
    text: ['From their next sign-in on they come through it again, with the same accounts.'],
    yes: 'Move back',
  });
  if (!agreed) return;
  const change = async () => page.state.replace(await page.api.moveBack(provider, etag));
  if (await attempt(page, `connection-${provider}`, change, connection)) toast('Your people sign in through the user pool again.');
}
