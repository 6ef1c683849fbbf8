"""The four functions: what they run, what they are told, where they log."""

import pytest

from stack import CRATE, Stack, source

FUNCTIONS = ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse", "CustomMessage"]


# What create and verify are told of the count over sign-ins.
COUNTING = {
    "ATTEMPTS_TABLE": "<AttemptsTable>",
    "ATTEMPTS_UNREACHABLE": "REFUSE",
    "MAILS_PER_HOUR": "20",
    "MAILS_PER_DAY": "100",
}


def variables(stack, name):
    return stack.properties(f"{name}Function").get("Environment", {}).get("Variables", {})


def test_there_are_these_functions_and_no_other():
    assert list(Stack().of_type("AWS::Lambda::Function")) == [f"{name}Function" for name in FUNCTIONS]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_runs_on_arm_for_no_longer_than_cognito_waits(name):
    function = Stack().properties(f"{name}Function")
    assert function["Runtime"] == "provided.al2023"
    assert function["Architectures"] == ["arm64"]
    assert function["Handler"] == "bootstrap"
    assert function["Timeout"] <= 5


def test_each_is_the_program_of_its_name():
    resources = source()["Resources"]
    built = {name: resources[f"{name}Function"]["Metadata"] for name in FUNCTIONS}
    assert {name: one["BuildProperties"]["Binary"] for name, one in built.items()} == {
        "DefineAuthChallenge": "define-auth-challenge",
        "CreateAuthChallenge": "create-auth-challenge",
        "VerifyAuthChallengeResponse": "verify-auth-challenge-response",
        "CustomMessage": "custom-message",
    }
    assert {one["BuildMethod"] for one in built.values()} == {"rust-cargolambda"}
    programs = {file.stem for file in (CRATE / "src/bin").glob("*.rs")}
    assert {one["BuildProperties"]["Binary"] for one in built.values()} == programs


def test_each_is_told_what_it_reads_and_nothing_else():
    layer = "arn:aws:lambda:eu-central-1:123456789012:layer:templates:1"
    stack = Stack(ProductName="Example", TemplateLayerArn=layer, CodeLength=8, MaxAttempts=5, ResendAfterSeconds=60)
    code = {"CODE_LENGTH": "8", "MAX_ATTEMPTS": "5"}
    assert variables(stack, "DefineAuthChallenge") == code
    assert variables(stack, "CreateAuthChallenge") == {
        "EMAIL_SENDER": "login@example.com",
        **code,
        "CODE_TTL_SECONDS": "180",
        "RESEND_AFTER_SECONDS": "60",
        "PRODUCT_NAME": "Example",
        "TEMPLATE_DIR": "/opt/templates",
        **COUNTING,
    }
    assert variables(stack, "VerifyAuthChallengeResponse") == {**code, "TEMPLATE_DIR": "/opt/templates", **COUNTING}
    assert variables(stack, "CustomMessage") == {"PRODUCT_NAME": "Example", "TEMPLATE_DIR": "/opt/templates"}


def test_what_is_optional_is_absent_and_not_empty():
    stack = Stack()
    assert set(variables(stack, "CreateAuthChallenge")) == {
        "EMAIL_SENDER",
        "CODE_LENGTH",
        "MAX_ATTEMPTS",
        "CODE_TTL_SECONDS",
        "RESEND_AFTER_SECONDS",
        *COUNTING,
    }
    assert set(variables(stack, "VerifyAuthChallengeResponse")) == {"CODE_LENGTH", "MAX_ATTEMPTS", *COUNTING}
    assert variables(stack, "CustomMessage") == {}
    assert all("Layers" not in function for function in stack.of_type("AWS::Lambda::Function").values())


def test_the_mails_name_the_product_or_else_the_pool():
    for name in ["CreateAuthChallenge", "CustomMessage"]:
        assert variables(Stack(PoolName="Example Shop"), name)["PRODUCT_NAME"] == "Example Shop"
        assert variables(Stack(PoolName="shop-7", ProductName="Example Shop"), name)["PRODUCT_NAME"] == "Example Shop"


def test_the_defaults_are_those_of_the_programs():
    stack = Stack()
    create = variables(stack, "CreateAuthChallenge")
    assert (create["CODE_LENGTH"], create["CODE_TTL_SECONDS"], create["RESEND_AFTER_SECONDS"]) == ("6", "180", "30")
    assert variables(stack, "DefineAuthChallenge")["MAX_ATTEMPTS"] == "3"


def test_the_layer_goes_to_those_who_write_messages():
    layer = "arn:aws:lambda:eu-central-1:123456789012:layer:templates:1"
    functions = Stack(TemplateLayerArn=layer).of_type("AWS::Lambda::Function")
    with_layer = {name for name, one in functions.items() if one.get("Layers") == [layer]}
    writers = {"CreateAuthChallengeFunction", "VerifyAuthChallengeResponseFunction", "CustomMessageFunction"}
    assert with_layer == writers


def test_a_name_stands_before_the_senders_address():
    stack = Stack(SenderName="Example Login")
    assert variables(stack, "CreateAuthChallenge")["EMAIL_SENDER"] == "Example Login <login@example.com>"


@pytest.mark.parametrize("minutes", range(3, 16))
def test_a_code_lives_as_long_as_the_session(minutes):
    stack = Stack(SessionMinutes=minutes)
    assert variables(stack, "CreateAuthChallenge")["CODE_TTL_SECONDS"] == str(60 * minutes)


def test_a_life_of_its_own_counts_more():
    stack = Stack(SessionMinutes=15, CodeTtlSeconds=240)
    assert variables(stack, "CreateAuthChallenge")["CODE_TTL_SECONDS"] == "240"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_logs_are_json_kept_for_a_while_and_removed_with_the_stack(name):
    stack = Stack(LogRetentionDays=7)
    assert stack.properties(f"{name}Function")["LoggingConfig"] == {"LogFormat": "JSON", "LogGroup": f"<{name}Logs>"}
    group = stack.resources[f"{name}Logs"]
    assert group["Properties"]["RetentionInDays"] == "7"
    assert group["DeletionPolicy"] == "Delete"


def test_no_two_functions_share_a_log_group():
    names = [one["LogGroupName"] for one in Stack().of_type("AWS::Logs::LogGroup").values()]
    assert len(set(names)) == len(names) == len(FUNCTIONS)
