// Google Workspace: nothing is typed, since the product's own Google client is used.

/** @type {import('./guide_view.js').Guide} */
export const google = {
  console: 'Google Admin console',
  address: 'https://admin.google.com',
  needs: 'Google needs no Client ID and no secret from you.',
  steps: [
    {
      title: 'Prove your e-mail domain',
      where: 'This page › E-mail domains',
      does: ['Only Google accounts of a domain that you have proven can sign in. Add yours and prove it with a DNS record.'],
    },
    {
      title: 'Allow the app, if you restrict apps',
      where: 'Security › Access and data control › API controls › Manage third-party app access',
      does: ['If your organisation allows listed apps only, find this product there and set it to **Trusted** or **Limited**.'],
    },
    {
      title: 'Turn it on',
      does: ['Switch **Enable** on. Your people enter their work e-mail on the sign-in page and are led to Google.'],
    },
  ],
};
