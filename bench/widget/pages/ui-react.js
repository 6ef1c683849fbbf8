// Amplify UI's Authenticator for React.
import { Authenticator } from "@aws-amplify/ui-react";
import "@aws-amplify/ui-react/styles.css";
import { Amplify } from "aws-amplify";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { clientId, endpoint, userPoolId } from "./pool.js";

Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint } } });
const place = document.body.appendChild(document.createElement("div"));
createRoot(place).render(createElement(Authenticator, { loginMechanisms: ["email"] }));
