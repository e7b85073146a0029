// Okta Workforce Identity, in the words of its Admin Console.

/** @type {import('./guide_view.js').Guide} */
export const okta = {
  console: 'Okta Admin Console',
  address: 'https://login.okta.com',
  needs: 'You need to be an application administrator or a super administrator in Okta.',
  steps: [
    {
      title: 'Create an app integration',
      where: 'Applications › Applications › Create App Integration',
      does: ['As **Sign-in method** choose **OIDC - OpenID Connect**, as **Application type** choose **Web Application**. Press **Next**.'],
      warns: 'Not **Single-Page Application** and not **Native Application**: they have no secret.',
    },
    {
      title: 'Name it, and keep the grant type',
      does: ['Enter an **App integration name**. Under **Grant type** leave **Authorization Code** ticked; nothing else is needed.'],
    },
    {
      title: 'Register both redirect URIs',
      does: ['Paste the first into **Sign-in redirect URIs**, press **Add URI**, and paste the second.'],
    },
    {
      title: 'Say who may use it',
      does: ['Under **Assignments** choose **Allow everyone in your organization to access** or **Limit access to selected groups**. Press **Save**.'],
    },
    {
      title: 'Copy the Client ID',
      where: 'your app › General › Client Credentials',
      does: ['Copy **Client ID**.'],
      fills: 'Client ID',
    },
    {
      title: 'Copy the secret',
      where: 'your app › General › CLIENT SECRETS',
      does: ['**Client authentication** is **Client secret**. Press the copy sign beside the secret.'],
      fills: 'Client Secret',
    },
    {
      title: 'Enter your Okta domain',
      does: [
        'It stands in the menu under your name, such as **acme.okta.com**, without **-admin**.',
        'With a custom authorization server take the **Issuer URI** under **Security › API › Authorization Servers**.',
      ],
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
