"""boto3 and pycognito, unchanged: second factors by e-mail, passwords, attributes, and the end of an account."""

import json

import pytest
from pycognito import Cognito
from pycognito.aws_srp import AWSSRP

from local_pool import (
    CLIENT,
    CODE_WRONG,
    INCORRECT,
    LOCAL_POOL,
    MFA_PICK_CLIENT,
    MFA_PICK_POOL,
    NAMED_CLIENT,
    NAMED_POOL,
    PASSWORD,
    SESSION_USED,
    another_code,
    refused,
)

NEW = "Another-1!"
RESET_CODE_WRONG = ("CodeMismatchException", "Invalid verification code provided, please try again.")


def sign_in(client, name, password=PASSWORD, pool_id=LOCAL_POOL, client_id=CLIENT):
    """USER_SRP_AUTH: the reply to the password's proof."""
    return AWSSRP(name, password, pool_id, client_id, client=client).authenticate_user()


def respond(client, reply, answers, client_id=CLIENT):
    return client.respond_to_auth_challenge(
        ClientId=client_id,
        ChallengeName=reply["ChallengeName"],
        Session=reply["Session"],
        ChallengeResponses={"USERNAME": reply["ChallengeParameters"]["USER_ID_FOR_SRP"]} | answers,
    )


def prove(client, name):
    """The same in the pool that needs a name, where pycognito gives up on NEW_PASSWORD_REQUIRED."""
    proof = AWSSRP(name, PASSWORD, NAMED_POOL, NAMED_CLIENT, client=client)
    parameters = proof.get_auth_params()
    reply = client.initiate_auth(AuthFlow="USER_SRP_AUTH", ClientId=NAMED_CLIENT, AuthParameters=parameters)
    answers = proof.process_challenge(reply["ChallengeParameters"], parameters)
    return client.respond_to_auth_challenge(
        ClientId=NAMED_CLIENT, ChallengeName="PASSWORD_VERIFIER", ChallengeResponses=answers
    )


def cognito(pool, username, pool_id=LOCAL_POOL, client_id=CLIENT):
    return Cognito(pool_id, client_id, username=username, boto3_client_kwargs={"endpoint_url": pool.url})


def signed_in(pool, username, password=PASSWORD):
    user = cognito(pool, username)
    user.authenticate(password)
    return user


def test_a_code_by_e_mail_as_second_factor(pool):
    client = pool.boto3()
    reply = sign_in(client, "email-otp@example.com")
    assert reply["ChallengeName"] == "EMAIL_OTP"
    parameters = reply["ChallengeParameters"]
    assert parameters["CODE_DELIVERY_DELIVERY_MEDIUM"] == "EMAIL"
    assert parameters["CODE_DELIVERY_DESTINATION"] == "e***@e***"
    code = pool.mailed_code("email-otp@example.com")
    with refused(CODE_WRONG):
        respond(client, reply, {"EMAIL_OTP_CODE": another_code(code)})
    access_token = respond(client, reply, {"EMAIL_OTP_CODE": code})["AuthenticationResult"]["AccessToken"]
    with refused(SESSION_USED):
        respond(client, reply, {"EMAIL_OTP_CODE": code})
    told = client.get_user(AccessToken=access_token)
    assert (told["UserMFASettingList"], told["PreferredMfaSetting"]) == (["EMAIL_OTP"], "EMAIL_OTP")


@pytest.mark.parametrize("factor", ["SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP"])
def test_a_choice_of_second_factors(pool, factor):
    client = pool.boto3()
    seeded = pool.seeded("choose@example.com")
    reply = sign_in(client, seeded["email"])
    assert reply["ChallengeName"] == "SELECT_MFA_TYPE"
    assert factor in json.loads(reply["ChallengeParameters"]["MFAS_CAN_CHOOSE"])
    with refused("InvalidParameterException"):
        respond(client, reply, {"ANSWER": "SMS_OTP"})
    chosen = respond(client, reply, {"ANSWER": factor})
    assert chosen["ChallengeName"] == factor
    code = {
        "SOFTWARE_TOKEN_MFA": lambda: pool.totp(seeded["totpSecret"]),
        "SMS_MFA": lambda: pool.mailed_code(seeded["phoneNumber"]),
        "EMAIL_OTP": lambda: pool.mailed_code(seeded["email"]),
    }[factor]()
    assert "AuthenticationResult" in respond(client, chosen, {f"{factor}_CODE": code})


def test_mfa_setup_by_e_mail(pool):
    client = pool.boto3()
    name = "mfa-pick@example.com"
    reply = sign_in(client, name, pool_id=MFA_PICK_POOL, client_id=MFA_PICK_CLIENT)
    assert reply["ChallengeName"] == "MFA_SETUP"
    assert json.loads(reply["ChallengeParameters"]["MFAS_CAN_SETUP"]) == ["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"]
    sent = respond(client, reply, {"EMAIL": name}, MFA_PICK_CLIENT)
    assert sent["ChallengeName"] == "EMAIL_OTP"
    done = respond(client, sent, {"EMAIL_OTP_CODE": pool.mailed_code(name)}, MFA_PICK_CLIENT)
    told = client.get_user(AccessToken=done["AuthenticationResult"]["AccessToken"])
    assert told["UserMFASettingList"] == ["EMAIL_OTP"]


def test_a_temporary_password_is_replaced_and_a_missing_name_given(pool):
    name = "new-password@example.com"
    # pycognito has no way to give the name.
    with refused(("InvalidParameterException", "Invalid attributes given, name is missing")):
        cognito(pool, name, NAMED_POOL, NAMED_CLIENT).new_password_challenge(PASSWORD, NEW)
    client = pool.boto3()
    reply = prove(client, name)
    assert json.loads(reply["ChallengeParameters"]["requiredAttributes"]) == ["userAttributes.name"]
    answers = {"NEW_PASSWORD": NEW, "userAttributes.name": "Jane"}
    assert "AuthenticationResult" in respond(client, reply, answers, NAMED_CLIENT)
    again = sign_in(client, name, NEW, NAMED_POOL, NAMED_CLIENT)
    assert "AuthenticationResult" in again


def test_a_forgotten_password(pool):
    user = cognito(pool, "srp@example.com")
    user.initiate_forgot_password()
    code = pool.mailed_code("srp@example.com")
    with refused(RESET_CODE_WRONG):
        user.confirm_forgot_password(another_code(code), NEW)
    user.confirm_forgot_password(code, NEW)
    with refused(INCORRECT):
        signed_in(pool, "srp@example.com")
    signed_in(pool, "srp@example.com", NEW)


def test_strangers_get_a_delivery_that_never_happens(pool):
    client = pool.boto3()
    details = client.forgot_password(ClientId=CLIENT, Username="nobody@example.com")["CodeDeliveryDetails"]
    assert details == {"Destination": "n***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
    assert pool.inbox("nobody@example.com") == []
    with refused(RESET_CODE_WRONG):
        client.confirm_forgot_password(
            ClientId=CLIENT, Username="nobody@example.com", ConfirmationCode="123456", Password=NEW
        )


def test_a_password_that_must_be_reset(pool):
    name = "reset-required@example.com"
    with refused(("PasswordResetRequiredException", "Password reset required for the user")):
        signed_in(pool, name)
    user = cognito(pool, name)
    user.initiate_forgot_password()
    user.confirm_forgot_password(pool.mailed_code(name), NEW)
    signed_in(pool, name, NEW)


def test_who_is_signed_in_changes_password_and_attributes_and_leaves(pool):
    user = signed_in(pool, "srp@example.com")
    with refused(INCORRECT):
        user.change_password("Wrong-pass-1!", NEW)
    user.change_password(PASSWORD, NEW)
    user.update_profile({"nickname": "Bob", "phone_number": "+15550100144"})
    code = pool.mailed_code("+15550100144")
    with refused(RESET_CODE_WRONG):
        user.validate_verification(another_code(code), "phone_number")
    user.validate_verification(code, "phone_number")
    user.send_verification("phone_number")
    assert pool.inbox("+15550100144")[0]["kind"] == "VERIFY_USER_ATTRIBUTE"
    told = {one["Name"]: one["Value"] for one in user.client.get_user(AccessToken=user.access_token)["UserAttributes"]}
    assert (told["nickname"], told["phone_number_verified"]) == ("Bob", "true")
    with refused("InvalidParameterException"):
        user.client.delete_user_attributes(AccessToken=user.access_token, UserAttributeNames=["email"])
    user.delete_user()
    with refused(INCORRECT):
        signed_in(pool, "srp@example.com", NEW)
