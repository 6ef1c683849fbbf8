//! Who reaches what, but for the error codes.

use cognito_protocol::{flow::Screen, idp::ChallengeName};

/// Makes a table over the variants of a type. A variant without a row does not compile, unless it is among those that have none.
macro_rules! table {
    ($(#[$meta:meta])* $name:ident of $type:ident, but for $but:pat, { $($variant:ident => $test:literal,)* }) => {
        $(#[$meta])*
        pub(super) const $name: &[($type, &str)] = &[$(($type::$variant, $test)),*];

        const _: fn(&$type) = |variant| match variant {
            $($type::$variant => (),)*
            $but => (),
        };
    };
}

table! {
    /// A name is reached where it came with a reply or was sent with an answer. Names that are not known have a test with the notices.
    CHALLENGES of ChallengeName, but for ChallengeName::Other(_), {
        PasswordVerifier => "sign_in::the_right_password_signs_in_and_the_page_hears_who",
        CustomChallenge => "email_code::a_wrong_code_may_be_corrected",
        SoftwareTokenMfa => "totp::a_seeded_authenticator_app_signs_in",
        MfaSetup => "totp::a_pool_that_demands_an_authenticator_app_gets_one_set_up",
        SmsMfa => "sms_code::a_code_by_text_message_signs_in",
        EmailOtp => "second_factors::a_code_that_the_pool_mails_signs_in",
        SmsOtp => "user_auth::a_new_text_message_needs_no_password",
        SelectMfaType => "second_factors::each_factor_leads_to_its_code",
        SelectChallenge => "user_auth::the_name_alone_leads_to_the_choice_and_the_last_one_is_offered_first",
        NewPasswordRequired => "sign_in::a_temporary_password_is_replaced_with_what_else_is_missing",
        DeviceSrpAuth => "devices::a_remembered_device_asks_for_no_code",
        DevicePasswordVerifier => "devices::a_remembered_device_asks_for_no_code",
        Password => "user_auth::a_pool_that_takes_nothing_but_the_password_itself_gets_it",
        PasswordSrp => "user_auth::the_password_is_asked_for_when_it_is_chosen_and_never_sent",
        WebAuthn => "passkeys::a_passkey_is_added_signs_in_and_is_removed",
        AdminNoSrpAuth => "refusals::a_challenge_for_servers_ends_in_a_notice",
    }
}

table! {
    /// What is there before anything is known is no screen that events tell.
    SCREENS of Screen, but for Screen::Loading, {
        SignIn => "sign_in::a_wrong_password_says_so_and_keeps_what_was_typed",
        SignUp => "sign_up::a_new_account_is_confirmed_by_a_code_and_signed_in",
        ConfirmSignUp => "sign_up::a_new_account_is_confirmed_by_a_code_and_signed_in",
        ForgotPassword => "reset_password::a_code_and_a_new_password_sign_in",
        ResetPassword => "reset_password::a_code_and_a_new_password_sign_in",
        ChooseFactor => "user_auth::the_name_alone_leads_to_the_choice_and_the_last_one_is_offered_first",
        EmailCode => "email_code::three_wrong_codes_end_the_sign_in",
        SmsCode => "sms_code::a_code_by_text_message_signs_in",
        TotpCode => "totp::a_seeded_authenticator_app_signs_in",
        ChooseMfa => "second_factors::each_factor_leads_to_its_code",
        TotpSetup => "totp::a_pool_that_demands_an_authenticator_app_gets_one_set_up",
        EmailSetup => "second_factors::codes_by_mail_are_set_up_while_signing_in",
        NewPassword => "sign_in::a_temporary_password_is_replaced_with_what_else_is_missing",
        CustomChallenge => "email_code::a_challenge_of_the_pools_own_is_shown_in_its_words",
        RememberDevice => "devices::not_now_is_asked_once_and_the_code_stays",
        SignedIn => "session::a_reload_keeps_the_session_where_the_page_wants_it_kept",
        Account => "totp::a_signed_in_person_sets_an_authenticator_app_up_replaces_it_and_turns_it_off",
        ChangePassword => "change_password::a_password_is_changed_and_the_new_one_signs_in",
        ChangeEmail => "contact_details::another_address_counts_at_once_and_is_verified_later",
        ChangePhoneNumber => "contact_details::a_phone_number_is_added_and_takes_codes",
        VerifyEmail => "contact_details::another_address_counts_at_once_and_is_verified_later",
        VerifyPhoneNumber => "contact_details::a_phone_number_is_added_and_takes_codes",
        DeleteAccount => "delete_account::a_deleted_account_is_gone_here_in_the_other_element_and_in_the_store",
    }
}

/// The attributes.
pub(super) const ATTRIBUTES: &[(&str, &str)] = &[
    ("user-pool-id", "embedding::a_wrong_configuration_names_the_attribute_and_can_be_put_right"),
    ("client-id", "embedding::a_client_that_does_not_exist_is_the_page_authors_matter"),
    ("endpoint", "page_faults::endpoints_that_the_page_cannot_mean_are_told_before_anybody_waits"),
    ("auth-flow", "user_auth::the_name_alone_leads_to_the_choice_and_the_last_one_is_offered_first"),
    ("preferred-challenge", "user_auth::what_the_page_prefers_comes_first"),
    ("username", "embedding::the_page_may_give_the_name_and_begin_anew"),
    ("username-kind", "sign_in_names::people_sign_up_and_in_and_reset_by_phone_number"),
    ("screen", "sign_up::a_page_may_begin_with_the_sign_up_or_have_none"),
    ("storage", "session::a_reload_keeps_the_session_where_the_page_wants_it_kept"),
    ("session-minutes", "page_faults::what_the_page_says_in_attributes_is_seen"),
    ("sign-up", "sign_up::a_page_may_begin_with_the_sign_up_or_have_none"),
    ("sign-up-attributes", "sign_up::a_new_account_is_confirmed_by_a_code_and_signed_in"),
    ("password-policy", "page_faults::what_the_page_says_in_attributes_is_seen"),
    ("totp-issuer", "totp::a_pool_that_demands_an_authenticator_app_gets_one_set_up"),
    ("totp-label", "totp::a_signed_in_person_sets_an_authenticator_app_up_replaces_it_and_turns_it_off"),
    ("remember-device", "devices::what_the_page_decides_nobody_is_asked"),
    ("lang", "languages::the_elements_own_language_counts"),
    ("theme", "page_faults::what_the_page_says_in_attributes_is_seen"),
    ("shadow", "embedding::the_light_dom_works_as_well"),
    ("oauth-domain", "federation::a_whole_way_there_and_back"),
    ("oauth-providers", "federation::a_whole_way_there_and_back"),
    ("oauth-redirect-uri", "federation::the_way_back_leads_to_the_page_that_was_named"),
    ("oauth-scopes", "federation::a_whole_way_there_and_back"),
    ("wasm-url", "page_faults::a_program_that_is_not_where_the_page_says_is_told"),
];

/// The properties that are no attributes.
pub(super) const PROPERTIES: &[(&str, &str)] = &[
    ("messages", "page_faults::what_the_page_says_in_properties_reaches_person_and_pool"),
    ("clientMetadata", "page_faults::what_the_page_says_in_properties_reaches_person_and_pool"),
    ("storageAdapter", "amplify::amplify_reads_refreshes_and_ends_our_session"),
    ("secretHash", "client_secret::a_forgotten_password_is_reset"),
];

/// The methods.
pub(super) const METHODS: &[(&str, &str)] = &[
    ("getTokens", "tokens::stale_tokens_are_refreshed_once_however_many_ask"),
    ("signOut", "session::the_page_signs_out_on_this_device_or_on_all"),
    ("show", "sign_up::a_page_may_begin_with_the_sign_up_or_have_none"),
    ("reset", "embedding::the_page_may_give_the_name_and_begin_anew"),
];

/// The events, without `cognito-login-`.
pub(super) const EVENTS: &[(&str, &str)] = &[
    ("ready", "embedding::the_page_may_give_the_name_and_begin_anew"),
    ("screen", "email_code::a_challenge_of_the_pools_own_is_shown_in_its_words"),
    ("signed-in", "sign_in::the_right_password_signs_in_and_the_page_hears_who"),
    ("signed-out", "session::the_page_signs_out_on_this_device_or_on_all"),
    ("tokens-refreshed", "tokens::stale_tokens_are_refreshed_once_however_many_ask"),
    ("error", "faults::a_pool_that_is_down_is_told_and_nothing_typed_is_lost"),
    ("challenge", "email_code::the_page_may_take_a_challenge_over"),
];
