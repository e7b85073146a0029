// Microsoft Entra ID (Azure AD), in the words of the Microsoft Entra admin center.

/** @type {import('./guide_view.js').Guide} */
export const azure = {
  console: 'Microsoft Entra admin center',
  address: 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade',
  needs: 'You need the role Application Developer or Cloud Application Administrator. It takes about ten minutes.',
  steps: [
    {
      title: 'Begin a registration',
      where: 'Entra ID › App registrations › New registration',
      does: ['Enter a **Name** that your people will recognise; they see it when they sign in.'],
    },
    {
      title: 'Say who can use it',
      does: ['Under **Supported account types** choose **Accounts in this organizational directory only** (single tenant).'],
    },
    {
      title: 'Register both redirect URIs',
      does: [
        'Under **Redirect URI** choose the platform **Web** and paste the first redirect URI of this page. Press **Register**.',
        'Then open **Authentication**, and under **Web** press **Add URI** for the second one. Press **Save**.',
      ],
      warns: 'Choose **Web**, not **Public client/native** and not **Single-page application**.',
    },
    {
      title: 'Copy the Application (client) ID',
      where: 'App registrations › your app › Overview',
      does: ['Copy **Application (client) ID**.'],
      fills: 'Client ID',
    },
    {
      title: 'Make a client secret',
      where: 'your app › Certificates & secrets › Client secrets › New client secret',
      does: ['Enter a **Description**, choose under **Expires** how long it shall work, and press **Add**.'],
      fills: 'Secret expires on',
    },
    {
      title: 'Copy the Value at once',
      does: ['Copy the column **Value**. It is hidden as soon as you leave the page.'],
      warns: 'Not the **Secret ID**: that one is no secret and does not work.',
      fills: 'Client Secret',
    },
    {
      title: 'Copy the Directory (tenant) ID',
      where: 'App registrations › your app › Overview',
      does: ['Copy **Directory (tenant) ID** and paste it as it is: the Discovery URL is built from it.'],
      fills: 'Discovery URL',
    },
    {
      title: 'Let your people in',
      where: 'Entra ID › Enterprise apps › your app',
      does: [
        'Under **Permissions** press **Grant admin consent**, so that nobody is asked.',
        'If **Properties** says **Assignment required? Yes**, add your people under **Users and groups**.',
      ],
    },
    {
      title: 'Map groups, if you want to',
      where: 'App registrations › your app › Token configuration › Add groups claim',
      does: [
        'Choose **Groups assigned to the application**, leave **Group ID** chosen under **ID**, and assign the groups under **Enterprise apps › your app › Users and groups**. Here enter each group’s **Object ID** under **Advanced › Groups**. App roles need no claim: enter their **Value**.',
      ],
      warns: 'With **Security groups** or **All groups** instead, people in more than 200 groups also need **API permissions › Microsoft Graph › Delegated permissions › User.Read** (and **GroupMember.Read.All**, if that is not enough), then **Grant admin consent**. Without it they are in no mapped group.',
    },
    {
      title: 'Save, then turn it on',
      does: [
        'Press **Save draft** here; the check says what is still to mend.',
        'Press **Try it** and sign in yourself, then switch **Enable** on. Method stays at **POST**.',
      ],
    },
  ],
};
