"""Codes by mail after the password, as CUSTOM_AUTH by boto3 has them, and the sessions between the steps."""

import json

from boto3_steps import EMAIL_CODE, answer_code, answer_totp, begin_custom, enrol, respond, sign_in, tokens
from local_pool import (
    CLIENT,
    CODE_WRONG,
    INCORRECT,
    LEGACY_CLIENT,
    SESSION_EXPIRED,
    SESSION_INVALID,
    SESSION_USED,
    another_code,
    refused,
)


def test_email_code_wrong_then_right(pool):
    client = pool.boto3()
    reply = begin_custom(client, EMAIL_CODE)
    parameters = reply["ChallengeParameters"]
    assert (parameters["type"], parameters["codeLength"]) == ("EMAIL_CODE", "6")
    code = pool.mailed_code(EMAIL_CODE)
    assert code not in json.dumps(parameters)
    again = answer_code(client, reply, another_code(code))
    assert again["ChallengeName"] == "CUSTOM_CHALLENGE" and again["Session"] != reply["Session"]
    assert len(pool.inbox(EMAIL_CODE)) == 1
    with refused(SESSION_USED):
        answer_code(client, reply, code)
    result = tokens(answer_code(client, again, code))
    client.get_user(AccessToken=result["AccessToken"])
    with refused(SESSION_USED):
        answer_code(client, again, code)


def test_email_code_three_times_wrong(pool):
    client = pool.boto3()
    reply = begin_custom(client, EMAIL_CODE)
    code = pool.mailed_code(EMAIL_CODE)
    for _ in range(2):
        reply = answer_code(client, reply, another_code(code))
    with refused("NotAuthorizedException"):
        answer_code(client, reply, another_code(code))
    with refused(SESSION_USED):
        answer_code(client, reply, code)


def test_email_code_of_another_sign_in(pool):
    client = pool.boto3()
    older = begin_custom(client, EMAIL_CODE)
    old_code = new_code = pool.mailed_code(EMAIL_CODE)
    while new_code == old_code:
        newer = begin_custom(client, EMAIL_CODE)
        new_code = pool.mailed_code(EMAIL_CODE)
    newer = answer_code(client, newer, old_code)
    assert newer["ChallengeName"] == answer_code(client, older, new_code)["ChallengeName"] == "CUSTOM_CHALLENGE"
    tokens(answer_code(client, newer, new_code))


def test_email_code_needs_the_password_first(pool):
    client = pool.boto3()
    for name in [EMAIL_CODE, "nobody@example.com"]:
        with refused(INCORRECT):
            begin_custom(client, name, "Wrong-pass-1!")
        with refused("NotAuthorizedException"):
            client.initiate_auth(AuthFlow="CUSTOM_AUTH", ClientId=CLIENT, AuthParameters={"USERNAME": name})
        assert pool.inbox(name) == []


def test_email_code_in_japanese(pool):
    begin_custom(pool.boto3(), "email-code-ja@example.com")
    pool.mailed_code("email-code-ja@example.com")
    mail = pool.inbox("email-code-ja@example.com")[0]
    assert any("\u3040" <= char <= "\u30ff" for char in mail["subject"] + mail["body"])


def test_password_then_authenticator_app_then_email_code(pool):
    client = pool.boto3()
    name = pool.confirmed()
    secret = enrol(pool, client, tokens(sign_in(client, name))["AccessToken"])
    mails = len(pool.inbox(name))
    reply = begin_custom(client, name)
    assert reply["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    # Not yet: nobody has shown the app.
    assert len(pool.inbox(name)) == mails
    with refused(CODE_WRONG):
        answer_totp(client, reply, pool.wrong_totp(secret))
    reply = answer_totp(client, reply, pool.totp(secret))
    assert reply["ChallengeName"] == "CUSTOM_CHALLENGE"
    tokens(answer_code(client, reply, pool.mailed_code(name)))


def test_sessions_that_are_not_this_sign_ins(pool):
    client = pool.boto3()
    mine, theirs = begin_custom(client, EMAIL_CODE), begin_custom(client, "email-code-ja@example.com")
    code = pool.mailed_code(EMAIL_CODE)
    session = mine["Session"]
    changed = session[:20] + ("B" if session[20] == "A" else "A") + session[21:]
    for other in ["x" * len(session), changed, session + "A", theirs["Session"]]:
        with refused(SESSION_INVALID):
            answer_code(client, mine, code, other)
    with refused("InvalidParameterException"):
        client.respond_to_auth_challenge(
            ClientId=CLIENT,
            ChallengeName="CUSTOM_CHALLENGE",
            ChallengeResponses={"USERNAME": EMAIL_CODE, "ANSWER": code},
        )
    # A session waits for one challenge and belongs to one client.
    for challenge, answers in [
        ("SOFTWARE_TOKEN_MFA", {"SOFTWARE_TOKEN_MFA_CODE": "123456"}),
        ("MFA_SETUP", {}),
        ("SMS_MFA", {"SMS_MFA_CODE": "123456"}),
        ("EMAIL_OTP", {"EMAIL_OTP_CODE": code}),
        ("NEW_PASSWORD_REQUIRED", {"NEW_PASSWORD": "Another-1!"}),
    ]:
        with refused(SESSION_INVALID):
            respond(client, challenge, session, {"USERNAME": EMAIL_CODE} | answers)
    with refused(SESSION_INVALID):
        respond(client, "CUSTOM_CHALLENGE", session, {"USERNAME": EMAIL_CODE, "ANSWER": code}, LEGACY_CLIENT)
    with refused(SESSION_INVALID):
        client.associate_software_token(Session=session)
    tokens(answer_code(client, mine, code))


def test_sessions_age(pool):
    client = pool.boto3()
    reply = begin_custom(client, EMAIL_CODE)
    code = pool.mailed_code(EMAIL_CODE)
    # Each answer brings a session with its own three minutes.
    pool.advance(150)
    reply = answer_code(client, reply, another_code(code))
    pool.advance(150)
    reply = answer_code(client, reply, another_code(code))
    pool.advance(181)
    with refused(SESSION_EXPIRED):
        answer_code(client, reply, code)
