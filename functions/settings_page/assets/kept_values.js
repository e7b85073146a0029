// What was typed survives a sign-in in between: kept in this tab, never with a secret.

/** @typedef {import('./page_state.js').PageState} PageState */

const KEPT = 'authsso.settings.typed';

/** @param {PageState} state */
export function keepTyped(state) {
  state.isLeaving = true;
  const withoutSecrets = state
    .unsaved()
    .map(([kind, { values, base }]) => [kind, { values: { ...values, client_secret: '' }, base }]);
  if (withoutSecrets.length) sessionStorage.setItem(KEPT, JSON.stringify(withoutSecrets));
}

/**
 * Put back what was kept, once.
 *
 * @param {PageState} state
 * @returns {boolean} Whether there was something.
 */
export function restoreTyped(state) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]');
  sessionStorage.removeItem(KEPT);
  for (const [kind, typed] of kept) state.putBack(kind, typed);
  return kept.length > 0;
}
