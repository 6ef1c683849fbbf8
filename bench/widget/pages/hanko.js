// hanko-elements, which asks its own service what to show: here the benchmark's server, which answers like a fresh one.
import { register } from "@teamhanko/hanko-elements";

await register(new URL("service", location.href).href.replace(/\/$/, ""));
document.body.append(document.createElement("hanko-auth"));
