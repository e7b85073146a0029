// Salesforce, in the words of its Setup pages.

/** @type {import('./guide_view.js').Guide} */
export const salesforce = {
  console: 'Salesforce Setup',
  address: 'https://login.salesforce.com',
  needs: 'You need the permission to customize the application and to manage apps. Salesforce takes up to ten minutes before a new app works.',
  steps: [
    {
      title: 'Create an app',
      where: 'Setup › Apps › External Client Apps › External Client App Manager › New External Client App',
      does: ['Enter a name and a contact e-mail, and leave **Distribution State** at **Local**. In older orgs this is **App Manager › New Connected App**.'],
    },
    {
      title: 'Enable OAuth, with both addresses',
      where: 'API (Enable OAuth Settings)',
      does: ['Tick **Enable OAuth** and paste both redirect URIs into **Callback URL**, one a line.'],
    },
    {
      title: 'Choose the scopes',
      does: ['Move **Access unique user identifiers (openid)** and **Access the identity URL service (id, profile, email, address, phone)** to **Selected OAuth Scopes**.'],
    },
    {
      title: 'Require the secret',
      does: ['Leave **Require secret for Web Server Flow** ticked. **Require Proof Key for Code Exchange (PKCE)** may be ticked too. Press **Create**.'],
    },
    {
      title: 'Copy key and secret',
      where: 'your app › Settings › OAuth Settings › Consumer Key and Secret',
      does: ['Confirm with the code that Salesforce sends you. Copy **Consumer Key** and **Consumer Secret**.'],
      fills: 'Client ID, Client Secret',
    },
    {
      title: 'Copy your My Domain address',
      where: 'Setup › Company Settings › My Domain',
      does: ['Copy **Current My Domain URL**.'],
      warns: 'Not **login.salesforce.com**, and not the address that ends in **lightning.force.com**.',
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
