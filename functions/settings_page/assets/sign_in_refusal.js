// What a refused sign-in at this page means for the administrator who reads it.
//
// `error_description` is written for whoever uses any application (error_description.py): it sends
// people to their IT administrator, who is the reader here, and ends in codes for a developer.

const END = / \([a-z0-9_]+(?:, [a-z0-9_]+)?, reference ([^\s)]+)\)$/;
const OR_TO_OURSELVES = /,? or (?:tell|ask) your IT administrator\b[^.]*/gi;
const TO_OURSELVES = /\byour (?:IT |organisation's )?administrator\b/i;
const NOTHING_SAID = 'The sign-in was not completed. Try again.';
const LOOK_IT_UP = 'Once you are in, by another account or a password, find the reference under Sign-ins: what to mend stands there.';

/**
 * @param {string} description `error_description`, or empty.
 * @returns {{words: string, reference: string}} reference: empty when none was given.
 */
export function refusalOf(description) {
  const [end = '', reference = ''] = description.match(END) ?? [];
  const said = description.slice(0, description.length - end.length);
  const sentences = said.replace(OR_TO_OURSELVES, '').split(/(?<=[.?!]) /);
  const kept = sentences.filter((sentence) => !TO_OURSELVES.test(sentence)).join(' ');
  const words = [kept || NOTHING_SAID, reference && kept !== said && LOOK_IT_UP];
  return { words: words.filter(Boolean).join(' '), reference };
}
