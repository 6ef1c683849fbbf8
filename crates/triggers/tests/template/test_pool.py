"""The pool, its client, and what the deployer reads at the end."""

import pytest

from stack import Stack

TRIGGERS = {
    "DefineAuthChallenge": "<DefineAuthChallengeFunction.Arn>",
    "CreateAuthChallenge": "<CreateAuthChallengeFunction.Arn>",
    "VerifyAuthChallengeResponse": "<VerifyAuthChallengeResponseFunction.Arn>",
}


def pool(**parameters):
    return Stack(**parameters).properties("UserPool")


def client(**parameters):
    return Stack(**parameters).properties("UserPoolClient")


def test_the_client_signs_in_by_these_flows_and_no_others():
    assert client()["ExplicitAuthFlows"] == ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]


def test_the_code_can_be_made_a_must():
    flows = client(PasswordOnlySignIn="REFUSED")["ExplicitAuthFlows"]
    assert flows == ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


def test_the_client_is_one_for_a_page():
    properties = client()
    assert properties["GenerateSecret"] is False
    assert properties["PreventUserExistenceErrors"] == "ENABLED"
    assert properties["EnableTokenRevocation"] is True
    assert not [name for name in properties if "OAuth" in name or "URL" in name]


@pytest.mark.parametrize("minutes", [3, 15])
def test_the_session_lasts_as_the_element_is_told(minutes):
    stack = Stack(SessionMinutes=minutes)
    assert stack.properties("UserPoolClient")["AuthSessionValidity"] == str(minutes)
    assert f'session-minutes="{minutes}"' in stack.outputs["Element"]


def test_the_client_writes_what_it_may_and_verifies_nothing_itself():
    properties = client()
    assert set(properties["WriteAttributes"]) == {"email", "name", "nickname", "locale"}
    assert set(properties["ReadAttributes"]) == {"email", "email_verified", "name", "nickname", "locale"}


def test_people_are_known_by_their_address_in_any_case():
    properties = pool()
    assert properties["UsernameAttributes"] == ["email"]
    assert properties["UsernameConfiguration"] == {"CaseSensitive": False}
    assert properties["AutoVerifiedAttributes"] == ["email"]
    assert properties["UserAttributeUpdateSettings"] == {"AttributesRequireVerificationBeforeUpdate": ["email"]}
    assert properties["AccountRecoverySetting"] == {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]}
    assert all(attribute["Mutable"] for attribute in properties["Schema"])


def test_the_pool_uses_the_triggers():
    assert pool()["LambdaConfig"] == {**TRIGGERS, "CustomMessage": "<CustomMessageFunction.Arn>"}


def test_cognitos_own_sender_is_given_no_text():
    properties = pool(PoolMailSender="COGNITO_DEFAULT")
    assert properties["LambdaConfig"] == TRIGGERS
    assert properties["EmailConfiguration"] == {"EmailSendingAccount": "COGNITO_DEFAULT"}


@pytest.mark.parametrize(("identity", "verified"), [("", "login@example.com"), ("example.com", "example.com")])
def test_the_pools_mails_come_from_the_same_identity(identity, verified):
    assert pool(SesIdentity=identity, SenderName="Example")["EmailConfiguration"] == {
        "EmailSendingAccount": "DEVELOPER",
        "From": "Example <login@example.com>",
        "SourceArn": f"arn:aws:ses:eu-central-1:123456789012:identity/{verified}",
    }


@pytest.mark.parametrize("mode", ["OPTIONAL", "ON"])
def test_authenticator_apps_are_the_only_factor_of_the_pools_own(mode):
    properties = pool(MfaMode=mode)
    assert (properties["MfaConfiguration"], properties["EnabledMfas"]) == (mode, ["SOFTWARE_TOKEN_MFA"])


def test_without_authenticator_apps_no_factor_is_named():
    properties = pool(MfaMode="OFF")
    assert properties["MfaConfiguration"] == "OFF" and "EnabledMfas" not in properties


def test_the_pool_is_protected_until_somebody_says_otherwise():
    assert pool()["DeletionProtection"] == "ACTIVE"
    assert pool(DeletionProtection="INACTIVE")["DeletionProtection"] == "INACTIVE"


def test_an_update_never_replaces_the_people():
    assert Stack().resources["UserPool"]["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize(("allowed", "administrators_only"), [("true", False), ("false", True)])
def test_who_creates_accounts(allowed, administrators_only):
    assert pool(SelfSignUp=allowed)["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is administrators_only


def test_the_snippet_can_be_pasted():
    assert Stack().outputs["Element"] == (
        '<cognito-login user-pool-id="<UserPool>" client-id="<UserPoolClient>" auth-flow="CUSTOM_AUTH" '
        'session-minutes="3"></cognito-login>'
    )


FUNCTION_OUTPUTS = {
    "UserPoolArn",
    "DefineAuthChallengeArn",
    "CreateAuthChallengeArn",
    "VerifyAuthChallengeResponseArn",
    "CustomMessageArn",
}


def test_the_outputs_are_what_a_page_and_another_pool_need():
    assert set(Stack().outputs) == FUNCTION_OUTPUTS | {"UserPoolId", "ClientId", "Element"}


def test_without_a_pool_there_are_the_functions_alone():
    stack = Stack(CreateUserPool="false", ExistingUserPoolId="eu-central-1_AbCdEfGhI")
    assert not [one for one in stack.resources.values() if one["Type"].startswith("AWS::Cognito::")]
    assert set(stack.outputs) == FUNCTION_OUTPUTS
