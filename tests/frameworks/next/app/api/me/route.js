// A back end checks the token; this one only reads it, since examples/verify-token-node is about that.
export function GET(request) {
  const token = request.headers.get("authorization").replace(/^Bearer /, "");
  const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
  return Response.json({ email: claims.email });
}
