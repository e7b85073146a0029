// Where one realm keeps its sessions, grants and codes: in memory, and gone with the process.

const now = () => Math.floor(Date.now() / 1000);

export class Storage {
  #items = new Map();

  clear() {
    this.#items.clear();
  }

  /** The adapter class that oidc-provider asks for, on this realm's memory. */
  adapter() {
    const items = this.#items;

    function live(key) {
      const item = items.get(key);
      if (item && item.until < Date.now()) {
        items.delete(key);
        return undefined;
      }
      return item?.payload;
    }

    function findBy(model, field, value) {
      for (const key of items.keys()) {
        if (!key.startsWith(`${model}:`)) continue;
        const payload = live(key);
        if (payload?.[field] === value) return payload;
      }
      return undefined;
    }

    return class Adapter {
      constructor(model) {
        this.model = model;
      }

      key(id) {
        return `${this.model}:${id}`;
      }

      async upsert(id, payload, expiresIn) {
        const until = expiresIn ? Date.now() + expiresIn * 1000 : Infinity;
        items.set(this.key(id), { payload: structuredClone(payload), until });
      }

      async find(id) {
        return structuredClone(live(this.key(id)));
      }

      async findByUid(uid) {
        return structuredClone(findBy(this.model, 'uid', uid));
      }

      async findByUserCode(userCode) {
        return structuredClone(findBy(this.model, 'userCode', userCode));
      }

      async consume(id) {
        const payload = live(this.key(id));
        if (payload) payload.consumed = now();
      }

      async destroy(id) {
        items.delete(this.key(id));
      }

      async revokeByGrantId(grantId) {
        for (const [key, { payload }] of items) {
          if (payload.grantId === grantId) items.delete(key);
        }
      }
    };
  }
}
