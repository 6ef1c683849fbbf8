// What a whole sign-in costs, from the first key and from the submit on.
import { longest, sum } from "./load.mjs";
import { begin, prove } from "./pages/srp.js";
import { POOL } from "./pages.mjs";
import { openTab } from "./tab.mjs";

/** A user of the local pool who needs nothing after the password (crates/local-pool/src/seed.rs). */
const [USERNAME, PASSWORD] = ["srp@example.com", "Local-pool-1!"];

/** Signs in once on a page and tells what it cost. */
export async function measureSignIn(browser, site, { name }, profile, endpoint) {
  const script = name === "ready-made" ? `window.readyMade = ${JSON.stringify(await readyMade(endpoint))};` : "";
  const tab = await openTab(browser, site.url, profile, script);
  try {
    await tab.goto(`${site.url}/${name}/`);
    await tab.evaluate("watched.visible");
    await tab.evaluate("watched.settled()");
    await tab.evaluate("watched.focusName()");
    const before = await tab.work();
    await tab.type(USERNAME);
    await tab.evaluate("watched.focusPassword()");
    await tab.type(PASSWORD);
    const typed = await tab.work();
    await tab.enter();
    await tab.evaluate("watched.signedIn");
    const after = await tab.work();
    const seen = await tab.evaluate("watched.report()");
    return figures({ before, typed, after, seen, endpoint });
  } finally {
    await tab.close();
  }
}

/** What is told of a sign-in, out of what was measured at its start, at its submit and at its end. */
export function figures({ before, typed, after, seen, endpoint }) {
  const { firstKey, submit, signedIn, longTasks, resources } = seen;
  const endingAfter = (moment) => longTasks.filter(({ start, millis }) => start + millis > moment && start < signedIn);
  const since = (moment, work) => ({
    wall: signedIn - moment,
    task: after.task - work.task,
    script: after.script - work.script,
    longTasks: sum(endingAfter(moment)),
    longest: longest(endingAfter(moment)),
  });
  return {
    fromKey: since(firstKey, before),
    fromSubmit: since(submit, typed),
    requests: resources.filter(({ name, start }) => name.startsWith(endpoint) && start > firstKey).length,
  };
}

/**
 * The values of a page that computes nothing: an `A`, and the answer to a challenge for it. The page asks for another challenge with the
 * same `A`, whose values it does not use.
 */
export async function readyMade(endpoint) {
  const ephemeral = begin();
  const target = "AWSCognitoIdentityProviderService.InitiateAuth";
  const { "user-pool-id": userPoolId, "client-id": ClientId } = POOL;
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
    body: JSON.stringify({
      AuthFlow: "USER_SRP_AUTH",
      ClientId,
      AuthParameters: { USERNAME, SRP_A: ephemeral.publicHex },
    }),
  });
  const { ChallengeName, ChallengeParameters, Session } = await response.json();
  const ChallengeResponses = await prove(ephemeral, userPoolId, PASSWORD, ChallengeParameters);
  return { publicHex: ephemeral.publicHex, answer: { ChallengeName, ClientId, Session, ChallengeResponses } };
}
