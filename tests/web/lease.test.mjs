// The lease that takes the place of Web Locks: one tab at a time has it, whatever becomes of the others.
import assert from "node:assert/strict";
import { test } from "node:test";
import { locksIn } from "../../src/element/lease.js";

const NAME = "CognitoIdentityServiceProvider.localclient.refresh";
const KEY = `cognito-login.lease.${NAME}`;

/**
 * What tabs share, as in browsers whose tabs are processes of their own: a tab sees its own writes at once, the others' a little later, and
 * all see them in one order in the end.
 */
function sharedBy(tabs, delay = 0) {
  const views = Array.from({ length: tabs }, () => ({ own: new Map(), pending: 0 }));
  return views.map((view) => {
    const write = (work) => {
      work(view.own);
      if (!delay) return views.forEach(({ own }) => work(own));
      view.pending += 1;
      // One after another: the pipe keeps their order.
      view.last = Math.max(view.last ?? 0, performance.now() + delay * Math.random());
      setTimeout(() => {
        view.pending -= 1;
        for (const { own, pending } of views) if (!pending) work(own);
      }, view.last - performance.now());
    };
    return {
      own: view.own,
      getItem: (key) => view.own.get(key) ?? null,
      setItem: (key, value) => write((own) => own.set(key, value)),
      removeItem: (key) => write((own) => own.delete(key)),
    };
  });
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

test("of many tabs that ask in one moment each has the lease, and never two", async () => {
  for (const delay of [0, 40]) {
    let holders = 0;
    let most = 0;
    const done = [];
    const tabs = sharedBy(4, delay).map((store) => locksIn(() => store));
    await Promise.all(
      tabs.map((locks, tab) =>
        locks.request(NAME, {}, async () => {
          most = Math.max(most, (holders += 1));
          await pause(20);
          holders -= 1;
          done.push(tab);
        }),
      ),
    );
    assert.equal(most, 1, `${delay}`);
    assert.deepEqual(done.sort(), [0, 1, 2, 3]);
  }
});

test("elements of one page take turns, also where the store refuses, is full or is not there", async () => {
  const refuse = () => {
    throw new DOMException("no", "SecurityError");
  };
  const full = { getItem: () => null, setItem: refuse, removeItem() {} };
  for (const shared of [refuse, () => null, () => ({ getItem: refuse }), () => full]) {
    const locks = locksIn(shared);
    const order = [];
    const hold = (who) =>
      locks.request(NAME, {}, async () => {
        order.push(`${who} in`);
        await pause(5);
        order.push(`${who} out`);
      });
    await Promise.all([hold("one"), hold("two")]);
    assert.deepEqual([order[0].slice(4), order[1].slice(4), order[2].slice(4)], ["in", "out", "in"], `${order}`);
    assert.equal(order.length, 4);
  }
});

test("a page whose store is its memory writes no lease", async () => {
  const [store] = sharedBy(1);
  await locksIn(() => store).request(NAME, { ofPage: true }, () => assert.equal(store.own.size, 0));
  await locksIn(() => store).request(NAME, {}, () => assert.equal(store.own.size, 1));
  assert.equal(store.own.size, 0, "nothing is left");
});

/** A tab that asks while there is this lease: whether it has it after `millis`. */
async function hasIt(t, lease, millis) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const [store] = sharedBy(1);
  store.own.set(KEY, typeof lease === "string" ? lease : JSON.stringify({ ...lease, ends: Date.now() + lease.left }));
  let has = false;
  const done = locksIn(() => store).request(NAME, {}, () => (has = true));
  for (let passed = 0; passed < millis; passed += 50) {
    t.mock.timers.tick(50);
    for (let i = 0; i < 10; i++) await Promise.resolve();
  }
  const had = has;
  for (let i = 0; i < 1000 && !has; i++) {
    t.mock.timers.tick(100);
    for (let j = 0; j < 10; j++) await Promise.resolve();
  }
  await done;
  return had;
}

test("a tab that crashed keeps its lease to its end and no longer", async (t) => {
  assert.equal(await hasIt(t, { owner: "crashed", left: 30_000 }, 29_000), false);
});

test("and is followed then", async (t) => {
  assert.equal(await hasIt(t, { owner: "crashed", left: 30_000 }, 31_000), true);
});

for (const [what, lease] of [
  ["whose end is too far off, as after a change of the clock", { owner: "x", left: 3_600_000 }],
  ["whose end has passed", { owner: "x", left: -1 }],
  ["without an owner", { left: 10_000 }],
  ["that is no lease", "7"],
  ["that is no JSON", "{"],
  ["of nothing", "null"],
]) {
  test(`a lease ${what} is none`, async (t) => {
    assert.equal(await hasIt(t, lease, 1000), true);
  });
}

test("a tab that was frozen and wakes up leaves the lease of another alone", async () => {
  const [store] = sharedBy(1);
  const others = JSON.stringify({ owner: "another", ends: Date.now() + 20_000 });
  await locksIn(() => store).request(NAME, {}, () => store.own.set(KEY, others));
  assert.equal(store.own.get(KEY), others);
});

test("who gives up waiting is told, and takes nothing", async () => {
  const [store] = sharedBy(1);
  store.own.set(KEY, JSON.stringify({ owner: "another", ends: Date.now() + 20_000 }));
  const controller = new AbortController();
  const waiting = locksIn(() => store).request(NAME, { signal: controller.signal }, () => assert.fail("it was another's"));
  controller.abort();
  await assert.rejects(waiting, { name: "AbortError" });
  store.own.clear();
  await assert.rejects(locksIn(() => store).request(NAME, { signal: controller.signal }, () => {}), { name: "AbortError" });
  assert.equal(store.own.size, 0);
});

test("what fails under the lease lets it go", async () => {
  const [store] = sharedBy(1);
  await assert.rejects(locksIn(() => store).request(NAME, {}, async () => Promise.reject(new Error("failed"))));
  assert.equal(store.own.size, 0);
});
