// What the page notices of a sign-in's computations: it gets its turns meanwhile.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./stage.mjs";

test("the page gets its turns while a sign-in computes", async () => {
  const [duringPublicValue, duringProof] = await inPage(async ({ complete, until }) => {
    serviceInPage();
    const turns = takingTurns();
    const at = {};
    const { getRandomValues } = crypto;
    crypto.getRandomValues = (bytes) => {
      // The secret exponent, with which the computation begins.
      if (bytes.byteLength === 32) at.drawn ??= turns.taken();
      return getRandomValues.call(crypto, bytes);
    };
    beforeEachCall((operation) => (at[operation] = turns.taken()));
    await complete().signIn("me@example.com");
    await until("the proof", () => at.RespondToAuthChallenge);
    turns.end();
    return [at.InitiateAuth - at.drawn, at.RespondToAuthChallenge - at.InitiateAuth];
  });
  assert.ok(duringPublicValue >= 3, `${duringPublicValue} turns while A was made`);
  assert.ok(duringProof >= 12, `${duringProof} turns while the proof was made`);
});

test("a widget that is taken off the page computes no further", async () => {
  const [whenRemoved, later, calls] = await inPage(async ({ complete, until }) => {
    const { calls } = serviceInPage();
    const asked = countingTurns();
    let whenSent;
    beforeEachCall(() => (whenSent = asked()));
    const widget = complete();
    let whenRemoved;
    const turns = takingTurns(() => {
      // Some way into the proof.
      if (whenRemoved === undefined && asked() >= whenSent + 3) {
        widget.element.remove();
        whenRemoved = { asked: asked(), taken: turns.taken() };
      }
    });
    await widget.signIn("me@example.com");
    // More turns than a proof takes.
    await until("many turns", () => turns.taken() >= whenRemoved?.taken + 100);
    turns.end();
    return [whenRemoved.asked, asked(), calls.map(({ operation }) => operation)];
  });
  assert.equal(later, whenRemoved);
  assert.deepEqual(calls, ["InitiateAuth"]);
});
