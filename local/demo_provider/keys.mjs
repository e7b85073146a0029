// The signing keys of one realm. They can be rotated while it runs, which oidc-provider's cannot.

import { randomBytes } from 'node:crypto';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';

export class Keys {
  #algorithm;
  #pairs = [];

  static async of(algorithm) {
    const keys = new Keys();
    keys.#algorithm = algorithm;
    await keys.rotate();
    return keys;
  }

  get algorithm() {
    return this.#algorithm;
  }

  get current() {
    return this.#pairs.at(-1);
  }

  /** A new key signs from now on. The old ones stay in the key set only when asked. */
  async rotate({ keepOld = false } = {}) {
    const pair = await this.#make();
    this.#pairs = keepOld ? [...this.#pairs, pair] : [pair];
    return pair.kid;
  }

  async #make() {
    const { privateKey, publicKey } = await generateKeyPair(this.#algorithm, { extractable: true });
    return {
      kid: randomBytes(20).toString('base64url'),
      privateKey,
      publicKey,
      privateJwk: await exportJWK(privateKey),
      publicJwk: await exportJWK(publicKey),
    };
  }

  /** For oidc-provider, which signs with what it was built with; we sign anew after it. */
  privateKeySet() {
    const { privateJwk, kid } = this.current;
    return { keys: [{ ...privateJwk, kid, alg: this.#algorithm, use: 'sig' }] };
  }

  publicKeySet(extra = {}) {
    return {
      keys: this.#pairs.map(({ publicJwk, kid }) => ({ ...publicJwk, kid, use: 'sig', ...extra })),
    };
  }

  sign(claims, { kid = this.current.kid, privateKey = this.current.privateKey } = {}) {
    return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ typ: 'JWT', alg: this.#algorithm, kid })
      .sign(privateKey);
  }

  /** A key of the same kind that the key set does not have. */
  async foreign() {
    return this.#make();
  }
}
