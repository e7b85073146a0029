// OneLogin, in the words of its Administration pages.

/** @type {import('./guide_view.js').Guide} */
export const onelogin = {
  console: 'OneLogin Administration',
  address: 'https://app.onelogin.com/admin',
  needs: 'You need to be an account owner or a super user in OneLogin.',
  steps: [
    {
      title: 'Add the app',
      where: 'Applications › Applications › Add App',
      does: ['Search for **OpenId Connect (OIDC)**, choose it, enter a **Display Name**, and press **Save**.'],
    },
    {
      title: 'Register both redirect URIs',
      where: 'your app › Configuration',
      does: ['Paste both into **Redirect URI’s**, one a line. Press **Save**.'],
    },
    {
      title: 'Set the application type',
      where: 'your app › SSO',
      does: ['**Application Type** is **Web**, and **Token Endpoint › Authentication Method** is **POST** or **Basic**. Press **Save**.'],
      warns: 'With **None (PKCE)** the secret is not used and the sign-in fails.',
    },
    {
      title: 'Copy Client ID and Client Secret',
      where: 'your app › SSO',
      does: ['Copy **Client ID**, then press **Show client secret** and copy **Client Secret**.'],
      fills: 'Client ID, Client Secret',
    },
    {
      title: 'Copy the Issuer URL',
      where: 'your app › SSO',
      does: ['Copy **Issuer URL**. It ends in **/oidc/2**.'],
      fills: 'Discovery URL',
    },
    {
      title: 'Give your people access',
      where: 'your app › Access',
      does: ['Tick the **Roles** whose people may sign in. Press **Save**.'],
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
