// What an administrator does to a connection: save, make live, roll back, delete, and both switches.

import { attempt } from './attempts.js';
import { checkSaved, hasErrors } from './checks.js';
import { isReadyToEnforce } from './enforce_needs.js';
import { ask, toast } from './feedback.js';
import { requestOf } from './form_values.js';
import { agreesToMakeLive, agreesToRollBack } from './live_questions.js';
import { asProblem, Problem } from './problem.js';

/** @typedef {import('./main.js').Page} Page */
/** @typedef {import('./types.js').Connection} Connection */

/** @param {Page} page @param {Connection} connection */
export async function saveDraft(page, connection) {
  const { provider, name } = connection;
  const { values, base } = page.state.typed(connection);
  const save = async () => {
    const saved = await page.api.saveDraft(provider, requestOf(values), base.etag);
    page.state.forgetTyped(provider);
    page.state.problems.delete(`connection-${provider}`);
    page.state.replace(saved);
  };
  if (await attempt(page, `form-${provider}`, save, connection)) {
    toast(connection.live ? 'Draft saved. The live version goes on unchanged.' : `Draft saved. Now turn ${name} on.`);
    document.getElementById('versions')?.focus();
    void checkSaved(page, provider);
  }
}

/** @param {Page} page @param {Connection} connection */
export async function makeLive(page, connection) {
  if (mustSaveFirst(page, connection)) return;
  const { provider, etag } = connection;
  if (!(await agreesToMakeLive(await checkedFirst(page, connection)))) return;
  const change = async () => page.state.replace(await page.api.activate(provider, etag));
  if (await attempt(page, `connection-${provider}`, change, connection)) {
    toast('The draft is live now.');
  }
}

/** @param {Page} page @param {Connection} connection */
export async function rollBack(page, connection) {
  const { provider, etag } = connection;
  if (!(await agreesToRollBack(connection))) return;
  const change = async () => page.state.replace(await page.api.rollback(provider, etag));
  if (await attempt(page, `connection-${provider}`, change, connection)) {
    toast('The previous version is live again.');
  }
}

/** @param {Page} page @param {Connection} connection */
export async function deleteConnection(page, connection) {
  const { provider, etag, name, imported } = connection;
  const agreed = await ask({
    title: `Delete the ${name} connection?`,
    text: [
      'Nobody can sign in through it any more. Its settings, draft and secret are removed.',
      'People stay, and so do their passwords.',
      ...(imported ? [`The provider ${imported.pool_provider} of the user pool stays as it is.`] : []),
    ],
    yes: 'Delete',
    isDangerous: true,
  });
  if (!agreed) return;
  const change = async () => {
    await page.api.deleteConnection(provider, etag);
    page.state.forgetTyped(provider);
    page.state.overview = await page.api.overview();
  };
  if (await attempt(page, `connection-${provider}`, change, connection)) {
    await page.go('#/providers');
    toast(`${name} is deleted.`);
  }
}

/** @param {Page} page @param {Connection} connection @param {boolean} wanted */
export async function enable(page, connection, wanted) {
  const { provider, name, live, draft, fields } = connection;
  if (wanted && !live && !draft && fields.length) {
    await page.go(`#/providers/${provider}`);
    toast('Fill in the form and save it, then switch Enable on.');
    document.getElementById(`field-${fields[0].name}`)?.focus();
    return;
  }
  if (wanted && !live && mustSaveFirst(page, connection)) return;
  const isSure = wanted || (await ask({
    title: `Turn ${name} off?`,
    text: [`Nobody can sign in with ${name} until you turn it on again. The settings are kept.`],
    yes: 'Turn off',
  }));
  if (isSure) await move(page, connection, { enabled: wanted }, `${name} is ${wanted ? 'on' : 'off'}.`);
}

/** @param {Page} page @param {Connection} connection @param {boolean} wanted */
export async function enforce(page, connection, wanted) {
  const { name } = connection;
  if (wanted && !(await isReadyToEnforce(page, connection))) return;
  const isSure = !wanted || (await ask({
    title: `Require ${name} for everyone?`,
    text: [
      'Passwords stop working for everyone in your organisation at once, and everyone is asked to sign in anew.',
      'The people named under Emergency access can still use theirs.',
    ],
    yes: `Require ${name}`,
  }));
  const done = wanted ? `Everyone signs in with ${name} now.` : 'Passwords work again.';
  if (isSure) await move(page, connection, { enforced: wanted }, done);
}

/**
 * @param {Page} page
 * @param {Connection} connection
 * @param {{enabled?: boolean, enforced?: boolean}} wanted
 * @param {string} done
 */
async function move(page, connection, wanted, done) {
  const { provider } = connection;
  const change = async () => page.state.replace(await toggled(page, connection, wanted));
  if (await attempt(page, `connection-${provider}`, change, connection)) toast(done);
}

/**
 * The first version goes live after a check without errors: make it when there was none.
 *
 * @param {Page} page
 * @param {Connection} connection
 * @param {{enabled?: boolean, enforced?: boolean}} wanted
 */
async function toggled(page, { provider, etag, name }, wanted) {
  const send = () => page.api.toggle(provider, wanted, etag);
  try {
    return await send();
  } catch (error) {
    if (asProblem(error).code !== 'enable_needs_check') throw error;
  }
  toast('Checking first…');
  await checkSaved(page, provider);
  const failed = page.state.problems.get(`check-${provider}`);
  if (failed) throw failed;
  if (!hasErrors(page, provider)) return send();
  const title = `${name} stays off: the check found something to mend.`;
  throw new Problem(409, 'check_found_errors', title, 'Mend it and save the draft, then switch Enable on again.');
}

/**
 * A draft is checked when it is saved; when that did not come to an end, now.
 *
 * @param {Page} page
 * @param {Connection} connection
 */
async function checkedFirst(page, connection) {
  if (!connection.draft || connection.draft.last_check) return connection;
  toast('Checking first…');
  await checkSaved(page, connection.provider);
  return page.state.connection(connection.provider) ?? connection;
}

/**
 * What is typed and not saved would not be what goes live.
 *
 * @param {Page} page
 * @param {Connection} connection
 */
function mustSaveFirst({ state }, { provider }) {
  if (!state.hasUnsaved(provider)) return false;
  const title = 'You have typed something that is not saved yet.';
  const problem = new Problem(409, 'not_saved', title, 'Save the draft first, or undo your changes.');
  state.problems.set(`connection-${provider}`, problem);
  state.changed();
  document.getElementById(`problem-connection-${provider}`)?.focus();
  return true;
}
