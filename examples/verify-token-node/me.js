// Answers whoever sends a good ID token with who they are. Everything that a token must be is checked before: signature, issuer,
// client, use and time.
import { CognitoJwtVerifier } from "aws-jwt-verify";

export const verifier = CognitoJwtVerifier.create({
  userPoolId: process.env.USER_POOL_ID ?? "us-east-1_LocalPool",
  clientId: process.env.CLIENT_ID ?? "localclient000000000000000",
  tokenUse: "id",
});

/** For `GET /api/me`. */
export async function me(request, response) {
  const token = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
  const claims = await verifier.verify(token).catch(() => undefined);
  if (!claims) return response.writeHead(401, { "www-authenticate": "Bearer" }).end();
  response.setHeader("content-type", "application/json").end(JSON.stringify({ email: claims.email }));
}
