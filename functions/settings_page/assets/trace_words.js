// A sign-in in words: how it ended, each step of it, and what became of the person's account.

/** @typedef {import('./types.js').SignIn} SignIn */
/** @typedef {import('./types.js').SignInDetail} SignInDetail */
/** @typedef {import('./types.js').StepName} StepName */

/** The way of a sign-in; a test ends where the person is found. @type {StepName[]} */
const WAY = [
  'sent_to_provider', 'came_back', 'answer_accepted', 'code_redeemed', 'id_token_accepted', 'claims_complete',
  'user_found', 'code_issued', 'tokens_issued',
];
const OUTCOMES = {
  started: ['waiting', 'Under way'],
  signed_in: ['good', 'Signed in'],
  refused: ['bad', 'Refused'],
  never_came_back: ['warning', 'Never came back'],
};

/** @param {SignIn} signIn @returns {[tone: string, words: string]} */
export function outcomeOf({ kind, outcome }) {
  const [tone, words] = OUTCOMES[outcome];
  return [tone, kind === 'test' && outcome === 'signed_in' ? 'Would sign in' : words];
}

/** @param {SignInDetail} signIn @param {string} speaker */
export function sentenceOf({ kind, outcome, person, mapped }, speaker) {
  const who = mapped?.name || person || 'The person';
  const from = speaker === 'Your provider' ? 'your provider' : speaker;
  if (outcome === 'started') return `${kind === 'test' ? 'The test' : 'The sign-in'} is at ${from} now.`;
  if (outcome === 'never_came_back') return `Nobody came back from ${from}.`;
  if (kind === 'test') return outcome === 'signed_in' ? `It works: ${who} would be signed in.` : `${who} would not be signed in.`;
  return outcome === 'signed_in' ? `${who} was signed in.` : `${who} was not signed in.`;
}

/** @param {SignInDetail} signIn */
export function decisionOf({ kind, decision, outcome }) {
  const isTest = kind === 'test';
  switch (decision) {
    case 'known':
      return 'The account is known: this person has signed in this way before.';
    case 'linked':
      return `An account with this e-mail address was there already; it ${isTest ? 'would be' : 'was'} linked.`;
    case 'created':
      return `A new account ${isTest ? 'would be' : 'was'} made.`;
    default:
      return outcome === 'refused' ? `No account ${isTest ? 'would be' : 'was'} used or made.` : '';
  }
}

/**
 * The steps that this sign-in still had before it.
 *
 * @param {SignInDetail} signIn
 * @returns {StepName[]}
 */
export function stepsAhead({ kind, steps, outcome }) {
  const way = kind === 'test' ? WAY.slice(0, WAY.indexOf('code_issued')) : WAY;
  const last = Math.max(...steps.map(({ name }) => WAY.indexOf(name)), -1);
  const isDone = outcome === 'signed_in' && kind === 'test';
  return isDone ? [] : way.slice(last + 1);
}

/** @param {StepName} name @param {string} speaker */
export function stepOf(name, speaker) {
  const at = speaker === 'Your provider' ? 'your provider' : speaker;
  const words = {
    sent_to_provider: `Sent to ${at}`,
    came_back: `Came back from ${at}`,
    answer_accepted: 'Answer accepted',
    code_redeemed: 'Code exchanged for tokens',
    id_token_accepted: 'ID token checked',
    claims_complete: 'Claims complete',
    user_found: 'Account found',
    code_issued: 'Handed to the application',
    tokens_issued: 'Application got its tokens',
  };
  return words[name];
}

/** The step at which it ended. @param {StepName} name */
export function missedStepOf(name) {
  const words = {
    sent_to_provider: 'Not sent',
    came_back: 'Did not come back',
    answer_accepted: 'Answer not accepted',
    code_redeemed: 'Code not exchanged',
    id_token_accepted: 'ID token not accepted',
    claims_complete: 'Claims not complete',
    user_found: 'No account let in',
    code_issued: 'Not handed on',
    tokens_issued: 'No tokens fetched',
  };
  return words[name];
}

/** @param {number} milliseconds */
export function durationOf(milliseconds) {
  if (milliseconds < 1000) return `${milliseconds} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}
