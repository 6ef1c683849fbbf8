import { defineConfig } from "vite";

// amazon-cognito-identity-js has it from Node.
export default defineConfig({ define: { global: "globalThis" } });
