// SRP with the browser's own big integers and hashes, as a page would do without a library. Not constant-time.
import { form } from "./form.js";
import { call, clientId, keep, userPoolId } from "./pool.js";
import { begin, prove } from "./srp.js";

form(async (username, password) => {
  const ephemeral = begin();
  const { ChallengeParameters, Session } = await call("InitiateAuth", {
    AuthFlow: "USER_SRP_AUTH",
    ClientId: clientId,
    AuthParameters: { USERNAME: username, SRP_A: ephemeral.publicHex },
  });
  const ChallengeResponses = await prove(ephemeral, userPoolId, password, ChallengeParameters);
  keep(await call("RespondToAuthChallenge", { ChallengeName: "PASSWORD_VERIFIER", ClientId: clientId, Session, ChallengeResponses }));
});
