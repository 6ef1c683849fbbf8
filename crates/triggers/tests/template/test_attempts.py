"""The count of wrong codes and mails over sign-ins: the table, and who is told of it."""

import pytest

from stack import Stack
from test_functions import COUNTING, variables

COUNTING_FUNCTIONS = ["CreateAuthChallenge", "VerifyAuthChallengeResponse"]


def table(**parameters):
    (properties,) = Stack(**parameters).of_type("AWS::DynamoDB::Table").values()
    return properties


def test_attempts_are_counted_unless_somebody_says_otherwise():
    assert list(Stack().of_type("AWS::DynamoDB::Table")) == ["AttemptsTable"]
    assert not Stack(CountAttempts="OFF").of_type("AWS::DynamoDB::Table")


def test_a_person_is_known_by_sub_and_forgotten_in_time():
    properties = table()
    assert properties["AttributeDefinitions"] == [{"AttributeName": "sub", "AttributeType": "S"}]
    assert properties["KeySchema"] == [{"AttributeName": "sub", "KeyType": "HASH"}]
    assert properties["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


def test_the_table_is_paid_by_request_and_goes_with_the_stack():
    assert table()["BillingMode"] == "PAY_PER_REQUEST"
    resource = Stack().resources["AttemptsTable"]
    assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("Delete", "Delete")


def test_no_backup_gives_an_attacker_a_new_beginning():
    assert table()["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": False}


@pytest.mark.parametrize("name", COUNTING_FUNCTIONS)
def test_who_counts_is_told_the_table_and_the_limits(name):
    told = variables(Stack(AttemptsUnreachable="ALLOW", MailsPerHour=5, MailsPerDay=10), name)
    assert {key: told[key] for key in COUNTING} == {
        "ATTEMPTS_TABLE": "<AttemptsTable>",
        "ATTEMPTS_UNREACHABLE": "ALLOW",
        "MAILS_PER_HOUR": "5",
        "MAILS_PER_DAY": "10",
    }


@pytest.mark.parametrize("name", COUNTING_FUNCTIONS)
def test_who_does_not_count_is_told_nothing_of_it(name):
    assert not COUNTING.keys() & variables(Stack(CountAttempts="OFF"), name).keys()


@pytest.mark.parametrize(("counts", "memory"), [("ON", 256), ("OFF", 128)])
def test_who_speaks_to_the_table_has_the_processor_for_it(counts, memory):
    assert Stack(CountAttempts=counts).properties("VerifyAuthChallengeResponseFunction")["MemorySize"] == memory
