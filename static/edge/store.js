// The phone's storage. Only the worker touches it; every look and every change is one transaction.
const STORES = ["docs", "outbox", "refused", "meta"];
const OPENS_IN = 2000, BROKEN_FOR = 10_000;
let opening, memory, brokenAt = 0, trouble = "";

/** The phone's storage refused: full, broken, or switched off. */
class Broken extends Error {}

const asked = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(new Broken(request.error));
});

function grow({ target: { result: db } }) {
  db.createObjectStore("docs");
  db.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
  db.createObjectStore("refused", { keyPath: "op.seq" });
  db.createObjectStore("meta");
}

function database() {
  if (Date.now() - brokenAt < BROKEN_FOR) throw new Broken();
  opening ??= new Promise((done, failed) => {
    // No version is asked for, so that a build that was rolled back opens what a newer one left.
    const request = indexedDB.open("setlog");
    request.onupgradeneeded = grow;
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
    setTimeout(failed, OPENS_IN); // it may hang, too
  }).then((db) => {
    db.onclose = () => { opening = null; };
    db.onversionchange = () => { db.close(); opening = null; };
    return db;
  }).catch((error) => {
    opening = null;
    brokenAt = Date.now(); // so that not every tap waits for it
    throw new Broken(error);
  });
  return opening;
}

/** What `work(stores)` returns, once it is durable. Raises Broken, or what the work raised. */
async function transact(mode, work) {
  let transaction;
  try {
    transaction = (await database()).transaction(STORES, mode, { durability: "strict" });
    const result = await durable(transaction, work);
    if (trouble === "broken" && mode === "readwrite") trouble = "";
    return result;
  } catch (error) {
    try { transaction?.abort(); } catch { /* it is over already */ }
    if (!(error instanceof Broken || error instanceof DOMException)) throw error;
    trouble = "broken";
    opening = null;
    throw new Broken(error);
  }
}

async function durable(transaction, work) {
  const ended = new Promise((done, failed) => {
    transaction.oncomplete = done;
    transaction.onabort = () => failed(new Broken(transaction.error));
  });
  ended.catch(() => {}); // it is told below, unless the work itself failed
  const result = await work(Object.fromEntries(STORES.map((name) => [name, transaction.objectStore(name)])));
  await ended;
  return result;
}

/** All that is kept: {rev, who, last, docs, queue, refused}; from memory unless another worker wrote. */
async function recalled({ docs, outbox, refused, meta }) {
  const rev = (await asked(meta.get("rev"))) ?? 0;
  if (memory?.rev === rev) return memory;
  const [names, bodies, queue, tray, who, last] = await Promise.all([
    docs.getAllKeys(), docs.getAll(), outbox.getAll(), refused.getAll(), meta.get("who"), meta.get("last"),
  ].map(asked));
  const found = Object.fromEntries(names.map((name, at) => [name, bodies[at]]));
  return memory = { rev, who: who ?? null, last, docs: found, queue, refused: tray };
}

const kept = () => transact("readonly", recalled);

/** Change what is kept: `work(kept, stores)` writes, and returns what is kept then (or nothing). */
async function change(work) {
  return memory = await transact("readwrite", async (stores) => {
    const before = await recalled(stores), after = await work(before, stores);
    if (!after) return before;
    after.rev = before.rev + 1;
    stores.meta.put(after.rev, "rev");
    return after;
  });
}
