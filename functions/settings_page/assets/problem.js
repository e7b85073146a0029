// What went wrong, in the words that the person is shown.

/** @typedef {import('./types.js').Mistake} Mistake */

const IN_OUR_WORDS = {
  0: ['unreachable', 'The server could not be reached.', 'Check your connection, then try again.'],
  401: ['token_invalid', 'You are signed out.', 'Sign in again to go on.'],
  404: ['not_found', 'There is nothing at this address any more.', 'Reload the page.'],
  429: ['too_many_requests', 'That was too much at once.', 'Wait a minute, then try again.'],
};
const OTHERWISE = ['server_error', 'Something went wrong on our side.', 'Nothing is known to have changed. Try again in a minute.'];

/** A request that was refused or failed. */
export class Problem extends Error {
  /** Of a sign-in, by which it is found again; empty for all else. */
  reference = '';

  /**
   * @param {number} status 0 when no answer came.
   * @param {string} code Stable; docs/errors.md.
   * @param {string} title
   * @param {string} detail
   * @param {Mistake[]} mistakes
   */
  constructor(status, code, title, detail = '', mistakes = []) {
    super(title);
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.mistakes = mistakes;
  }

  /**
   * Read an answer. API Gateway's own (401, 404, 429) are no problem details: we have words for them.
   *
   * @param {number} status
   * @param {any} body
   */
  static from(status, body) {
    if (typeof body?.code === 'string' && typeof body.title === 'string') {
      return new Problem(status, body.code, body.title, body.detail ?? '', body.errors ?? []);
    }
    const [code, title, detail] = /** @type {any} */ (IN_OUR_WORDS)[status] ?? OTHERWISE;
    return new Problem(status, code, title, detail);
  }

  /**
   * The same problem with its mistakes in the order of the form.
   *
   * @param {string[]} fields
   */
  inOrderOf(fields) {
    const place = (/** @type {Mistake} */ mistake) => fields.indexOf(mistake.field.split('.')[0]);
    const mistakes = this.mistakes.toSorted((one, other) => place(one) - place(other));
    return new Problem(this.status, this.code, this.title, this.detail, mistakes);
  }

  /**
   * The same problem with the mistakes of these fields alone.
   *
   * @param {string[]} fields
   */
  among(fields) {
    const mistakes = this.mistakes.filter(({ field }) => fields.includes(field.split('.')[0]));
    return new Problem(this.status, this.code, this.title, this.detail, mistakes);
  }

  /**
   * The mistakes of one field, or of one entry in it (`attribute_mapping.email`).
   *
   * @param {string} field
   */
  of(field) {
    return this.mistakes.filter(
      (mistake) => mistake.field === field || mistake.field.startsWith(`${field}.`),
    );
  }
}

/**
 * A change was sent and no answer came: the server may have made it.
 *
 * @param {string} detail What the person sees now, or is to do.
 */
export function answerLost(detail) {
  return new Problem(0, 'answer_lost', 'It is not known whether your change was saved.', detail);
}

/**
 * Make a problem of whatever was thrown.
 *
 * @param {unknown} error
 */
export function asProblem(error) {
  if (error instanceof Problem) return error;
  console.error(error);
  return Problem.from(500, null);
}
