// The floor of what a sign-in costs: the same two requests, with values that were computed elsewhere. The second answers a challenge
// that was asked for before the page was opened, so that the pool checks a true proof.
import { form } from "./form.js";
import { call, clientId, keep } from "./pool.js";

form(async (username) => {
  const { publicHex, answer } = window.readyMade;
  await call("InitiateAuth", {
    AuthFlow: "USER_SRP_AUTH",
    ClientId: clientId,
    AuthParameters: { USERNAME: username, SRP_A: publicHex },
  });
  keep(await call("RespondToAuthChallenge", answer));
});
