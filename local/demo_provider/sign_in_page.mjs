// Where a demo person signs in: pick a tile, or type an address and the password.

import { escape, page } from './html.mjs';

const initials = (name) => name.split(' ').map((word) => word[0]).join('').slice(0, 2);

function tile(person, hint) {
  const hinted = person.login === hint;
  const slug = person.login.split('@')[0];
  return `<li class="${hinted ? 'hinted' : ''}">
    <button name="pick" value="${escape(person.login)}" id="sign-in-as-${escape(slug)}" ${hinted ? 'autofocus' : ''}>
      <span class="face" aria-hidden="true">${escape(initials(person.name))}</span>
      <span>${escape(person.name)}<small>${escape(person.login)}</small></span>
    </button></li>`;
}

export function signInPage(realm, { hint, action, problem, client }) {
  realm.person(hint);
  const people = [...realm.people].sort(
    (one, other) => Number(other.login === hint) - Number(one.login === hint),
  );
  const typed = people.some((person) => person.login === hint) ? '' : hint ?? '';
  return page(`Sign in to ${realm.title}`, `
    <h1>Pick an account</h1>
    <p class="quiet">${escape(realm.title)} · to continue to ${escape(client)}</p>
    <form method="post" action="${escape(action)}"><ul class="people">
      ${people.map((person) => tile(person, hint)).join('')}
    </ul></form>
    <details ${problem || typed ? 'open' : ''}>
      <summary>Use a password instead</summary>
      <form method="post" action="${escape(action)}">
        ${problem ? `<p class="error" role="alert">${escape(problem)}</p>` : ''}
        <label>E-mail <input name="login" id="login" autocomplete="username" value="${escape(typed)}" required></label>
        <label>Password <input name="password" id="password" type="password" autocomplete="current-password" required></label>
        <div class="actions"><button id="sign-in-with-password">Sign in</button></div>
      </form>
    </details>
    <form method="post" action="${escape(action)}" class="actions">
      <button class="second" name="cancel" value="yes" id="cancel">Cancel</button>
    </form>`);
}

/** Who signs in with this form: a person, null for "not known", undefined for "cancelled". */
export function whoSignsIn(realm, form) {
  if (form.get('cancel')) return undefined;
  const person = realm.person(form.get('pick') ?? form.get('login'));
  if (!person) return null;
  if (form.get('pick')) return person;
  const isRight = person.password === undefined || form.get('password') === person.password;
  return isRight ? person : null;
}
