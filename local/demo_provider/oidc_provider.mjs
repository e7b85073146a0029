// The npm package, without its word about Node 20, on which everything used here works.

const { warn } = console;
console.warn = () => {};
const { Provider, interactionPolicy, errors } = await import('oidc-provider');
console.warn = warn;

export { Provider, interactionPolicy, errors };
