"""What keeps the functions running and watched: a key, a share of the account, alarms."""

import re

import pytest

from stack import CRATE, Stack
from test_functions import FUNCTIONS

KEY = "arn:aws:kms:eu-central-1:123456789012:key/12345678-90ab-cdef-1234-567890abcdef"
TOPIC = "arn:aws:sns:eu-central-1:123456789012:alarms"
OF_ATTEMPTS = {"LockOuts": "attempts_locked", "TableFailures": "attempts_unreachable"}


def alarms(**parameters):
    return Stack(**parameters).of_type("AWS::CloudWatch::Alarm")


def test_a_key_encrypts_logs_table_and_variables():
    stack = Stack(KmsKeyArn=KEY)
    assert {one.get("KmsKeyId") for one in stack.of_type("AWS::Logs::LogGroup").values()} == {KEY}
    assert {one.get("KmsKeyArn") for one in stack.of_type("AWS::Lambda::Function").values()} == {KEY}
    table = stack.properties("AttemptsTable")
    assert table["SSESpecification"] == {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": KEY}


def test_without_a_key_the_services_use_their_own():
    stack = Stack()
    assert not [one for one in stack.of_type("AWS::Logs::LogGroup").values() if "KmsKeyId" in one]
    assert not [one for one in stack.of_type("AWS::Lambda::Function").values() if "KmsKeyArn" in one]
    assert "SSESpecification" not in stack.properties("AttemptsTable")


def reserved(**parameters):
    functions = Stack(**parameters).of_type("AWS::Lambda::Function").values()
    return {one.get("ReservedConcurrentExecutions") for one in functions}


def test_nothing_is_reserved_where_nobody_asks_as_a_new_account_has_nothing_to_reserve():
    assert reserved() == {None}


def test_never_is_a_function_left_with_no_call_at_all():
    assert reserved(ReservedConcurrency=0) == {None}


def test_each_function_has_the_share_that_is_asked_for():
    assert reserved(ReservedConcurrency=10) == {"10"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_errors_of_each_function_alarm(name):
    alarm = alarms(ErrorsForAlarm=7)[f"{name}Errors"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/Lambda", "Errors")
    assert alarm["Dimensions"] == [{"Name": "FunctionName", "Value": f"<{name}Function>"}]
    assert alarm["Threshold"] == "7"


def test_every_alarm_adds_up_and_rests_while_nobody_signs_in():
    assert set(alarms()) == {*(f"{name}Errors" for name in FUNCTIONS), *OF_ATTEMPTS}
    for alarm in alarms().values():
        assert (alarm["Statistic"], alarm["Period"], alarm["EvaluationPeriods"]) == ("Sum", 300, 1)
        assert alarm["ComparisonOperator"] == "GreaterThanOrEqualToThreshold"
        assert alarm["TreatMissingData"] == "notBreaching"


@pytest.mark.parametrize(("name", "event"), OF_ATTEMPTS.items())
def test_what_the_log_says_of_attempts_becomes_a_number(name, event):
    stack = Stack()
    alarm = stack.properties(name)
    for function in ["CreateAuthChallenge", "VerifyAuthChallengeResponse"]:
        measured = stack.properties(f"{function}{name}")
        assert measured["LogGroupName"] == f"<{function}Logs>"
        assert measured["FilterPattern"] == f'{{ $.event = "{event}" }}'
        (metric,) = measured["MetricTransformations"]
        assert metric["MetricValue"] == "1"
        assert (metric["MetricNamespace"], metric["MetricName"]) == (alarm["Namespace"], alarm["MetricName"])


def test_the_programs_write_what_the_filters_look_for():
    programs = "".join(file.read_text(encoding="utf-8") for file in (CRATE / "src").rglob("*.rs"))
    missing = [event for event in OF_ATTEMPTS.values() if not re.search(rf'event = "{event}"', programs)]
    assert missing == []


@pytest.mark.parametrize(("name", "parameter"), [("LockOuts", "LockOutsForAlarm"), ("TableFailures", "ErrorsForAlarm")])
def test_how_many_are_too_many_can_be_said(name, parameter):
    assert alarms(**{parameter: 9})[name]["Threshold"] == "9"


def test_alarms_go_to_the_topic_if_there_is_one():
    assert [one["AlarmActions"] for one in alarms(AlarmTopicArn=TOPIC).values()] == [[TOPIC]] * 6
    assert not [one for one in alarms().values() if "AlarmActions" in one]


def test_alarms_can_be_left_out():
    stack = Stack(Alarms="OFF")
    assert not stack.of_type("AWS::CloudWatch::Alarm") and not stack.of_type("AWS::Logs::MetricFilter")


def test_without_a_count_there_are_no_lock_outs_to_alarm():
    stack = Stack(CountAttempts="OFF")
    assert set(stack.of_type("AWS::CloudWatch::Alarm")) == {f"{name}Errors" for name in FUNCTIONS}
    assert not stack.of_type("AWS::Logs::MetricFilter")
