"""The steps of a sign-in by boto3, with pycognito's SRP where a password is proved."""

from pycognito.aws_srp import AWSSRP

from local_pool import CLIENT, LOCAL_POOL, PASSWORD

EMAIL_CODE = "email-code@example.com"


def srp(client, name, password=PASSWORD, pool_id=LOCAL_POOL, client_id=CLIENT):
    return AWSSRP(name, password, pool_id, client_id, client=client)


def sign_in(client, name, password=PASSWORD, **more):
    """USER_SRP_AUTH: the reply to the password's proof."""
    return srp(client, name, password, **more).authenticate_user()


def tokens(reply):
    assert "ChallengeName" not in reply, reply["ChallengeName"]
    return reply["AuthenticationResult"]


def begin_srp(client, name, client_id=CLIENT, pool_id=LOCAL_POOL):
    """USER_SRP_AUTH up to the answers that prove the password."""
    proof = srp(client, name, pool_id=pool_id, client_id=client_id)
    parameters = proof.get_auth_params()
    reply = client.initiate_auth(AuthFlow="USER_SRP_AUTH", ClientId=client_id, AuthParameters=parameters)
    assert reply["ChallengeName"] == "PASSWORD_VERIFIER" and "Session" not in reply
    return proof.process_challenge(reply["ChallengeParameters"], parameters)


def send_proof(client, answers, client_id=CLIENT):
    return client.respond_to_auth_challenge(ClientId=client_id, ChallengeName="PASSWORD_VERIFIER", ChallengeResponses=answers)


def begin_custom(client, name, password=PASSWORD):
    """CUSTOM_AUTH with the password first: the reply to its proof."""
    proof = srp(client, name, password)
    first = client.initiate_auth(
        AuthFlow="CUSTOM_AUTH", ClientId=CLIENT, AuthParameters=proof.get_auth_params() | {"CHALLENGE_NAME": "SRP_A"}
    )
    assert first["ChallengeName"] == "PASSWORD_VERIFIER"
    answers = proof.process_challenge(first["ChallengeParameters"], proof.get_auth_params())
    return respond(client, "PASSWORD_VERIFIER", first["Session"], answers)


def respond(client, challenge, session, answers, client_id=CLIENT):
    return client.respond_to_auth_challenge(
        ClientId=client_id, ChallengeName=challenge, Session=session, ChallengeResponses=answers
    )


def answer_code(client, reply, code, session=None):
    answers = {"USERNAME": reply["ChallengeParameters"]["USERNAME"], "ANSWER": code}
    return respond(client, "CUSTOM_CHALLENGE", session or reply["Session"], answers)


def answer_totp(client, reply, code, client_id=CLIENT):
    answers = {"USERNAME": reply["ChallengeParameters"]["USER_ID_FOR_SRP"], "SOFTWARE_TOKEN_MFA_CODE": code}
    return respond(client, "SOFTWARE_TOKEN_MFA", reply["Session"], answers, client_id)


def refresh(client, refresh_token, client_id=CLIENT):
    return client.initiate_auth(
        AuthFlow="REFRESH_TOKEN_AUTH", ClientId=client_id, AuthParameters={"REFRESH_TOKEN": refresh_token}
    )


def enrol(pool, client, access_token):
    """Sets up an authenticator app for somebody who is signed in; the next code is a fresh one."""
    secret = client.associate_software_token(AccessToken=access_token)["SecretCode"]
    verified = client.verify_software_token(AccessToken=access_token, UserCode=pool.totp(secret))
    assert verified["Status"] == "SUCCESS" and "Session" not in verified
    on = {"Enabled": True, "PreferredMfa": True}
    client.set_user_mfa_preference(AccessToken=access_token, SoftwareTokenMfaSettings=on)
    pool.next_step()
    return secret
