// The types of the package: the two elements, their events, and JSX for those who write it.

/** The screens, by the names that `screen`, `show()` and the event `cognito-login-screen` use. */
// generated: screens
export type CognitoLoginScreen =
  | "sign-in"
  | "sign-up"
  | "confirm-sign-up"
  | "forgot-password"
  | "reset-password"
  | "choose-factor"
  | "email-code"
  | "sms-code"
  | "totp-code"
  | "choose-mfa"
  | "totp-setup"
  | "email-setup"
  | "new-password"
  | "custom-challenge"
  | "remember-device"
  | "signed-in"
  | "account"
  | "change-password"
  | "change-email"
  | "change-phone-number"
  | "verify-email"
  | "verify-phone-number"
  | "delete-account";
// end of generated

/** The languages of the screens. */
// generated: languages
export type CognitoLoginLanguage =
  | "en"
  | "ar"
  | "de"
  | "es"
  | "fr"
  | "it"
  | "ja"
  | "ko"
  | "pt-BR"
  | "zh-Hans"
  | "zh-Hant";
// end of generated

/** The names of the texts; TEXTS.md lists them with their English. */
// generated: text keys
export type CognitoLoginTextKey =
  | "load-failed"
  | "common.loading"
  | "common.verification-code"
  | "common.new-password"
  | "common.verify"
  | "common.continue"
  | "common.cancel"
  | "common.save"
  | "common.try-again"
  | "common.back-to-sign-in"
  | "common.send-new-code"
  | "common.new-code-in"
  | "common.code-sent-to"
  | "common.code-sent"
  | "common.bad-configuration"
  | "common.country"
  | "sign-in.heading"
  | "sign-in.name"
  | "sign-in.name.phone"
  | "sign-in.name.username"
  | "sign-in.password"
  | "sign-in.show-password"
  | "sign-in.submit"
  | "sign-in.sign-up"
  | "sign-in.forgot-password"
  | "sign-in.or"
  | "sign-in.continue-with"
  | "sign-in.other-ways"
  | "sign-up.heading"
  | "sign-up.submit"
  | "sign-up.sign-in"
  | "confirm-sign-up.heading"
  | "confirm-sign-up.text"
  | "confirm-sign-up.submit"
  | "forgot-password.heading"
  | "forgot-password.text"
  | "forgot-password.submit"
  | "reset-password.heading"
  | "reset-password.sent-to"
  | "reset-password.sent"
  | "reset-password.submit"
  | "password-policy.heading"
  | "password-policy.length"
  | "password-policy.upper"
  | "password-policy.lower"
  | "password-policy.digit"
  | "password-policy.symbol"
  | "password-policy.kept"
  | "password-policy.missing"
  | "attribute.address"
  | "attribute.birthdate"
  | "attribute.email"
  | "attribute.family_name"
  | "attribute.gender"
  | "attribute.given_name"
  | "attribute.locale"
  | "attribute.middle_name"
  | "attribute.name"
  | "attribute.nickname"
  | "attribute.phone_number"
  | "attribute.picture"
  | "attribute.preferred_username"
  | "attribute.profile"
  | "attribute.website"
  | "attribute.zoneinfo"
  | "choose-factor.heading"
  | "choose-factor.password"
  | "choose-factor.email"
  | "choose-factor.sms"
  | "choose-factor.passkey"
  | "email-code.heading"
  | "sms-code.heading"
  | "totp-code.heading"
  | "totp-code.text"
  | "choose-mfa.heading"
  | "choose-mfa.app"
  | "choose-mfa.sms"
  | "choose-mfa.email"
  | "email-setup.heading"
  | "email-setup.text"
  | "email-setup.email"
  | "email-setup.submit"
  | "new-password.heading"
  | "new-password.text"
  | "new-password.submit"
  | "totp-setup.heading"
  | "totp-setup.scan"
  | "totp-setup.enter"
  | "totp-setup.qr-code"
  | "totp-setup.setup-key"
  | "totp-setup.copy-setup-key"
  | "totp-setup.setup-key-copied"
  | "totp-setup.submit"
  | "custom-challenge.heading"
  | "custom-challenge.answer"
  | "remember-device.heading"
  | "remember-device.text"
  | "remember-device.remember"
  | "remember-device.not-now"
  | "signed-in.heading"
  | "signed-in.sign-out"
  | "account.heading"
  | "account.signed-out"
  | "account.sign-in"
  | "account.password"
  | "account.change-password"
  | "account.authenticator"
  | "account.authenticator-on"
  | "account.authenticator-off"
  | "account.set-up-authenticator"
  | "account.turn-off-authenticator"
  | "account.replace-authenticator"
  | "account.sms"
  | "account.sms-on"
  | "account.sms-off"
  | "account.sms-no-number"
  | "account.turn-on-sms"
  | "account.turn-off-sms"
  | "account.email"
  | "account.email-on"
  | "account.email-off"
  | "account.email-no-address"
  | "account.turn-on-email"
  | "account.turn-off-email"
  | "account.preferred"
  | "account.passkeys"
  | "account.passkeys-text"
  | "account.passkey-added"
  | "account.add-passkey"
  | "account.remove"
  | "account.remove-named"
  | "account.devices"
  | "account.this-device"
  | "account.device-last-used"
  | "account.device-name"
  | "account.device-unknown"
  | "account.forget-device"
  | "account.forget-device-named"
  | "account.provider"
  | "account.contact"
  | "account.verified"
  | "account.not-verified"
  | "account.no-value"
  | "account.change-email"
  | "account.add-email"
  | "account.verify-email"
  | "account.change-phone-number"
  | "account.add-phone-number"
  | "account.verify-phone-number"
  | "account.everywhere"
  | "account.everywhere-text"
  | "account.sign-out-everywhere"
  | "account.delete"
  | "account.delete-text"
  | "change-password.heading"
  | "change-password.current"
  | "change-contact.text"
  | "change-email.heading"
  | "change-phone-number.heading"
  | "delete-account.heading"
  | "delete-account.text"
  | "delete-account.submit"
  | "notice.wrong_credentials"
  | "notice.wrong_credentials.phone"
  | "notice.wrong_credentials.username"
  | "notice.name_missing"
  | "notice.name_missing.phone"
  | "notice.name_missing.username"
  | "notice.name_invalid"
  | "notice.name_invalid.phone"
  | "notice.name_invalid.username"
  | "notice.password_missing"
  | "notice.wrong_password"
  | "notice.new_password_missing"
  | "notice.invalid_password"
  | "notice.invalid_password.length"
  | "notice.invalid_password.upper"
  | "notice.invalid_password.lower"
  | "notice.invalid_password.digit"
  | "notice.invalid_password.symbol"
  | "notice.invalid_password.ends"
  | "notice.password_used_before"
  | "notice.attribute_missing"
  | "notice.email_invalid"
  | "notice.phone_number_invalid"
  | "notice.invalid_input"
  | "notice.username_exists"
  | "notice.username_exists.phone"
  | "notice.username_exists.username"
  | "notice.alias_exists"
  | "notice.code_missing"
  | "notice.answer_missing"
  | "notice.wrong_code"
  | "notice.code_not_sent"
  | "notice.code_expired"
  | "notice.code_used"
  | "notice.clock_off.ahead"
  | "notice.clock_off.behind"
  | "notice.session_over"
  | "notice.sign_in_ended"
  | "notice.session_ended"
  | "notice.throttled"
  | "notice.network"
  | "notice.user_disabled"
  | "notice.not_confirmed"
  | "notice.confirmed"
  | "notice.password_not_resettable"
  | "notice.password_reset_required"
  | "notice.unsupported_challenge"
  | "notice.authenticator_unavailable"
  | "notice.authenticator_required"
  | "notice.factor_required"
  | "notice.factor_unavailable"
  | "notice.passkey_cancelled"
  | "notice.passkey_wrong_host"
  | "notice.passkey_unsupported"
  | "notice.passkey_exists"
  | "notice.passkey_failed"
  | "notice.passkey_refused"
  | "notice.passkey_expired"
  | "notice.passkey_limit"
  | "notice.passkeys_off"
  | "notice.configuration"
  | "notice.service"
  | "notice.bad_reply"
  | "notice.not_signed_in"
  | "notice.signed_out_here_only"
  | "notice.provider_cancelled"
  | "notice.provider_failed"
  | "notice.scope_missing"
  | "notice.unexpected"
  | "notice.screen_unavailable"
  | "notice.sign_in_to_change"
  | "notice.sign_in_for_new_code"
  | "notice.new_code_sent"
  | "notice.authenticator_on"
  | "notice.authenticator_off"
  | "notice.sms_on"
  | "notice.sms_off"
  | "notice.email_on"
  | "notice.email_off"
  | "notice.passkey_added"
  | "notice.passkey_removed"
  | "notice.saved"
  | "notice.password_changed"
  | "notice.verified"
  | "notice.device_forgotten"
  | "notice.this_device_forgotten"
  | "notice.account_deleted";
// end of generated

/** Texts by name. One that depends on a number may have a text for each plural category of its language. */
export type CognitoLoginTexts = {
  [Key in CognitoLoginTextKey | `attribute.custom:${string}`]?: string | { [Category in "zero" | "one" | "two" | "few" | "many" | "other"]?: string };
};

/** Texts for every language, or for single ones by language tag. */
export type CognitoLoginMessages = CognitoLoginTexts | { [language: string]: CognitoLoginTexts };

/** Our own names for what goes wrong; they stay what they are. */
// generated: error codes
export type CognitoLoginErrorCode =
  /** Wrong password or unknown user: the two are never told apart. */
  | "wrong_credentials"
  /** The sign-in name is empty. */
  | "name_missing"
  /** The password is empty. */
  | "password_missing"
  /** The password that was to be changed is another one. */
  | "wrong_password"
  /** The sign-in name has not the form that the pool asks for. */
  | "name_invalid"
  /** The new password is empty. */
  | "new_password_missing"
  /** The new password breaks a rule of the pool. */
  | "invalid_password"
  /** The new password was in use before. */
  | "password_used_before"
  /** An attribute is empty. */
  | "attribute_missing"
  /** An e-mail address is none. */
  | "email_invalid"
  /** A phone number is none, or has no country code. */
  | "phone_number_invalid"
  /** The pool refuses what was typed, and does not say which of it. */
  | "invalid_input"
  /** Somebody has an account with this sign-in name. */
  | "username_exists"
  /** Another account has this e-mail address or phone number. Not retryable. */
  | "alias_exists"
  /** The code is empty. */
  | "code_missing"
  /** The answer to the pool's own question is empty. */
  | "answer_missing"
  /** Wrong code. */
  | "wrong_code"
  /** The service could not send a code. */
  | "code_not_sent"
  /** The code was good once. */
  | "code_expired"
  /** The authenticator code was used already. */
  | "code_used"
  /** The authenticator app's clock is wrong. */
  | "clock_off"
  /** The challenge took longer than the app client allows. */
  | "session_over"
  /** The pool ended the sign-in, after too many wrong answers. */
  | "sign_in_ended"
  /** The tokens cannot be refreshed any more. */
  | "session_ended"
  /** Too many attempts or requests. */
  | "throttled"
  /** No reply from the service. */
  | "network"
  /** The user is disabled, or its temporary password has expired. Not retryable. */
  | "user_disabled"
  /** The account cannot get a new password by a code: it has no verified address, or is in no state for it. Not retryable. */
  | "password_not_resettable"
  /** The pool asks for a step that has no screen here; `message` names it. Not retryable. */
  | "unsupported_challenge"
  /** The pool has no authenticator apps. Not retryable. */
  | "authenticator_unavailable"
  /** The pool requires a second factor, so the authenticator app stays on. Not retryable. */
  | "authenticator_required"
  /** The pool requires a second factor, so this one stays on. Not retryable. */
  | "factor_required"
  /** The pool does not have this second factor, or the user cannot have it. Not retryable. */
  | "factor_unavailable"
  /** The attributes or the app client are set up wrongly; `message` says what is wrong, and a code of its own where we know which. Not retryable. */
  | "configuration"
  /** The app client has a secret. Better use one without; else set `secretHash`. Not retryable. */
  | "secret_hash_missing"
  /** The service refused what `secretHash` returned. It must be base64 of HMAC-SHA256, keyed with the client's secret, over the given name and the client id. Not retryable. */
  | "secret_hash_wrong"
  /** `secretHash` threw, rejected, returned no string, or took over 30 seconds. */
  | "secret_hash_failed"
  /** A Lambda trigger refused with a text of its own, which is in `message`. */
  | "service"
  /** A reply that is not what the protocol says. */
  | "bad_reply"
  /** The browser gave no passkey: the person cancelled, had none that fits, or took too long. Browsers do not say which. */
  | "passkey_cancelled"
  /** The page's host name does not belong to the relying party id of the pool: docs/cognito.md, "Passkeys". Not retryable. */
  | "passkey_wrong_host"
  /** The browser has no passkeys, or the page is no secure context. Not retryable. */
  | "passkey_unsupported"
  /** The device has a passkey of this account already. Not retryable. */
  | "passkey_exists"
  /** The browser could make nothing of what the service asked of it. */
  | "passkey_failed"
  /** The service did not take the passkey. */
  | "passkey_refused"
  /** Adding the passkey took longer than the service waits. */
  | "passkey_expired"
  /** The account has as many passkeys as it can have. Not retryable. */
  | "passkey_limit"
  /** The pool has no passkeys. Not retryable. */
  | "passkeys_off"
  /** Nobody is signed in. */
  | "not_signed_in"
  /** The session ended here; those of the user's other devices could not be ended. */
  | "signed_out_here_only"
  /** `show()` was asked for a screen that cannot be shown now. It is rejected; there is no event. */
  | "screen_unavailable"
  /** The person cancelled the sign-in at another provider. */
  | "provider_cancelled"
  /** The sign-in with another provider failed there, or on the way back; `serviceCode` may say more. */
  | "provider_failed"
  /** The session's tokens are not for the account: add `aws.cognito.signin.user.admin` to `oauth-scopes`, and to the allowed scopes of the app client; it holds from the next sign-in on. Not retryable. */
  | "scope_missing"
  /** Anything else. */
  | "unexpected"
  /** The WebAssembly could not be loaded; `message` says why. */
  | "load_failed"
  /** The texts of a language could not be loaded, and English is shown; `message` says why. */
  | "language_failed"
  /** The browser refuses its store, or takes no more: the session is in the memory of the page, and ends with it. Told once an element. Not retryable. */
  | "storage_unavailable"
  /** `storageAdapter` threw, rejected, did not answer within 5 seconds or answered with something else than text or null; `message` says which. The session is in the memory of the page, and ends with it. Told once an element. Not retryable. */
  | "storage_adapter_failed"
  /** `show()` was asked for a screen that there is not. It is rejected; there is no event. Not retryable. */
  | "screen_unknown"
  /** The attributes were changed to another pool, or another way to sign in, before the promise could be kept. It is rejected; there is no event. */
  | "restarted"
  /** The element was taken off the page before the promise could be kept. It is rejected; there is no event. */
  | "not_on_page"
  /** There is no app client of this id in this Region. Not retryable. */
  | "client_unknown"
  /** There is no user pool of this id in this Region. Not retryable. */
  | "pool_unknown"
  /** The endpoint is of another Region than the user pool. Not retryable. */
  | "region_mismatch"
  /** The app client does not allow this auth-flow. Not retryable. */
  | "flow_not_allowed"
  /** The pool's feature plan does not have this. Not retryable. */
  | "feature_plan"
  /** The pool lets nobody sign up. Not retryable. */
  | "sign_up_off"
  /** The pool requires an attribute that the sign-up does not ask for. Not retryable. */
  | "attribute_required"
  /** The app client may not write an attribute that was to be saved. Not retryable. */
  | "attribute_not_writable"
  /** The page's Content-Security-Policy forbids requests to the pool. Not retryable. */
  | "csp_blocked"
  /** This device's clock differs from the service's by over 5 minutes. */
  | "device_clock_off"
  /** The pool's domain knows the client and refuses its sign-in by redirect. Not retryable. */
  | "oauth_refused";
// end of generated

/** What `getTokens()` resolves to. */
export interface CognitoLoginTokens {
  /** Tells the page's own back end who the user is. */
  idToken: string;
  /** Opens the user's own operations of the user pool, and APIs that check scopes. */
  accessToken: string;
  /** When both end, in milliseconds since 1970. */
  expiresAt: number;
}

/** Where tokens are kept, when neither the browser's storage nor memory will do. */
export interface CognitoLoginStorage {
  getItem(key: string): string | null | Promise<string | null>;
  setItem(key: string, value: string): void | Promise<void>;
  removeItem(key: string): void | Promise<void>;
}

// generated: events
/** The widget is on the page and can be used. */
export type CognitoLoginReady = CustomEvent<Record<string, never>>;
/** Another screen is shown. */
export type CognitoLoginScreenChange = CustomEvent<{ screen: CognitoLoginScreen }>;
/** A person has signed in. The claims are those of the ID token; tokens come from `getTokens()` only. */
export type CognitoLoginSignedIn = CustomEvent<{ username: string; claims: Record<string, unknown> }>;
/** The session has ended: it was asked for, the service no longer refreshes it, another tab or element ended it, or the account is deleted. */
export type CognitoLoginSignedOut = CustomEvent<{ reason: "requested" | "expired" | "elsewhere" | "deleted" }>;
/** The tokens were renewed. */
export type CognitoLoginTokensRefreshed = CustomEvent<Record<string, never>>;
/** Something went wrong, and the person has been told where a screen is shown. `code` is our own stable name for it; `serviceCode` is the service's, where it had one. */
export type CognitoLoginError = CustomEvent<{ code: CognitoLoginErrorCode; message: string; screen: CognitoLoginScreen | ""; retryable: boolean; serviceCode?: string | undefined }>;
/** The pool sent a custom challenge. Cancelable: after `preventDefault()` the widget shows no form for it, and the page answers with `respond(answer)`, once; it does nothing after that challenge is closed. */
export type CognitoLoginChallenge = CustomEvent<{ parameters: Record<string, string>; respond: (answer: string) => void }>;

/** The events of both elements. They bubble and cross shadow boundaries. No detail holds a token, code or password. */
export interface CognitoLoginEventMap {
  "cognito-login-ready": CognitoLoginReady;
  "cognito-login-screen": CognitoLoginScreenChange;
  "cognito-login-signed-in": CognitoLoginSignedIn;
  "cognito-login-signed-out": CognitoLoginSignedOut;
  "cognito-login-tokens-refreshed": CognitoLoginTokensRefreshed;
  "cognito-login-error": CognitoLoginError;
  "cognito-login-challenge": CognitoLoginChallenge;
}
// end of generated

/** What both elements have in common. */
declare class CognitoElement extends HTMLElement {
  /** The names of the attributes below. */
  static readonly observedAttributes: readonly string[];

  // generated: members
  /** Attribute `user-pool-id`. Required. Such as `eu-west-1_AbCdEfGhI`; the region and the endpoint follow from it. */
  get userPoolId(): string | null;
  set userPoolId(value: string | null | undefined);
  /** Attribute `client-id`. Required. The id of the app client: one without a secret, or see `secretHash`. */
  get clientId(): string | null;
  set clientId(value: string | null | undefined);
  /** Attribute `endpoint`. Full URL used instead of the service's own: a local pool, a proxy. */
  get endpoint(): string | null;
  set endpoint(value: string | null | undefined);
  /** Attribute `auth-flow`. How to sign in. `CUSTOM_AUTH` proves the password by SRP first and then answers the pool's own challenge; with `USER_AUTH` the person types a name and chooses among the ways that the pool offers; `USER_PASSWORD_AUTH` sends the password itself, which a user migration trigger needs. Default: `USER_SRP_AUTH`. */
  get authFlow(): "USER_SRP_AUTH" | "CUSTOM_AUTH" | "USER_AUTH" | "USER_PASSWORD_AUTH" | null;
  set authFlow(value: "USER_SRP_AUTH" | "CUSTOM_AUTH" | "USER_AUTH" | "USER_PASSWORD_AUTH" | null | undefined);
  /** Attribute `preferred-challenge`. With `USER_AUTH`: the way to begin with, where the user has it. With `PASSWORD_SRP` the form asks for the password too; else for the name alone. */
  get preferredChallenge(): "PASSWORD_SRP" | "EMAIL_OTP" | "SMS_OTP" | "WEB_AUTHN" | null;
  set preferredChallenge(value: "PASSWORD_SRP" | "EMAIL_OTP" | "SMS_OTP" | "WEB_AUTHN" | null | undefined);
  /** Attribute `username`. Prefilled sign-in name. */
  get username(): string | null;
  set username(value: string | null | undefined);
  /** Attribute `username-kind`. What people sign in with: decides label, keyboard and autocomplete. Default: `email`. */
  get usernameKind(): "email" | "phone" | "username" | null;
  set usernameKind(value: "email" | "phone" | "username" | null | undefined);
  /** Attribute `screen`. The first screen; `confirm-sign-up` needs `username` beside it. Default: `sign-in`. */
  get screen(): "sign-in" | "sign-up" | "forgot-password" | "confirm-sign-up" | null;
  set screen(value: "sign-in" | "sign-up" | "forgot-password" | "confirm-sign-up" | null | undefined);
  /** Attribute `storage`. Where the tokens are kept, in Amplify's layout. Default: `session`. */
  get storage(): "session" | "local" | "memory" | null;
  set storage(value: "session" | "local" | "memory" | null | undefined);
  /** Attribute `session-minutes`. The app client's AuthSessionValidity in minutes, 3 to 15. Default: `3`. */
  get sessionMinutes(): string | null;
  set sessionMinutes(value: string | number | null | undefined);
  /** Attribute `sign-up`. Whether people may create an account. Default: `on`. */
  get signUp(): "on" | "off" | null;
  set signUp(value: "on" | "off" | null | undefined);
  /** Attribute `sign-up-attributes`. Attribute names asked for at sign-up, separated by spaces, such as `name nickname phone_number custom:team`. */
  get signUpAttributes(): string | null;
  set signUpAttributes(value: string | null | undefined);
  /** Attribute `password-policy`. Rules shown as a live checklist where a password is chosen. Default: `min=8 upper lower digit symbol`. */
  get passwordPolicy(): string | null;
  set passwordPolicy(value: string | null | undefined);
  /** Attribute `totp-issuer`. Name of the service shown in the authenticator app; otherwise the page's host name. */
  get totpIssuer(): string | null;
  set totpIssuer(value: string | null | undefined);
  /** Attribute `totp-label`. Name of the account shown in the authenticator app; otherwise the user's e-mail address. */
  get totpLabel(): string | null;
  set totpLabel(value: string | null | undefined);
  /** Attribute `remember-device`. Where the pool tracks devices: whether the device is remembered after a sign-in, which can spare the second step. `ask` asks the person where the pool leaves it to them. Otherwise `ask`; with `storage="memory"`, which has nowhere to remember it, `never`. */
  get rememberDevice(): "ask" | "always" | "never" | null;
  set rememberDevice(value: "ask" | "always" | "never" | null | undefined);
  /** Attribute `theme`. Colours; `auto` follows the system. Default: `auto`. */
  get theme(): "auto" | "light" | "dark" | null;
  set theme(value: "auto" | "light" | "dark" | null | undefined);
  /** Attribute `shadow`. `none` renders into the light DOM, for password managers that need it. Read when the element is first connected. Default: `open`. */
  get shadow(): "open" | "none" | null;
  set shadow(value: "open" | "none" | null | undefined);
  /** Attribute `oauth-domain`. The host name of the pool's domain, for sign-in with other providers by redirect; a URL, for a local pool. */
  get oauthDomain(): string | null;
  set oauthDomain(value: string | null | undefined);
  /** Attribute `oauth-providers`. Names of identity providers as the pool has them, separated by spaces: `Google Facebook LoginWithAmazon SignInWithApple MyCompany`. Each has a button on `sign-in`. */
  get oauthProviders(): string | null;
  set oauthProviders(value: string | null | undefined);
  /** Attribute `oauth-redirect-uri`. Where people come back to, after signing in and after signing out; otherwise the page itself without query and fragment. The app client has it among its callback URLs and its sign-out URLs, letter for letter. */
  get oauthRedirectUri(): string | null;
  set oauthRedirectUri(value: string | null | undefined);
  /** Attribute `oauth-scopes`. What the tokens of such a sign-in are for, separated by spaces; `openid` must be there. `<cognito-account>` and `signOut({ global: true })` need `aws.cognito.signin.user.admin` as well. Default: `openid email profile`. */
  get oauthScopes(): string | null;
  set oauthScopes(value: string | null | undefined);
  /** Attribute `wasm-url`. Where the WebAssembly file is, if not beside the script. The first element on the page decides. */
  get wasmUrl(): string | null;
  set wasmUrl(value: string | null | undefined);
  /** Property only. Texts that replace the built-in ones: by key, or by language tag and then by key. */
  messages: CognitoLoginMessages | undefined;
  /** Property only. Sent along to the pool's Lambda triggers, which are told the language of the screens as `lang` besides, unless that is in it. Never put secrets here: the service does not keep it confidential. */
  clientMetadata: Record<string, string> | undefined;
  /** Property only. Keeps the tokens instead of `storage`: an object with `getItem`, `setItem` and `removeItem`, whose results are awaited, so that a Web Storage and Amplify's KeyValueStorageInterface both fit. Where it is set to another object, the widget begins anew with what that holds. */
  storageAdapter: CognitoLoginStorage | undefined;
  /** Property only. For app clients with a secret: asks the page's own back end for the SECRET_HASH of a user name. An app client without a secret is the better one for a browser. */
  secretHash: ((username: string) => string | Promise<string>) | undefined;
  /** Resolves when the widget is on the page; rejects where it cannot load, and is a new promise after that. */
  readonly ready: Promise<void>;

  /** The signed-in user's tokens, refreshed first when less than a minute is left. Rejects where nobody is signed in. */
  getTokens(): Promise<CognitoLoginTokens>;
  /** Signs out, and resolves when nobody is signed in here; with `global: true` on every device, and resolves when the service has done so. */
  signOut(options?: { global?: boolean }): Promise<void>;
  /** Goes to a screen. Rejects with an `Error` whose `code` is `screen_unavailable` where that screen cannot be shown now, and `screen_unknown` where there is none of that name. */
  show(screen: CognitoLoginScreen): Promise<void>;
  /** Forgets what was typed and goes back to the first screen. */
  reset(): Promise<void>;
  // end of generated
}

/** `<cognito-login>`: signs a person in to an Amazon Cognito user pool. */
export declare class CognitoLoginElement extends CognitoElement {}

/** `<cognito-account>`: the signed-in person's security settings. */
export declare class CognitoAccountElement extends CognitoElement {}

/** Registers both elements again; importing the package has done so already. Safe to call twice. */
export declare function define(): void;

/** The attributes as markup writes them, for typed templates. */
export interface CognitoLoginAttributes {
  // generated: attributes
  "user-pool-id"?: string | undefined;
  "client-id"?: string | undefined;
  endpoint?: string | undefined;
  "auth-flow"?: "USER_SRP_AUTH" | "CUSTOM_AUTH" | "USER_AUTH" | "USER_PASSWORD_AUTH" | undefined;
  "preferred-challenge"?: "PASSWORD_SRP" | "EMAIL_OTP" | "SMS_OTP" | "WEB_AUTHN" | undefined;
  username?: string | undefined;
  "username-kind"?: "email" | "phone" | "username" | undefined;
  screen?: "sign-in" | "sign-up" | "forgot-password" | "confirm-sign-up" | undefined;
  storage?: "session" | "local" | "memory" | undefined;
  "session-minutes"?: string | number | undefined;
  "sign-up"?: "on" | "off" | undefined;
  "sign-up-attributes"?: string | undefined;
  "password-policy"?: string | undefined;
  "totp-issuer"?: string | undefined;
  "totp-label"?: string | undefined;
  "remember-device"?: "ask" | "always" | "never" | undefined;
  lang?: string | undefined;
  theme?: "auto" | "light" | "dark" | undefined;
  shadow?: "open" | "none" | undefined;
  "oauth-domain"?: string | undefined;
  "oauth-providers"?: string | undefined;
  "oauth-redirect-uri"?: string | undefined;
  "oauth-scopes"?: string | undefined;
  "wasm-url"?: string | undefined;
  nonce?: string | undefined;
  // end of generated
}

/** The same and the rest as properties, which React 19 and Preact set on the element. */
export interface CognitoLoginProperties {
  // generated: properties
  userPoolId?: string | undefined;
  clientId?: string | undefined;
  authFlow?: "USER_SRP_AUTH" | "CUSTOM_AUTH" | "USER_AUTH" | "USER_PASSWORD_AUTH" | undefined;
  preferredChallenge?: "PASSWORD_SRP" | "EMAIL_OTP" | "SMS_OTP" | "WEB_AUTHN" | undefined;
  usernameKind?: "email" | "phone" | "username" | undefined;
  sessionMinutes?: string | number | undefined;
  signUp?: "on" | "off" | undefined;
  signUpAttributes?: string | undefined;
  passwordPolicy?: string | undefined;
  totpIssuer?: string | undefined;
  totpLabel?: string | undefined;
  rememberDevice?: "ask" | "always" | "never" | undefined;
  oauthDomain?: string | undefined;
  oauthProviders?: string | undefined;
  oauthRedirectUri?: string | undefined;
  oauthScopes?: string | undefined;
  wasmUrl?: string | undefined;
  messages?: CognitoLoginMessages | undefined;
  clientMetadata?: Record<string, string> | undefined;
  storageAdapter?: CognitoLoginStorage | undefined;
  secretHash?: ((username: string) => string | Promise<string>) | undefined;
  // end of generated
}

/** `oncognito-login-signed-in` and so on, which React 19 and Preact listen to. */
export type CognitoLoginEventHandlers = {
  [Name in keyof CognitoLoginEventMap as `on${Name}`]?: ((event: CognitoLoginEventMap[Name]) => void) | undefined;
};

/** What JSX takes on both elements beside what it takes on every element. */
export type CognitoLoginJsx = CognitoLoginAttributes & CognitoLoginProperties & CognitoLoginEventHandlers;

/** What JSX of Solid takes on both elements: `prop:messages`, `on:cognito-login-signed-in` and so on. */
export type CognitoLoginSolid = CognitoLoginAttributes & {
  [Name in keyof CognitoLoginProperties as `prop:${Name}`]?: CognitoLoginProperties[Name];
} & { [Name in keyof CognitoLoginEventMap as `on:${Name}`]?: ((event: CognitoLoginEventMap[Name]) => void) | undefined };

/** `cognito-login-ready` as `cognitoLoginReady`. */
type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}` ? `${First}${Capitalize<CamelCase<Rest>>}` : Name;

/**
 * What a template of Vue takes on both elements: attributes, properties in camelCase, listeners by `@`. vue-tsc 3.3 checks nothing of an
 * element where the text of an attribute has `//`, so bind URLs: `:endpoint="endpoint"`.
 */
export type CognitoLoginVue = CognitoLoginAttributes & CognitoLoginProperties & {
  [Name in keyof CognitoLoginEventMap as `on${Capitalize<CamelCase<Name>>}`]?: ((event: CognitoLoginEventMap[Name]) => void) | undefined;
};

declare global {
  interface HTMLElementTagNameMap {
    "cognito-login": CognitoLoginElement;
    "cognito-account": CognitoAccountElement;
  }

  interface HTMLElementEventMap extends CognitoLoginEventMap {}
  interface DocumentEventMap extends CognitoLoginEventMap {}
  interface WindowEventMap extends CognitoLoginEventMap {}

  namespace JSX {
    interface IntrinsicElements {
      "cognito-login": CognitoLoginJsx & Record<string, unknown>;
      "cognito-account": CognitoLoginJsx & Record<string, unknown>;
    }
  }
}

// @ts-ignore Pages without React have no such module, and need not.
declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      // @ts-ignore
      "cognito-login": CognitoLoginJsx & DetailedHTMLProps<HTMLAttributes<CognitoLoginElement>, CognitoLoginElement>;
      // @ts-ignore
      "cognito-account": CognitoLoginJsx & DetailedHTMLProps<HTMLAttributes<CognitoAccountElement>, CognitoAccountElement>;
    }
  }
}

// @ts-ignore Pages without Vue have no such module, and need not.
declare module "vue" {
  interface GlobalComponents {
    // @ts-ignore
    "cognito-login": new () => CognitoLoginElement & { $props: CognitoLoginVue & import("vue").HTMLAttributes & import("vue").PublicProps };
    // @ts-ignore
    "cognito-account": new () => CognitoAccountElement & { $props: CognitoLoginVue & import("vue").HTMLAttributes & import("vue").PublicProps };
  }
}

// @ts-ignore Pages without Svelte have no such module, and need not.
declare module "svelte/elements" {
  interface SvelteHTMLElements {
    // @ts-ignore
    "cognito-login": CognitoLoginJsx & HTMLAttributes<CognitoLoginElement>;
    // @ts-ignore
    "cognito-account": CognitoLoginJsx & HTMLAttributes<CognitoAccountElement>;
  }
}

// @ts-ignore Pages without Solid have no such module, and need not.
declare module "solid-js" {
  namespace JSX {
    interface IntrinsicElements {
      // @ts-ignore
      "cognito-login": CognitoLoginSolid & HTMLAttributes<CognitoLoginElement>;
      // @ts-ignore
      "cognito-account": CognitoLoginSolid & HTMLAttributes<CognitoAccountElement>;
    }
  }
}

// Without this line everything above would be exported, the common base class included.
export {};
