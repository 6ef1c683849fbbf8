"""pycognito, unchanged, against the local pool. It checks both tokens itself, with PyJWT and the pool's JWKS."""

import re

import pytest
from pycognito import Cognito
from pycognito.exceptions import SMSMFAChallengeException, SoftwareTokenMFAChallengeException, TokenVerificationException

from local_pool import (
    CLIENT,
    CLIENT_SECRET,
    CODE_WRONG,
    INCORRECT,
    LOCAL_POOL,
    LOCKED,
    MFA_ON_CLIENT,
    MFA_ON_POOL,
    PASSWORD,
    SECRET_CLIENT,
    SESSION_INVALID,
    SESSION_USED,
    TOTP_USED,
    another_code,
    flip_bit,
    refused,
    someone,
)


def cognito(pool, username, *, pool_id=LOCAL_POOL, client_id=CLIENT, **more):
    return Cognito(pool_id, client_id, username=username, boto3_client_kwargs={"endpoint_url": pool.url}, **more)


def signed_in(pool, username, password=PASSWORD, **more):
    user = cognito(pool, username, **more)
    user.authenticate(password)
    return user


def tamper(user, what, change):
    """Changes an answer to a challenge before boto3 sends it."""

    def before(params, **_):
        answers = params["ChallengeResponses"]
        params["ChallengeResponses"] = answers | {what: change(answers[what])}
        assert params["ChallengeResponses"] != answers

    user.client.meta.events.register("provide-client-params.cognito-idp.RespondToAuthChallenge", before)


def test_the_right_password(pool):
    user = signed_in(pool, "srp@example.com")
    assert user.token_type == "Bearer"
    assert user.id_claims["email"] == "srp@example.com"
    assert user.id_claims["aud"] == user.access_claims["client_id"] == CLIENT
    assert user.id_claims["sub"] == user.access_claims["username"]
    told = user.get_user()
    assert (told.sub, told.email_verified, told.email) == (user.id_claims["sub"], True, "srp@example.com")


def test_the_keys_of_the_other_pool_do_not_fit(pool):
    user = signed_in(pool, "srp@example.com")
    other = cognito(pool, None, pool_id=MFA_ON_POOL)
    kids = {key["kid"] for key in user.get_keys()["keys"]}
    assert len(kids) == 2 and kids.isdisjoint(key["kid"] for key in other.get_keys()["keys"])
    # PyJWT has to find a signature of its own wrong.
    header, payload, signature = user.access_token.split(".")
    changed = ".".join([header, payload, signature[:-8] + ("AAAAAAAA" if signature[-8:] != "AAAAAAAA" else "BBBBBBBB")])
    with pytest.raises(TokenVerificationException):
        user.verify_token(changed, "access_token", "access")


def test_a_wrong_password_and_an_unknown_user_get_the_same_error(pool):
    for name in ["srp@example.com", "nobody@example.com"]:
        with refused(INCORRECT):
            cognito(pool, name).authenticate("Wrong-pass-1!")


def test_a_password_is_taken_as_it_is(pool):
    name = pool.confirmed("Their-own-2?")
    for wrong in ["their-own-2?", "Their-own-2? ", " Their-own-2?", PASSWORD]:
        with refused(INCORRECT):
            cognito(pool, name).authenticate(wrong)
    signed_in(pool, name, "Their-own-2?")


@pytest.mark.parametrize(
    "password",
    [
        "with a space A1!",
        "Aa1:colon:colon",
        "パスワードAa1!",
        "Aa1!\U0001f511\U0001f469\u200d\U0001f467",
        "Aa1!" + "日" * 252,
        "Cafe\u0301-Aa1!",
    ],
)
def test_passwords_of_every_kind(pool, password):
    signed_in(pool, pool.confirmed(password), password)


def test_two_passwords_that_look_the_same_are_not(pool):
    name = pool.confirmed("Cafe\u0301-Aa1!")
    with refused(INCORRECT):
        cognito(pool, name).authenticate("Caf\u00e9-Aa1!")


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("PASSWORD_CLAIM_SIGNATURE", flip_bit),
        ("PASSWORD_CLAIM_SIGNATURE", lambda text: "A" * 43 + "="),
        ("PASSWORD_CLAIM_SIGNATURE", lambda text: "not base64"),
        ("PASSWORD_CLAIM_SECRET_BLOCK", flip_bit),
        ("PASSWORD_CLAIM_SECRET_BLOCK", lambda text: "AAAA"),
        ("TIMESTAMP", lambda text: text.replace(" UTC", " GMT")),
        ("TIMESTAMP", lambda text: re.sub(r"(\d) UTC", lambda digit: f"{(int(digit[1]) + 1) % 10} UTC", text)),
        ("TIMESTAMP", lambda text: "Wed Sep 09 09:05:03 UTC 2026"),
        ("USERNAME", lambda text: "email-code@example.com"),
        ("USERNAME", lambda text: "nobody@example.com"),
    ],
)
def test_a_changed_answer_is_refused(pool, what, change):
    user = cognito(pool, "srp@example.com")
    tamper(user, what, change)
    with refused(INCORRECT):
        user.authenticate(PASSWORD)


def test_a_timestamp_that_is_none_is_an_invalid_parameter(pool):
    user = cognito(pool, "srp@example.com")
    tamper(user, "TIMESTAMP", lambda text: "2026-09-09T09:05:03Z")
    with refused("InvalidParameterException"):
        user.authenticate(PASSWORD)


def test_the_pools_clock_may_differ_by_a_minute_but_not_by_ten(pool):
    pool.advance(60)
    signed_in(pool, "srp@example.com")
    pool.advance(540)
    with refused(INCORRECT):
        cognito(pool, "srp@example.com").authenticate(PASSWORD)


def test_wrong_passwords_lock_the_user_for_longer_and_longer(pool):
    name = pool.confirmed()
    for lock in [0, 0, 0, 0, 1, 2, 4, 8, 16]:
        with refused(INCORRECT):
            cognito(pool, name).authenticate("Wrong-pass-1!")
        pool.advance(lock + 1 if lock < 16 else 0)
    with refused(LOCKED):
        cognito(pool, name).authenticate(PASSWORD)
    signed_in(pool, "srp@example.com")
    pool.advance(17)
    signed_in(pool, name)


def test_who_has_not_confirmed_or_is_disabled_is_told_so_after_the_right_password_only(pool):
    for name, error in [
        ("unconfirmed@example.com", "UserNotConfirmedException"),
        ("disabled@example.com", ("NotAuthorizedException", "User is disabled.")),
    ]:
        with refused(error):
            cognito(pool, name).authenticate(PASSWORD)
        with refused(INCORRECT):
            cognito(pool, name).authenticate("Wrong-pass-1!")


def test_sign_up(pool):
    name = someone()
    user = cognito(pool, name)
    user.set_base_attributes(email=name, nickname="ニック")
    told = user.register(name, PASSWORD)
    assert told["UserConfirmed"] is False
    assert told["CodeDeliveryDetails"]["DeliveryMedium"] == "EMAIL"
    with refused("UserNotConfirmedException"):
        user.authenticate(PASSWORD)
    first = pool.mailed_code(name)
    with refused("CodeMismatchException"):
        user.confirm_sign_up(another_code(first))
    user.resend_confirmation_code(name)
    user.confirm_sign_up(pool.mailed_code(name))
    user.authenticate(PASSWORD)
    assert user.id_claims["nickname"] == "ニック"
    with refused("UsernameExistsException"):
        cognito(pool, name).register(name, PASSWORD)


def test_refresh_and_signing_out_everywhere(pool):
    name = pool.confirmed()
    user, other = signed_in(pool, name), signed_in(pool, name)
    before = user.access_claims
    refresh_token = user.refresh_token
    user.renew_access_token()
    assert user.access_claims["jti"] != before["jti"]
    assert user.access_claims["origin_jti"] == before["origin_jti"]
    assert user.refresh_token == refresh_token
    user.get_user()

    user.logout()
    for ended in [other, cognito(pool, name, refresh_token=refresh_token)]:
        with refused("NotAuthorizedException"):
            ended.renew_access_token()
    with refused(("NotAuthorizedException", "Access Token has been revoked")):
        other.get_user()
    signed_in(pool, name)


def test_authenticator_app(pool):
    name = pool.confirmed()
    user = signed_in(pool, name)
    secret = user.associate_software_token()
    with refused(("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA")):
        user.verify_software_token(pool.wrong_totp(secret))
    used_in_setup = pool.totp(secret)
    assert user.verify_software_token(used_in_setup, "a phone")
    user.set_user_mfa_preference(sms_mfa=False, software_token_mfa=True, preferred="SOFTWARE_TOKEN")

    with pytest.raises(SoftwareTokenMFAChallengeException) as challenge:
        user.authenticate(PASSWORD)
    assert challenge.value.get_tokens()["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"] == "a phone"
    with refused(TOTP_USED):
        user.respond_to_software_token_mfa_challenge(used_in_setup)
    with refused(CODE_WRONG):
        user.respond_to_software_token_mfa_challenge(pool.wrong_totp(secret))
    with refused(SESSION_INVALID):
        user.respond_to_software_token_mfa_challenge(pool.totp(secret, 1), {"Session": "x" * 64})
    pool.next_step()
    code = pool.totp(secret)
    user.respond_to_software_token_mfa_challenge(code)
    assert user.access_claims["token_use"] == "access"
    with refused(SESSION_USED):
        user.respond_to_software_token_mfa_challenge(pool.totp(secret, 1))

    with pytest.raises(SoftwareTokenMFAChallengeException):
        user.authenticate(PASSWORD)
    with refused(TOTP_USED):
        user.respond_to_software_token_mfa_challenge(code)
    pool.next_step()
    user.respond_to_software_token_mfa_challenge(pool.totp(secret))

    user.set_user_mfa_preference(sms_mfa=False, software_token_mfa=False)
    signed_in(pool, name)


def test_code_by_text_message(pool):
    seeded = pool.seeded("sms@example.com")
    user = cognito(pool, seeded["email"])
    with pytest.raises(SMSMFAChallengeException) as challenge:
        user.authenticate(PASSWORD)
    parameters = challenge.value.get_tokens()["ChallengeParameters"]
    assert parameters["CODE_DELIVERY_DELIVERY_MEDIUM"] == "SMS"
    assert parameters["CODE_DELIVERY_DESTINATION"] == "+*******" + seeded["phoneNumber"][-4:]
    code = pool.mailed_code(seeded["phoneNumber"])
    with refused(CODE_WRONG):
        user.respond_to_sms_mfa_challenge(another_code(code))
    user.respond_to_sms_mfa_challenge(code)
    assert user.id_claims["phone_number"] == seeded["phoneNumber"]
    with refused(SESSION_USED):
        user.respond_to_sms_mfa_challenge(code)
    user.set_user_mfa_preference(sms_mfa=False, software_token_mfa=False)
    signed_in(pool, seeded["email"])


def test_no_code_by_text_message_without_a_way_to_send_it(pool):
    user = signed_in(pool, "srp@example.com")
    with refused("InvalidParameterException"):
        user.set_user_mfa_preference(sms_mfa=True, software_token_mfa=False, preferred="SMS")


def test_authenticator_app_a_step_slow_or_fast(pool):
    secret = pool.seeded("totp@example.com")["totpSecret"]

    def answer(code):
        user = cognito(pool, "totp@example.com")
        with pytest.raises(SoftwareTokenMFAChallengeException):
            user.authenticate(PASSWORD)
        user.respond_to_software_token_mfa_challenge(code)

    pool.next_step()
    answer(pool.totp(secret, -1))
    answer(pool.totp(secret, 1))
    # Older than the last one that was taken.
    with refused(TOTP_USED):
        answer(pool.totp(secret))
    pool.next_step()
    for steps in [-2, 3]:
        with refused(CODE_WRONG):
            answer(pool.totp(secret, steps))


def test_wrong_codes_lock_the_user_whichever_session_they_come_in(pool):
    secret = pool.seeded("totp@example.com")["totpSecret"]
    sessions = []
    for _ in range(2):
        user = cognito(pool, "totp@example.com")
        with pytest.raises(SoftwareTokenMFAChallengeException):
            user.authenticate(PASSWORD)
        sessions.append(user)
    for turn, lock in enumerate([0, 0, 0, 0, 1, 2, 4, 8, 16]):
        with refused(CODE_WRONG):
            sessions[turn % 2].respond_to_software_token_mfa_challenge(pool.wrong_totp(secret))
        pool.advance(lock + 1 if lock < 16 else 0)
    for user in sessions:
        with refused(LOCKED):
            user.respond_to_software_token_mfa_challenge(pool.totp(secret))
    pool.advance(17)
    sessions[1].respond_to_software_token_mfa_challenge(pool.totp(secret))


def test_a_client_with_a_secret(pool):
    secret = {"client_id": SECRET_CLIENT, "client_secret": CLIENT_SECRET}
    user = signed_in(pool, "srp@example.com", **secret)
    # The service makes this hash with the real username, pycognito with the one it was given.
    with refused("NotAuthorizedException"):
        user.renew_access_token()
    user.username = user.id_claims["cognito:username"]
    user.renew_access_token()

    name = someone()
    user = cognito(pool, name, **secret)
    user.register(name, PASSWORD)
    user.confirm_sign_up(pool.mailed_code(name))
    user.authenticate(PASSWORD)

    for wrong in [{"client_id": SECRET_CLIENT}, secret | {"client_secret": "x" * 51}, {"client_secret": CLIENT_SECRET}]:
        with refused("NotAuthorizedException"):
            cognito(pool, "srp@example.com", **wrong).authenticate(PASSWORD)


def test_pools_are_apart(pool):
    with refused(INCORRECT):
        cognito(pool, "srp@example.com", pool_id=MFA_ON_POOL, client_id=MFA_ON_CLIENT).authenticate(PASSWORD)
    with refused(INCORRECT):
        cognito(pool, "srp@example.com", pool_id=MFA_ON_POOL).authenticate(PASSWORD)
    with refused("ResourceNotFoundException"):
        cognito(pool, "srp@example.com", client_id="noclient").authenticate(PASSWORD)
    user = signed_in(pool, "srp@example.com")
    with refused("NotAuthorizedException"):
        cognito(pool, None, client_id=MFA_ON_CLIENT, refresh_token=user.refresh_token).renew_access_token()
