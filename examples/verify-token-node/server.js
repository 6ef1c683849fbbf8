// `USER_POOL_ID=… CLIENT_ID=… npm start`
import { createServer } from "node:http";
import { me } from "./me.js";

const server = createServer((request, response) => {
  if (request.url === "/api/me") return me(request, response);
  response.writeHead(404).end();
});
server.listen(process.env.PORT ?? 3000);
