"""What a deployer may say, and whether the README tells the same."""

import re

import pytest

from stack import CRATE, Stack, source

PARAMETERS = source()["Parameters"]


def bounds(name):
    return PARAMETERS[name]["MinValue"], PARAMETERS[name]["MaxValue"]


def bounds_of_the_program(variable):
    settings = (CRATE / "src/settings.rs").read_text(encoding="utf-8")
    found = re.search(rf'"{variable}", \((\d+), (\d+)\)', settings)
    assert found, f"settings.rs reads no {variable}"
    return int(found[1]), int(found[2])


def test_bounds_are_those_of_the_programs_and_the_service():
    code = (CRATE / "src/code.rs").read_text(encoding="utf-8")
    digits = re.search(r"BOUNDS: std::ops::RangeInclusive<u8> = (\d+)\.\.=(\d+);", code)
    assert bounds("CodeLength") == (int(digits[1]), int(digits[2])) == (4, 10)
    assert bounds("MaxAttempts") == bounds_of_the_program("MAX_ATTEMPTS")
    assert bounds("ResendAfterSeconds") == bounds_of_the_program("RESEND_AFTER_SECONDS")
    assert bounds("MailsPerHour") == bounds_of_the_program("MAILS_PER_HOUR")
    assert bounds("MailsPerDay") == bounds_of_the_program("MAILS_PER_DAY")
    assert bounds("PasswordMinimumLength") == (8, 99)
    # A code that outlives a session by far is of no use, nor one that is gone before the mail is there.
    least, most = bounds_of_the_program("CODE_TTL_SECONDS")
    assert least <= 30 and 900 <= most
    assert bounds("SessionMinutes") == (3, 15)


SENDERS = ["login@example.com", "a+b_c.d@mail.example.co.jp", "x@xn--r8jz45g.jp"]
NO_SENDERS = ["", "login", "login@localhost", "Example <login@example.com>", "*@example.com", "a?@example.com", "a@b.c\n"]
ARN = "arn:aws:lambda:eu-central-1:123456789012:layer:templates"
KEY = "arn:aws:kms:eu-central-1:123456789012"
TOPIC = "arn:aws:sns:eu-central-1:123456789012"


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("SenderAddress", SENDERS, [*NO_SENDERS, "${a}@example.com"]),
        ("SenderName", ["", "Example", "Example Login", "=?UTF-8?B?5pel5pys?="], ["A, B", 'A "B"', "A <b>", " A", "A\r\nBcc: b"]),
        ("SesIdentity", ["", "example.com", "login@example.com"], ["*", "*.example.com", "example", "login@", "a/b.com"]),
        ("SesConfigurationSet", ["", "my-set_1"], ["*", "a/b", "a" * 65]),
        ("SandboxRecipient", ["", "me@example.org", "example.org"], ["*", "*@example.org", "me@"]),
        ("ProductName", ["", "例のサイト", "Tom & Jerry's"], ["<b>", "{####}", "two\nlines", "a" * 65]),
        ("CodeTtlSeconds", ["", "30", "99", "100", "180", "899", "900"], ["0", "29", "901", "1000", "060", "3m", " 60"]),
        ("TemplateLayerArn", ["", f"{ARN}:1"], [ARN, f"{ARN}:*", f"{ARN}:1 "]),
        ("KmsKeyArn", ["", f"{KEY}:key/12345678-90ab", f"{KEY}:key/mrk-1"], [f"{KEY}:alias/a", f"{KEY}:key/*", "12345678-90ab"]),
        ("AlarmTopicArn", ["", f"{TOPIC}:alarms"], [f"{TOPIC}:*", f"{TOPIC}:alarms.fifo", "alarms"]),
        ("ExistingUserPoolId", ["", "eu-central-1_AbCdEfGhI", "us-gov-west-1_a1"], ["*", "eu-central-1", "eu-central-1_*", "AbC"]),
        ("PoolName", ["", "cognito-login", "My pool 2"], ["a/b", "two\nlines", "a" * 65]),
    ],
)
def test_patterns_let_in_what_is_meant(name, good, bad):
    # CloudFormation anchors a pattern to the whole value.
    pattern = re.compile(PARAMETERS[name]["AllowedPattern"])
    assert [text for text in good if not pattern.fullmatch(text)] == []
    assert [text for text in bad if pattern.fullmatch(text)] == []


@pytest.mark.parametrize("length", range(4, 11))
@pytest.mark.parametrize("attempts", range(1, 11))
def test_nobody_deploys_better_odds_than_one_in_two_thousand(length, attempts):
    refusals = Stack(CodeLength=length, MaxAttempts=attempts).refusals()
    assert bool(refusals) == (10**length / attempts < 2000)


def test_functions_alone_must_be_told_their_pool():
    assert Stack(CreateUserPool="false").refusals()
    assert not Stack(CreateUserPool="false", ExistingUserPoolId="eu-central-1_AbCdEfGhI").refusals()


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_explains_itself(name):
    parameter = PARAMETERS[name]
    assert parameter["Description"]
    if {"AllowedPattern", "MinValue", "MaxLength"} & parameter.keys():
        assert parameter["ConstraintDescription"]


def test_only_the_senders_address_must_be_given():
    assert [name for name, one in PARAMETERS.items() if "Default" not in one] == ["SenderAddress"]


def test_the_console_shows_every_parameter_in_a_group_and_with_a_label():
    interface = source()["Metadata"]["AWS::CloudFormation::Interface"]
    grouped = [name for group in interface["ParameterGroups"] for name in group["Parameters"]]
    assert sorted(grouped) == sorted(PARAMETERS)
    assert sorted(interface["ParameterLabels"]) == sorted(PARAMETERS)


def test_the_readme_has_every_parameter_with_its_default():
    readme = (CRATE / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", readme, re.MULTILINE)
    told = {name: default.strip().strip("`") for name, default in rows if name in PARAMETERS}
    # The README says for each of these what happens instead.
    words = {"CodeTtlSeconds": "the session's", "SesIdentity": "the address"}
    expected = {name: str(one.get("Default", "required")) or words.get(name, "none") for name, one in PARAMETERS.items()}
    assert told == expected


def test_the_tools_are_the_same_for_tests_and_deployers():
    def pins(file):
        return dict(re.findall(r"^([\w.-]+)==([^\s\\]+)", file.read_text(encoding="utf-8"), re.MULTILINE))

    tests = pins(CRATE / "tests/template/requirements.txt")
    deployers = pins(CRATE / "requirements-deploy.txt")
    shared = tests.keys() & deployers.keys()
    assert "aws-sam-cli" in shared
    assert {name: tests[name] for name in shared} == {name: deployers[name] for name in shared}
