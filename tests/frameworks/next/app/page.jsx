import { connection } from "next/server";
import { SignIn } from "./sign-in";

export default async function Page() {
  // A page with a nonce is rendered when it is asked for.
  await connection();
  return <SignIn />;
}
