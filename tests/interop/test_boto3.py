"""boto3 against the local pool, with pycognito's SRP where a password is proved: what pycognito itself has no method for."""

import base64
import json

import boto3
import jwt
import pytest
import requests
from botocore.exceptions import ParamValidationError
from pycognito.aws_srp import N_HEX

from boto3_steps import (
    EMAIL_CODE,
    answer_totp,
    begin_custom,
    begin_srp,
    enrol,
    refresh,
    respond,
    send_proof,
    sign_in,
    srp,
    tokens,
)
from local_pool import (
    CLIENT,
    CODE_WRONG,
    INCORRECT,
    LEGACY_CLIENT,
    LOCAL_POOL,
    MFA_ON_CLIENT,
    MFA_ON_POOL,
    PASSWORD,
    SESSION_USED,
    TOTP_USED,
    another_code,
    flip_bit,
    refused,
    someone,
)


def test_the_endpoint_from_the_environment(pool, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", pool.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "dummy")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "dummy")
    client = boto3.client("cognito-idp", region_name="us-east-1")
    access_token = tokens(sign_in(client, "srp@example.com"))["AccessToken"]
    attributes = {one["Name"]: one["Value"] for one in client.get_user(AccessToken=access_token)["UserAttributes"]}
    assert attributes["email"] == "srp@example.com"


def test_the_signatures_of_both_tokens(pool):
    result = tokens(sign_in(pool.boto3(), "srp@example.com"))
    assert (result["TokenType"], result["ExpiresIn"]) == ("Bearer", 3600)
    issuer = f"{pool.url}/{LOCAL_POOL}"
    # As a resource server would find them.
    found = requests.get(f"{issuer}/.well-known/openid-configuration", timeout=10).json()
    assert found["issuer"] == issuer
    keys = jwt.PyJWKClient(found["jwks_uri"])
    for kind, audience in [("IdToken", CLIENT), ("AccessToken", None)]:
        key = keys.get_signing_key_from_jwt(result[kind])
        claims = jwt.decode(result[kind], key, algorithms=["RS256"], issuer=issuer, audience=audience)
        assert claims["token_use"] == {"IdToken": "id", "AccessToken": "access"}[kind]
        header, payload, signature = result[kind].split(".")
        with pytest.raises(jwt.InvalidSignatureError):
            broken = flip_bit(base64.b64encode(base64.urlsafe_b64decode(signature + "==")))
            jwt.decode(f"{header}.{payload}.{broken.translate(str.maketrans('+/', '-_', '='))}", key, algorithms=["RS256"])


def test_an_unknown_user_is_told_by_the_legacy_client_alone(pool):
    client = pool.boto3()
    for client_id, name, error in [
        (CLIENT, "nobody@example.com", INCORRECT),
        (LEGACY_CLIENT, "nobody@example.com", "UserNotFoundException"),
        (LEGACY_CLIENT, "srp@example.com", INCORRECT),
    ]:
        with refused(error):
            sign_in(client, name, "Wrong-pass-1!", client_id=client_id)


@pytest.mark.parametrize("multiple", [0, 1, 2])
def test_no_proof_is_asked_for_an_a_that_would_need_no_password(pool, multiple):
    a = f"{multiple * int(N_HEX, 16):x}"
    for flow, more in [("USER_SRP_AUTH", {}), ("CUSTOM_AUTH", {"CHALLENGE_NAME": "SRP_A"})]:
        with refused("InvalidParameterException"):
            parameters = {"USERNAME": "srp@example.com", "SRP_A": a} | more
            pool.boto3().initiate_auth(AuthFlow=flow, ClientId=CLIENT, AuthParameters=parameters)


def test_flows_that_the_client_does_not_allow(pool):
    client = pool.boto3()
    for flow in ["USER_PASSWORD_AUTH", "USER_AUTH", "ADMIN_USER_PASSWORD_AUTH"]:
        with refused("InvalidParameterException"):
            parameters = {"USERNAME": "srp@example.com", "PASSWORD": PASSWORD}
            client.initiate_auth(AuthFlow=flow, ClientId=CLIENT, AuthParameters=parameters)


def test_a_proof_counts_once_and_for_its_own_sign_in(pool):
    client = pool.boto3()
    mine, theirs = begin_srp(client, "srp@example.com"), begin_srp(client, EMAIL_CODE)
    with refused(INCORRECT):
        send_proof(client, mine | {"PASSWORD_CLAIM_SECRET_BLOCK": theirs["PASSWORD_CLAIM_SECRET_BLOCK"]})
    tokens(send_proof(client, mine))
    with refused(INCORRECT):
        send_proof(client, mine)
    with refused(INCORRECT):
        send_proof(client, begin_srp(client, "srp@example.com", LEGACY_CLIENT))


def test_a_challenge_that_waited_too_long(pool):
    client = pool.boto3()
    answers = begin_srp(client, "srp@example.com")
    pool.advance(200)
    with refused("NotAuthorizedException"):
        send_proof(client, answers)


def test_a_password_of_custom_auth_cannot_be_taken_for_the_whole_sign_in(pool):
    """The proof without its session would turn CUSTOM_AUTH into USER_SRP_AUTH, or forget who is signing in."""
    client = pool.boto3()
    proof = srp(client, EMAIL_CODE)
    parameters = proof.get_auth_params() | {"CHALLENGE_NAME": "SRP_A"}
    reply = client.initiate_auth(AuthFlow="CUSTOM_AUTH", ClientId=CLIENT, AuthParameters=parameters)
    answers = proof.process_challenge(reply["ChallengeParameters"], proof.get_auth_params())
    with refused("InvalidParameterException"):
        send_proof(client, answers)
    assert pool.inbox(EMAIL_CODE) == []


def test_sign_up_refuses(pool):
    client = pool.boto3()

    def sign_up(name, password=PASSWORD, **attributes):
        attributes = [{"Name": name, "Value": value} for name, value in attributes.items()]
        client.sign_up(ClientId=CLIENT, Username=name, Password=password, UserAttributes=attributes)

    for weak in ["Aa1!aaa", "aa1!aaaa", "AA1!AAAA", "Aaa!aaaa", "Aa1aaaaa"]:
        with refused("InvalidPasswordException"):
            sign_up(someone(), weak)
    with refused("InvalidParameterException"):
        sign_up(someone(), " Outer-space-1! ")
    with refused("InvalidParameterException"):
        sign_up("not-an-address")
    with refused("InvalidParameterException"):
        sign_up(someone(), email=someone())
    with refused("NotAuthorizedException"):
        sign_up(someone(), email_verified="true")
    with refused("UsernameExistsException"):
        sign_up("srp@example.com", "Another-1!")
    name = someone()
    sign_up(name)
    code = pool.mailed_code(name)
    pool.advance(24 * 3600 + 1)
    for late in [code, another_code(code)]:
        with refused("ExpiredCodeException"):
            client.confirm_sign_up(ClientId=CLIENT, Username=name, ConfirmationCode=late)


def test_sign_up_codes_cannot_be_guessed_by_trying(pool):
    client = pool.boto3()
    name = someone()
    client.sign_up(ClientId=CLIENT, Username=name, Password=PASSWORD)
    code = pool.mailed_code(name)
    for _ in range(15):
        with refused("CodeMismatchException"):
            client.confirm_sign_up(ClientId=CLIENT, Username=name, ConfirmationCode=another_code(code))
    with refused("LimitExceededException"):
        client.confirm_sign_up(ClientId=CLIENT, Username=name, ConfirmationCode=code)


def test_mfa_setup(pool):
    client = pool.boto3()
    name = "totp-setup@example.com"
    mfa_on = {"pool_id": MFA_ON_POOL, "client_id": MFA_ON_CLIENT}
    reply = sign_in(client, name, **mfa_on)
    assert reply["ChallengeName"] == "MFA_SETUP" and "AuthenticationResult" not in reply
    assert json.loads(reply["ChallengeParameters"]["MFAS_CAN_SETUP"]) == ["SOFTWARE_TOKEN_MFA"]
    username = reply["ChallengeParameters"]["USER_ID_FOR_SRP"]

    def finish(session):
        return respond(client, "MFA_SETUP", session, {"USERNAME": username}, MFA_ON_CLIENT)

    with refused("SoftwareTokenMFANotFoundException"):
        finish(reply["Session"])
    associated = client.associate_software_token(Session=reply["Session"])
    with refused(SESSION_USED):
        client.associate_software_token(Session=reply["Session"])
    with refused("SoftwareTokenMFANotFoundException"):
        finish(associated["Session"])
    secret, session = associated["SecretCode"], associated["Session"]
    with refused("EnableSoftwareTokenMFAException"):
        client.verify_software_token(Session=session, UserCode=pool.wrong_totp(secret))
    code = pool.totp(secret)
    verified = client.verify_software_token(Session=session, UserCode=code, FriendlyDeviceName="a phone")
    assert verified["Status"] == "SUCCESS"
    with refused(SESSION_USED):
        client.verify_software_token(Session=session, UserCode=code)
    with refused(SESSION_USED):
        finish(session)
    result = tokens(finish(verified["Session"]))
    with refused(SESSION_USED):
        finish(verified["Session"])
    assert client.get_user(AccessToken=result["AccessToken"])["UserMFASettingList"] == ["SOFTWARE_TOKEN_MFA"]
    # Required is required.
    with refused("InvalidParameterException"):
        client.set_user_mfa_preference(
            AccessToken=result["AccessToken"], SoftwareTokenMfaSettings={"Enabled": False, "PreferredMfa": False}
        )

    # From here on the app is asked for.
    challenge = send_proof(client, begin_srp(client, name, **mfa_on), MFA_ON_CLIENT)
    assert challenge["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    with refused(TOTP_USED):
        answer_totp(client, challenge, code, MFA_ON_CLIENT)
    pool.next_step()
    tokens(answer_totp(client, challenge, pool.totp(secret), MFA_ON_CLIENT))


def test_an_app_that_was_replaced_shows_wrong_codes(pool):
    client = pool.boto3()
    name = pool.confirmed()
    access_token = tokens(sign_in(client, name))["AccessToken"]
    old = enrol(pool, client, access_token)
    # A new secret alone changes nothing yet.
    client.associate_software_token(AccessToken=access_token)
    answer_totp(client, begin_custom(client, name), pool.totp(old))
    new = enrol(pool, client, access_token)
    reply = begin_custom(client, name)
    with refused(CODE_WRONG):
        answer_totp(client, reply, pool.totp(old))
    answer_totp(client, reply, pool.totp(new))


def test_refresh_both_ways(pool):
    client = pool.boto3()
    first = tokens(sign_in(client, "srp@example.com"))
    pool.advance(3601)
    with refused(("NotAuthorizedException", "Access Token has expired")):
        client.get_user(AccessToken=first["AccessToken"])
    for fresh in [
        tokens(refresh(client, first["RefreshToken"])),
        client.get_tokens_from_refresh_token(RefreshToken=first["RefreshToken"], ClientId=CLIENT)["AuthenticationResult"],
    ]:
        assert "RefreshToken" not in fresh
        assert client.get_user(AccessToken=fresh["AccessToken"])["Username"]
        old, new = (jwt.decode(result["IdToken"], options={"verify_signature": False}) for result in [first, fresh])
        assert {"origin_jti", "auth_time", "sub"} <= {name for name in old if old[name] == new[name]}
        assert old["jti"] != new["jti"] and new["iat"] > old["iat"]
    for wrong in [first["RefreshToken"][:-1], "x" * 100, first["AccessToken"]]:
        with refused("NotAuthorizedException"):
            refresh(client, wrong)
        with refused("NotAuthorizedException"):
            client.get_tokens_from_refresh_token(RefreshToken=wrong, ClientId=CLIENT)
    with refused("NotAuthorizedException"):
        refresh(client, first["RefreshToken"], LEGACY_CLIENT)
    pool.advance(30 * 24 * 3600)
    with refused("NotAuthorizedException"):
        refresh(client, first["RefreshToken"])


def test_revoke_token(pool):
    client = pool.boto3()
    name = pool.confirmed()
    result, other = tokens(sign_in(client, name)), tokens(sign_in(client, name))
    with refused("UnsupportedTokenTypeException"):
        client.revoke_token(Token=result["AccessToken"], ClientId=CLIENT)
    client.revoke_token(Token=result["RefreshToken"], ClientId=CLIENT)
    client.revoke_token(Token=result["RefreshToken"], ClientId=CLIENT)
    with refused(("NotAuthorizedException", "Refresh Token has been revoked")):
        refresh(client, result["RefreshToken"])
    with refused("NotAuthorizedException"):
        client.get_tokens_from_refresh_token(RefreshToken=result["RefreshToken"], ClientId=CLIENT)
    with refused(("NotAuthorizedException", "Access Token has been revoked")):
        client.get_user(AccessToken=result["AccessToken"])
    client.get_user(AccessToken=other["AccessToken"])
    tokens(refresh(client, other["RefreshToken"]))


def test_global_sign_out(pool):
    client = pool.boto3()
    name = pool.confirmed()
    results = [tokens(sign_in(client, name)) for _ in range(2)]
    client.global_sign_out(AccessToken=results[0]["AccessToken"])
    for result in results:
        with refused("NotAuthorizedException"):
            client.get_user(AccessToken=result["AccessToken"])
        with refused("NotAuthorizedException"):
            refresh(client, result["RefreshToken"])
        with refused("NotAuthorizedException"):
            client.associate_software_token(AccessToken=result["AccessToken"])
    tokens(sign_in(client, name))


def test_get_user_refuses_tokens_that_are_not_the_pools_own(pool):
    client = pool.boto3()
    result = tokens(sign_in(client, "srp@example.com"))
    header, payload, signature = result["AccessToken"].split(".")

    def changed(part, **members):
        members = json.loads(base64.urlsafe_b64decode(part + "==")) | members
        return base64.urlsafe_b64encode(json.dumps(members).encode()).decode().rstrip("=")

    claims = jwt.decode(result["AccessToken"], options={"verify_signature": False})
    kid = jwt.get_unverified_header(result["AccessToken"])["kid"]
    keys = requests.get(f"{claims['iss']}/.well-known/jwks.json", timeout=10).json()["keys"]
    modulus = next(key["n"] for key in keys if key["kid"] == kid)
    for forged in [
        f"{header}.{changed(payload, exp=claims['exp'] + 1)}.{signature}",
        f"{header}.{payload}.{signature[:-8]}AAAAAAAA",
        f"{changed(header, alg='none')}.{payload}.",
        f"{header}.{payload}",
        f"{header}.{payload}.",
        # Signed with what everybody knows, as if it were a shared secret.
        jwt.encode(claims, modulus, algorithm="HS256", headers={"kid": kid}),
        result["IdToken"],
        "x",
    ]:
        with refused("NotAuthorizedException"):
            client.get_user(AccessToken=forged)


def test_botos_own_model_fits(pool):
    """What the SDK refuses on its own never reaches a pool; here it lets through what the pool then has to refuse."""
    client = pool.boto3()
    with pytest.raises(ParamValidationError):
        client.initiate_auth(AuthFlow="USER_SRP_AUTH", ClientId=CLIENT, AuthParameters={"USERNAME": 1})
    with refused("InvalidParameterException"):
        client.initiate_auth(AuthFlow="NO_SUCH_FLOW", ClientId=CLIENT)
    with refused("InvalidParameterException"):
        client.initiate_auth(AuthFlow="USER_SRP_AUTH", ClientId=CLIENT, AuthParameters={"USERNAME": "srp@example.com"})
    with refused("InvalidParameterException"):
        respond(client, "CUSTOM_CHALLENGE", "0" * 20, {"USERNAME": "srp@example.com"})
    # An operation that needs AWS credentials.
    with refused("UnknownOperationException"):
        client.list_users(UserPoolId=LOCAL_POOL)
