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


LITE = {"FeaturePlan": "LITE"}


def both_clients(**parameters):
    """Of a stack that has two."""
    clients = Stack(PasswordOnlySignIn="ALLOWED", **parameters).of_type("AWS::Cognito::UserPoolClient")
    assert set(clients) == {"UserPoolClient", "PasswordOnlyClient"}
    return clients


def test_a_password_alone_gives_no_tokens_unless_somebody_says_so():
    assert list(Stack().of_type("AWS::Cognito::UserPoolClient")) == ["UserPoolClient"]
    assert client()["ExplicitAuthFlows"] == ["ALLOW_CUSTOM_AUTH"]
    assert "PasswordOnlyClientId" not in Stack().outputs


def test_who_asks_for_the_password_alone_gets_a_client_of_its_own():
    flows = {name: one["ExplicitAuthFlows"] for name, one in both_clients().items()}
    assert flows == {"UserPoolClient": ["ALLOW_CUSTOM_AUTH"], "PasswordOnlyClient": ["ALLOW_USER_SRP_AUTH"]}
    assert Stack(PasswordOnlySignIn="ALLOWED").outputs["PasswordOnlyClientId"] == "<PasswordOnlyClient>"


def test_the_clients_differ_in_name_and_flow_alone():
    first, second = both_clients().values()
    differing = {key for key in first.keys() | second.keys() if first.get(key) != second.get(key)}
    assert differing == {"ClientName", "ExplicitAuthFlows"}


def test_the_snippet_is_for_the_client_that_asks_for_the_code():
    assert Stack(PasswordOnlySignIn="ALLOWED").outputs["Element"] == Stack().outputs["Element"]


def test_refresh_tokens_serve_once():
    for one in both_clients().values():
        assert one["RefreshTokenRotation"] == {"Feature": "ENABLED", "RetryGracePeriodSeconds": 60}
        assert "ALLOW_REFRESH_TOKEN_AUTH" not in one["ExplicitAuthFlows"]


@pytest.mark.parametrize("plan", ["ESSENTIALS", "PLUS"])
def test_every_plan_that_has_rotation_uses_it(plan):
    assert client(FeaturePlan=plan)["RefreshTokenRotation"]["Feature"] == "ENABLED"


@pytest.mark.parametrize("parameters", [LITE, {"RefreshTokenRotation": "OFF"}, {**LITE, "RefreshTokenRotation": "OFF"}])
def test_without_rotation_the_flow_for_refreshing_is_there(parameters):
    for one in both_clients(**parameters).values():
        assert "RefreshTokenRotation" not in one
        assert "ALLOW_REFRESH_TOKEN_AUTH" in one["ExplicitAuthFlows"]


@pytest.mark.parametrize("mode", ["ENFORCED", "AUDIT"])
def test_the_plan_with_threat_protection_uses_it_for_the_code_too(mode):
    assert pool(FeaturePlan="PLUS", ThreatProtection=mode)["UserPoolAddOns"] == {
        "AdvancedSecurityMode": mode,
        "AdvancedSecurityAdditionalFlows": {"CustomAuthMode": mode},
    }


def test_threat_protection_acts_unless_somebody_says_otherwise():
    assert pool(FeaturePlan="PLUS")["UserPoolAddOns"]["AdvancedSecurityMode"] == "ENFORCED"


@pytest.mark.parametrize("plan", ["LITE", "ESSENTIALS"])
def test_a_plan_without_threat_protection_asks_for_none(plan):
    properties = pool(FeaturePlan=plan)
    assert properties["UserPoolTier"] == plan and "UserPoolAddOns" not in properties


KINDS = ["RequireUppercase", "RequireLowercase", "RequireNumbers", "RequireSymbols"]


@pytest.mark.parametrize(
    ("parameters", "length", "demanded", "attribute"),
    [
        ({}, "12", False, "min=12"),
        ({"PasswordMinimumLength": 15}, "15", False, "min=15"),
        (
            {"PasswordMinimumLength": 8, "PasswordComposition": "ALL_KINDS"},
            "8",
            True,
            "min=8 upper lower digit symbol",
        ),
    ],
)
def test_the_element_is_told_the_rules_of_the_pool(parameters, length, demanded, attribute):
    stack = Stack(**parameters)
    policy = stack.properties("UserPool")["Policies"]["PasswordPolicy"]
    assert policy["MinimumLength"] == length
    assert [policy[kind] for kind in KINDS] == [demanded] * 4
    assert f' password-policy="{attribute}">' in stack.outputs["Element"]


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
        'session-minutes="3" password-policy="min=12"></cognito-login>'
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
