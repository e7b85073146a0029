// Keycloak, in the words of its Admin Console.

/** @type {import('./guide_view.js').Guide} */
export const keycloak = {
  console: 'Keycloak Admin Console',
  address: null,
  needs: 'You need the role manage-clients in your realm, and Keycloak has to be reachable from the internet by https.',
  steps: [
    {
      title: 'Create a client',
      where: 'your realm › Clients › Create client',
      does: ['**Client type** is **OpenID Connect**. Choose a **Client ID** and press **Next**.'],
      fills: 'Client ID',
    },
    {
      title: 'Switch client authentication on',
      where: 'Capability config',
      does: ['Switch **Client authentication** on and leave **Standard flow** ticked. Press **Next**.'],
      warns: 'While it is off there is no tab **Credentials** and no secret.',
    },
    {
      title: 'Register the redirect URI',
      where: 'Login settings',
      does: ['Paste it into **Valid redirect URIs** and press **Save**.'],
    },
    {
      title: 'Copy the secret',
      where: 'your client › Credentials',
      does: ['**Client Authenticator** is **Client Id and Secret**. Copy **Client Secret**.'],
      fills: 'Client Secret',
    },
    {
      title: 'Copy the address of the realm',
      where: 'Realm settings › General › Endpoints',
      does: ['Copy the link **OpenID Endpoint Configuration**.'],
      fills: 'Discovery URL',
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
