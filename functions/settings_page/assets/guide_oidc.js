// Any OpenID Provider, in the words of the specification.

/** @type {import('./guide_view.js').Guide} */
export const oidc = {
  console: 'console of your provider',
  address: null,
  needs: 'For every provider that speaks OpenID Connect with discovery and is reachable by https.',
  steps: [
    {
      title: 'Register a confidential web application',
      does: ['Choose **Web** or **Regular web application**, with the **authorization code** flow and a client secret.'],
      warns: 'Not a native, public or single-page application: they have no secret.',
    },
    {
      title: 'Register the redirect URI',
      does: ['It may be called callback URL or sign-in redirect URI. It is compared letter by letter.'],
    },
    {
      title: 'Copy the Client ID and the secret',
      does: ['If the secret expires, enter the date too: you are warned in time.'],
      fills: 'Client ID, Client Secret, Secret expires on',
    },
    {
      title: 'Copy the issuer',
      does: ['Also the address that ends in **/.well-known/openid-configuration** will do.'],
      fills: 'Discovery URL',
    },
    {
      title: 'Let the claims through',
      does: ['The scopes **openid**, **email** and **profile** have to be allowed. Other claim names are entered under **Advanced**.'],
    },
    {
      title: 'Save, then turn it on',
      does: [
        'Press **Save draft** here; the check says what is still to mend.',
        'Press **Try it** and sign in yourself, then switch **Enable** on.',
      ],
    },
  ],
};
