"""Who may do what: the functions' roles, and who may call the functions."""

import pytest

from stack import Stack
from test_functions import FUNCTIONS

KEY = "arn:aws:kms:eu-central-1:123456789012:key/12345678-90ab-cdef-1234-567890abcdef"
IDENTITY = "arn:aws:ses:eu-central-1:123456789012:identity"


def role(stack, name):
    """The role that a function really has."""
    attribute = stack.properties(f"{name}Function")["Role"]
    assert attribute == f"<{name}Role.Arn>"
    return stack.properties(f"{name}Role")


def statements(stack, name):
    policies = role(stack, name)["Policies"]
    return [one for policy in policies for one in policy["PolicyDocument"]["Statement"]]


def listed(value):
    return value if isinstance(value, list) else [value]


def everything(**more):
    """Parameters that widen the policies."""
    ses = {"SesIdentity": "example.com", "SesConfigurationSet": "set", "SandboxRecipient": "me@example.org"}
    return Stack(**ses, KmsKeyArn=KEY, PasswordOnlySignIn="ALLOWED", **more)


def test_every_role_is_one_of_a_function():
    stack = everything()
    assert list(stack.of_type("AWS::IAM::Role")) == [f"{name}Role" for name in FUNCTIONS]
    others = {kind for kind in (one["Type"] for one in stack.resources.values()) if kind.startswith("AWS::IAM::")}
    assert others == {"AWS::IAM::Role"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_only_lambda_takes_a_role(name):
    (trust,) = role(Stack(), name)["AssumeRolePolicyDocument"]["Statement"]
    assert trust == {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_role_has_a_wildcard_or_a_policy_from_elsewhere(name):
    stack = everything()
    assert set(role(stack, name)) == {"AssumeRolePolicyDocument", "Policies"}
    for statement in statements(stack, name):
        assert statement["Effect"] == "Allow"
        assert not {"NotAction", "NotResource"} & statement.keys()
        for text in listed(statement["Action"]) + listed(statement["Resource"]):
            assert "*" not in text and "?" not in text


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_writes_to_its_own_log_group(name):
    logs = [one for one in statements(everything(), name) if any("logs:" in action for action in listed(one["Action"]))]
    assert logs == [
        {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": f"<{name}Logs.Arn>"}
    ]


def actions(stack, name):
    return [action for statement in statements(stack, name) for action in listed(statement["Action"])]


LOGGING = ["logs:CreateLogStream", "logs:PutLogEvents"]
COUNTING = ["dynamodb:GetItem", "dynamodb:PutItem"]


def test_each_may_do_this_and_no_more():
    stack = Stack()
    assert actions(stack, "DefineAuthChallenge") == LOGGING
    assert actions(stack, "CreateAuthChallenge") == [*LOGGING, *COUNTING, "ses:SendEmail"]
    assert actions(stack, "VerifyAuthChallengeResponse") == [*LOGGING, *COUNTING]
    assert actions(stack, "CustomMessage") == LOGGING


@pytest.mark.parametrize("name", ["CreateAuthChallenge", "VerifyAuthChallengeResponse"])
def test_who_counts_reads_and_writes_that_table_alone(name):
    (statement,) = [one for one in statements(everything(), name) if "dynamodb:" in str(one["Action"])]
    assert statement == {"Effect": "Allow", "Action": COUNTING, "Resource": "<AttemptsTable.Arn>"}


def test_who_does_not_count_has_no_table():
    stack = everything(CountAttempts="OFF")
    assert not [one for name in FUNCTIONS for one in actions(stack, name) if "dynamodb:" in one]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_without_a_key_of_its_own_nobody_uses_one(name):
    assert not [action for action in actions(Stack(), name) if action.startswith("kms:")]


def of_the_key(stack, name):
    return [one for one in statements(stack, name) if "kms:" in str(one["Action"])]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_may_have_its_variables_decrypted(name):
    assert of_the_key(everything(), name)[0] == {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": KEY}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_only_who_counts_uses_the_key_further_and_through_the_table_alone(name):
    further = of_the_key(everything(), name)[1:]
    counts = name in ("CreateAuthChallenge", "VerifyAuthChallengeResponse")
    assert len(further) == counts
    for statement in further:
        assert statement["Resource"] == KEY
        assert statement["Condition"] == {"StringEquals": {"kms:ViaService": "dynamodb.eu-central-1.amazonaws.com"}}
    assert len(of_the_key(everything(CountAttempts="OFF"), name)) == 1


def sending(stack):
    (statement,) = [one for one in statements(stack, "CreateAuthChallenge") if "ses:" in str(one["Action"])]
    return statement


def test_create_sends_from_one_address():
    statement = sending(Stack())
    assert statement["Action"] == "ses:SendEmail"
    assert statement["Resource"] == [f"{IDENTITY}/login@example.com"]
    assert statement["Condition"] == {"StringEquals": {"ses:FromAddress": "login@example.com"}}


def test_a_verified_domain_still_sends_from_one_address():
    statement = sending(Stack(SesIdentity="example.com"))
    assert statement["Resource"] == [f"{IDENTITY}/login@example.com", f"{IDENTITY}/example.com"]
    assert statement["Condition"] == {"StringEquals": {"ses:FromAddress": "login@example.com"}}


def test_what_else_ses_asks_about_is_allowed_when_named():
    assert sending(Stack(SesConfigurationSet="set", SandboxRecipient="me@example.org"))["Resource"] == [
        f"{IDENTITY}/login@example.com",
        "arn:aws:ses:eu-central-1:123456789012:configuration-set/set",
        f"{IDENTITY}/me@example.org",
    ]


@pytest.mark.parametrize(
    ("parameters", "pool"),
    [
        ({}, "<UserPool.Arn>"),
        (
            {"CreateUserPool": "false", "ExistingUserPoolId": "eu-central-1_AbCdEfGhI"},
            "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI",
        ),
    ],
)
def test_one_pool_of_this_account_may_call_the_functions(parameters, pool):
    assert Stack(**parameters).of_type("AWS::Lambda::Permission") == {
        f"{name}Permission": {
            "FunctionName": f"<{name}Function>",
            "Action": "lambda:InvokeFunction",
            "Principal": "cognito-idp.amazonaws.com",
            "SourceAccount": "123456789012",
            "SourceArn": pool,
        }
        for name in FUNCTIONS
    }


def test_nothing_can_be_called_from_the_network():
    kinds = {one["Type"] for one in everything().resources.values()}
    assert kinds == {
        "AWS::CloudWatch::Alarm",
        "AWS::Cognito::UserPool",
        "AWS::Cognito::UserPoolClient",
        "AWS::DynamoDB::Table",
        "AWS::IAM::Role",
        "AWS::Lambda::Function",
        "AWS::Lambda::Permission",
        "AWS::Logs::LogGroup",
        "AWS::Logs::MetricFilter",
    }
