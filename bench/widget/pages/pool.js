// What the page is told of the user pool, and requests to it without any library.

export const { userPoolId, clientId, endpoint } = document.body.dataset;

/** One call of the service. */
export async function call(operation, body) {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `AWSCognitoIdentityProviderService.${operation}` },
    body: JSON.stringify(body),
  });
  const reply = await response.json();
  if (!response.ok) throw new Error(reply.message);
  return reply;
}

/** Keeps the tokens as a page would that has nothing but them. */
export function keep({ AuthenticationResult: tokens }) {
  for (const [name, token] of Object.entries(tokens)) localStorage.setItem(name, token);
}
