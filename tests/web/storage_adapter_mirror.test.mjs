// The mirror of a `storageAdapter`, by itself: in order, shared, and whatever an adapter does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mirrorOf } from "../../src/element/storage-mirror.js";

// They keep a process alive; one test puts them back.
const { BroadcastChannel } = globalThis;
delete globalThis.BroadcastChannel;

const PREFIX = "CognitoIdentityServiceProvider.localclient";
const LAST = `${PREFIX}.LastAuthUser`;
const keyOf = (user, name) => `${PREFIX}.${user}.${name}`;

/** An adapter over a map, which answers later, and says what it was asked in order. */
function adapterOver(entries = {}) {
  const values = new Map(Object.entries(entries));
  const asked = [];
  const later = async (what, key, work) => {
    asked.push(`${what} ${key}`);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
    asked.push(`done ${key}`);
    return work();
  };
  return {
    values,
    asked,
    getItem: (key) => later("get", key, () => values.get(key) ?? null),
    setItem: (key, value) => later("set", key, () => void values.set(key, value)),
    removeItem: (key) => later("remove", key, () => void values.delete(key)),
  };
}

function failuresOf(mirror) {
  const failures = [];
  mirror.watch({ failed: (message) => failures.push(message), changed() {} });
  return failures;
}

test("a mirror has what the adapter holds of the user who signed in last, whatever the name", async () => {
  const user = "a.b.accessToken";
  const mirror = mirrorOf(
    adapterOver({
      [LAST]: user,
      [keyOf(user, "accessToken")]: "access",
      [keyOf(user, "deviceKey")]: "device",
      [keyOf("other", "accessToken")]: "nobody asks for it",
    }),
  );
  assert.equal(mirror.length, 0);
  await mirror.reread(PREFIX);
  assert.equal(mirror.getItem(LAST), user);
  assert.equal(mirror.getItem(keyOf(user, "accessToken")), "access");
  assert.equal(mirror.getItem(keyOf(user, "deviceKey")), "device");
  assert.equal(mirror.getItem(keyOf(user, "idToken")), null);
  assert.equal(mirror.length, 3);
  assert.deepEqual([0, 1, 2].map((index) => mirror.key(index)).sort(), [LAST, keyOf(user, "accessToken"), keyOf(user, "deviceKey")].sort());
  assert.equal(mirror.key(3), null);
});

test("writes come to the adapter in their order, one after another, and are seen at once", async () => {
  const adapter = adapterOver();
  const mirror = mirrorOf(adapter);
  for (const value of ["1", "2", "3"]) mirror.setItem("a", value);
  mirror.setItem("b", "4");
  mirror.removeItem("a");
  assert.deepEqual([mirror.getItem("a"), mirror.getItem("b")], [null, "4"]);
  await mirror.settling();
  assert.deepEqual([...adapter.values], [["b", "4"]]);
  assert.deepEqual(adapter.asked, ["a", "a", "a", "b"].flatMap((key) => [`set ${key}`, `done ${key}`]).concat("remove a", "done a"));
  assert.equal(mirror.settling(), undefined, "nothing is under way");
});

test("elements with one adapter have one mirror, and those with two have two", () => {
  const adapter = adapterOver();
  assert.equal(mirrorOf(adapter), mirrorOf(adapter));
  assert.notEqual(mirrorOf(adapter), mirrorOf(adapterOver()));
});

test("what is written while the adapter is being read is newer", async () => {
  const adapter = adapterOver({ [LAST]: "old", [keyOf("old", "accessToken")]: "old" });
  const mirror = mirrorOf(adapter);
  const reading = mirror.reread(PREFIX);
  await new Promise((resolve) => setTimeout(resolve));
  mirror.setItem(LAST, "new");
  await reading;
  assert.equal(mirror.getItem(LAST), "new");
  await mirror.reread(PREFIX);
  assert.equal(mirror.getItem(LAST), "new");
  assert.equal(adapter.values.get(LAST), "new");
});

test("what is written while a reading waits for its turn is newer, too", async () => {
  const adapter = adapterOver({ [LAST]: "old" });
  const mirror = mirrorOf(adapter);
  mirror.setItem(`${PREFIX}.x`, "1");
  const reading = mirror.reread(PREFIX);
  mirror.setItem(LAST, "new");
  await reading;
  assert.equal(mirror.getItem(LAST), "new");
});

test("what went from the adapter goes from the mirror, also of users before", async () => {
  const adapter = adapterOver({ [LAST]: "first", [keyOf("first", "accessToken")]: "1" });
  const mirror = mirrorOf(adapter);
  await mirror.reread(PREFIX);
  adapter.values.set(LAST, "second");
  adapter.values.set(keyOf("second", "accessToken"), "2");
  await mirror.reread(PREFIX);
  assert.equal(mirror.getItem(keyOf("first", "accessToken")), "1", "it is there, and may have to be removed");
  adapter.values.clear();
  await mirror.reread(PREFIX);
  assert.equal(mirror.length, 0);
});

const ALIAS = "cognito-login.localclient.device.hash";
const DEVICE = ["deviceKey", "deviceGroupKey", "randomPasswordKey"];
const deviceOf = (user) => DEVICE.map((name) => [keyOf(user, name), `${name} of ${user}`]);

test("a device is read by the name of its user, and by the key that names the user", async () => {
  for (const name of ["a.b", "typed@example.com"]) {
    const adapter = adapterOver(Object.fromEntries([[ALIAS, "a.b"], ...deviceOf("a.b"), ...deviceOf("other")]));
    const mirror = mirrorOf(adapter);
    await mirror.reread(PREFIX);
    assert.equal(mirror.length, 0, "nobody is signed in");
    await mirror.readDevice(PREFIX, name, ALIAS);
    assert.deepEqual(DEVICE.map((part) => [keyOf("a.b", part), mirror.getItem(keyOf("a.b", part))]), deviceOf("a.b"));
    assert.equal(mirror.getItem(ALIAS), "a.b");
    assert.equal(mirror.getItem(keyOf("other", "deviceKey")), null, "nobody asked for it");
  }
});

test("a device that another tab has forgotten is forgotten, and one that is removed here comes not back", async () => {
  const adapter = adapterOver(Object.fromEntries(deviceOf("me")));
  const mirror = mirrorOf(adapter);
  await mirror.readDevice(PREFIX, "me", ALIAS);
  assert.equal(mirror.length, 3);
  for (const name of DEVICE) mirror.removeItem(keyOf("me", name));
  await mirror.readDevice(PREFIX, "me", ALIAS);
  assert.equal(mirror.length, 0);
  for (const [key, value] of deviceOf("me")) mirror.setItem(key, value);
  await mirror.settling();
  adapter.values.clear();
  await mirror.readDevice(PREFIX, "me", ALIAS);
  assert.equal(mirror.length, 0);
});

test("nobody has a longer name than the service takes, whatever the adapter says", async () => {
  const long = "x".repeat(2049);
  const adapter = adapterOver({ [ALIAS]: long });
  await mirrorOf(adapter).readDevice(PREFIX, long, ALIAS);
  assert.deepEqual(adapter.asked, [`get ${ALIAS}`, `done ${ALIAS}`]);
});

test("an adapter that fails to tell of a device is given up, and answers nothing any more", async () => {
  const mirror = mirrorOf({ ...adapterOver(), getItem: rejection });
  const failures = failuresOf(mirror);
  await mirror.readDevice(PREFIX, "me", ALIAS);
  assert.match(failures.join(), /getItem failed: RangeError/);
  await mirror.readDevice(PREFIX, "me", ALIAS);
  assert.equal(mirror.length, 0);
});

test("clients have each their own part of the mirror", async () => {
  const adapter = adapterOver({ [LAST]: "me", [`${PREFIX}2.LastAuthUser`]: "you" });
  const mirror = mirrorOf(adapter);
  await mirror.reread(PREFIX);
  await mirror.reread(`${PREFIX}2`);
  adapter.values.delete(LAST);
  await mirror.reread(PREFIX);
  assert.deepEqual([mirror.getItem(LAST), mirror.getItem(`${PREFIX}2.LastAuthUser`)], [null, "you"]);
});

const secret = "eyJ.secret.token";
const rejection = async () => {
  throw new RangeError(`no room for ${secret}`);
};

for (const [what, broken, told] of [
  ["throws on reading", { getItem: () => { throw new Error(secret); } }, /getItem failed: Error/],
  ["rejects on reading", { getItem: rejection }, /RangeError/],
  ["throws no Error on reading", { getItem: () => { throw undefined; } }, /getItem failed\./],
  ["answers with a number", { getItem: () => 7 }, /getItem answered with number/],
  ["answers with an object", { getItem: async () => ({ [secret]: secret }) }, /getItem answered with object/],
  ["throws on writing", { setItem: () => { throw new Error(secret); } }, /setItem failed: Error/],
  ["rejects on writing", { setItem: rejection }, /setItem failed: RangeError/],
  ["rejects with nothing", { setItem: () => Promise.reject() }, /setItem failed\./],
]) {
  test(`an adapter that ${what} is given up, with one message, and the session goes on`, async () => {
    const adapter = { ...adapterOver({ [LAST]: "me" }), ...broken };
    const mirror = mirrorOf(adapter);
    const failures = failuresOf(mirror);
    await mirror.reread(PREFIX);
    mirror.setItem(LAST, "you");
    mirror.setItem(keyOf("you", "accessToken"), secret);
    await mirror.settling();
    await mirror.reread(PREFIX);
    assert.equal(mirror.getItem(LAST), "you");
    assert.equal(failures.length, 1);
    assert.match(failures[0], told);
    assert.ok(!failures[0].includes(secret), failures[0]);
    // Whoever comes later is told as well.
    assert.deepEqual(failuresOf(mirror), failures);
  });
}

test("a session that was half written is taken out again, and what is remembered of a device stays", async () => {
  const adapter = adapterOver();
  const { setItem } = adapter;
  adapter.setItem = (key, value) => (key.endsWith("refreshToken") ? rejection() : setItem(key, value));
  const mirror = mirrorOf(adapter);
  for (const name of ["deviceKey", "idToken", "refreshToken", "accessToken"]) mirror.setItem(keyOf("me", name), "x");
  const done = mirror.reread(PREFIX);
  await mirror.settling();
  await done;
  assert.deepEqual([...adapter.values.keys()], [keyOf("me", "deviceKey")]);
  assert.equal(mirror.getItem(keyOf("me", "accessToken")), "x");
  // A sign-out removes there as well what an earlier visit may have left.
  adapter.values.set(keyOf("me", "idToken"), "x");
  mirror.removeItem(keyOf("me", "idToken"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(adapter.values.has(keyOf("me", "idToken")), false);
});

test("an adapter that cannot be read loses nothing that it holds", async () => {
  const adapter = adapterOver({ [LAST]: "me", [keyOf("me", "accessToken")]: "x" });
  const mirror = mirrorOf({ ...adapter, getItem: rejection });
  await mirror.reread(PREFIX);
  assert.equal(adapter.values.size, 2);
});

test("nobody waits for ever for an adapter that hangs", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const mirror = mirrorOf({ getItem: () => new Promise(() => {}), setItem() {}, removeItem() {} });
  const failures = failuresOf(mirror);
  const reading = mirror.reread(PREFIX);
  const settling = mirror.settling();
  for (let i = 0; i < 5; i++) await Promise.resolve();
  t.mock.timers.tick(5000);
  await reading;
  await settling;
  assert.match(failures[0], /getItem gave no answer within 5 seconds/);
});

test("what is no adapter has no mirror", () => {
  for (const wrong of [null, undefined, 7, "x", {}, { getItem() {}, setItem() {} }]) assert.equal(mirrorOf(wrong), undefined);
});

test("other tabs hear of a change once it is whole", async () => {
  globalThis.BroadcastChannel = BroadcastChannel;
  const values = new Map();
  const over = () => ({
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  });
  const [here, there] = [mirrorOf(over()), mirrorOf(over())];
  await here.reread(PREFIX);
  await there.reread(PREFIX);
  const seen = new Promise((resolve) => {
    there.watch({ failed() {}, changed: (prefix) => resolve([prefix, there.getItem(LAST), there.getItem(keyOf("me", "accessToken"))]) });
  });
  here.setItem(LAST, "me");
  here.setItem(keyOf("me", "accessToken"), "access");
  // What is written or read after it keeps nobody in the dark.
  here.setItem(ALIAS, "me");
  here.reread(PREFIX);
  here.readDevice(PREFIX, "me", ALIAS);
  assert.deepEqual(await seen, [PREFIX, "me", "access"]);
  for (const mirror of [here, there]) mirror.close();
});
