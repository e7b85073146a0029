// What the page knows and what was typed into it; whoever changes it says so with `changed`.

import { isChanged, savedVersion, valuesOf } from './form_values.js';
import { asProblem } from './problem.js';

/** @typedef {import('./types.js').Connection} Connection */
/** @typedef {import('./types.js').Kind} Kind */
/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {import('./problem.js').Problem} Problem */
/** @typedef {import('./version_words.js').Row} Row */
/**
 * What was typed for one connection, and the saved state that it was typed upon.
 * @typedef {{values: Values, base: Connection}} Typed
 */

export class PageState {
  /** @type {import('./types.js').Overview|null} */
  overview = null;
  /** @type {import('./types.js').Domain[]|null} */
  domains = null;
  /** @type {import('./types.js').EmergencyAccess|null} */
  emergency = null;
  /** @type {{events: import('./types.js').ChangeEvent[], next: string|null}|null} */
  history = null;
  /** What went wrong, by the place where it is shown. @type {Map<string, Problem>} */
  problems = new Map();
  /** What somebody else changed meanwhile. @type {Map<Kind, Row[]>} */
  conflicts = new Map();
  /** What the last check told, or will. @type {Map<string, import('./checks.js').Checking>} */
  checks = new Map();
  /** What was said of an address that was typed. @type {Map<string, import('./typed_notes.js').AddressTold>} */
  addresses = new Map();
  /** Test sign-ins, under way or ended. @type {Map<string, import('./trials.js').Trial>} */
  trials = new Map();
  /** Whose second address is asked for until it is set up, with the etag of that state. @type {Map<Kind, string|null>} */
  awaited = new Map();
  /** What a provider showed on its own page. @type {Map<string, import('./explain_view.js').Shown>} */
  shown = new Map();
  /** @type {import('./types.js').SignIns|null} */
  signIns = null;
  /** The one that the address names. @type {import('./types.js').SignInDetail|null} */
  signIn = null;
  /** Which closed parts the person has opened. @type {Set<string>} */
  opened = new Set();
  /** The browser is on its way to a sign-in. */
  isLeaving = false;
  /** @type {Map<Kind, Typed>} */
  #typed = new Map();

  /** @param {() => void} changed Draws the page anew. */
  constructor(changed) {
    this.changed = changed;
  }

  /** @param {string} kind @returns {Connection|undefined} */
  connection(kind) {
    return this.overview?.providers.find((connection) => connection.provider === kind);
  }

  /** Take a connection as the API has just answered it. @param {Connection} connection */
  replace(connection) {
    const providers = this.overview?.providers ?? [];
    const index = providers.findIndex(({ provider }) => provider === connection.provider);
    providers[index] = connection;
  }

  /** @param {Connection} connection @returns {Typed} */
  typed(connection) {
    let typed = this.#typed.get(connection.provider);
    if (!typed) {
      typed = { values: valuesOf(savedVersion(connection)), base: connection };
      this.#typed.set(connection.provider, typed);
    } else if (!isChanged(typed.values, typed.base) && typed.base !== connection) {
      typed.values = { ...valuesOf(savedVersion(connection)), replaces_secret: typed.values.replaces_secret };
      typed.base = connection;
    }
    return typed;
  }

  /** Go back to what is saved. @param {Kind} kind */
  forgetTyped(kind) {
    this.#typed.delete(kind);
    this.conflicts.delete(kind);
  }

  /** @param {Kind} kind */
  hasUnsaved(kind) {
    const typed = this.#typed.get(kind);
    return typed !== undefined && isChanged(typed.values, typed.base);
  }

  /** All that is typed and not saved. @returns {[Kind, Typed][]} */
  unsaved() {
    return [...this.#typed].filter(([kind]) => this.hasUnsaved(kind));
  }

  /** @param {Kind} kind @param {Typed} typed */
  putBack(kind, typed) {
    this.#typed.set(kind, typed);
  }

  /** Leave problems behind, but for those of what is still typed. */
  forgetProblems() {
    for (const place of this.problems.keys()) {
      if (!place.startsWith('form-')) this.problems.delete(place);
    }
  }

  /**
   * Do something that may be refused; the refusal is shown at `place`.
   *
   * @param {string} place
   * @param {() => Promise<void>} action
   * @returns {Promise<boolean>} Whether it was done.
   */
  async attempt(place, action) {
    this.problems.delete(place);
    try {
      await action();
      return true;
    } catch (error) {
      this.problems.set(place, asProblem(error));
      return false;
    } finally {
      this.changed();
    }
  }
}
