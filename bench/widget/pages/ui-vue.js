// Amplify UI's Authenticator for Vue.
import { Authenticator } from "@aws-amplify/ui-vue";
import "@aws-amplify/ui-vue/styles.css";
import { Amplify } from "aws-amplify";
import { createApp, h } from "vue";
import { clientId, endpoint, userPoolId } from "./pool.js";

Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint } } });
const place = document.body.appendChild(document.createElement("div"));
createApp({ render: () => h(Authenticator, { loginMechanisms: ["email"] }) }).mount(place);
