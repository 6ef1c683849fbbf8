"""Every operation once through boto3, with the service's own model as the judge of requests and answers."""

import pathlib
import re

import pytest
import requests
from pycognito.aws_srp import AWSSRP

import service_model
from local_pool import CLIENT, DEVICE_CLIENT, DEVICE_POOL, LOCAL_POOL, PASSWORD, refused, someone

NEW = "Another-1!"


@pytest.fixture
def calls(pool):
    """A client, somebody who is signed in with it, and what was called."""
    return Calls(pool)


class Calls:
    def __init__(self, pool):
        self.pool = pool
        self.client = pool.boto3()
        self.made = set()
        self.client.meta.events.register("before-call.cognito-identity-provider", self._note)

    def _note(self, model, **_):
        self.made.add(model.name)

    def sign_in(self, name, password=PASSWORD, pool=LOCAL_POOL, client=CLIENT):
        return AWSSRP(name, password, pool, client, client=self.client).authenticate_user()["AuthenticationResult"]


def test_each_operation_answers_as_the_model_has_it(calls):
    pool, client = calls.pool, calls.client
    name = someone()
    attributes = [{"Name": "nickname", "Value": "Ann"}]
    client.sign_up(ClientId=CLIENT, Username=name, Password=PASSWORD, UserAttributes=attributes, ValidationData=attributes)
    client.resend_confirmation_code(ClientId=CLIENT, Username=name)
    client.confirm_sign_up(ClientId=CLIENT, Username=name, ConfirmationCode=pool.mailed_code(name))
    client.forgot_password(ClientId=CLIENT, Username=name)
    client.confirm_forgot_password(
        ClientId=CLIENT, Username=name, ConfirmationCode=pool.mailed_code(name), Password=NEW
    )
    # InitiateAuth and RespondToAuthChallenge.
    first, own = calls.sign_in(name, NEW), calls.sign_in(name, NEW)
    token = own["AccessToken"]

    client.change_password(AccessToken=token, PreviousPassword=NEW, ProposedPassword=PASSWORD)
    number = {"Name": "phone_number", "Value": "+15550100177"}
    changed = client.update_user_attributes(AccessToken=token, UserAttributes=[number, {"Name": "name", "Value": "Ann"}])
    assert [details["AttributeName"] for details in changed["CodeDeliveryDetailsList"]] == ["phone_number"]
    client.get_user_attribute_verification_code(AccessToken=token, AttributeName="phone_number")
    client.verify_user_attribute(AccessToken=token, AttributeName="phone_number", Code=pool.mailed_code(number["Value"]))
    client.delete_user_attributes(AccessToken=token, UserAttributeNames=["nickname"])
    client.set_user_settings(
        AccessToken=token, MFAOptions=[{"DeliveryMedium": "SMS", "AttributeName": "phone_number"}]
    )
    secret = client.associate_software_token(AccessToken=token)["SecretCode"]
    client.verify_software_token(AccessToken=token, UserCode=pool.totp(secret), FriendlyDeviceName="A phone")
    client.set_user_mfa_preference(
        AccessToken=token,
        SMSMfaSettings={"Enabled": True, "PreferredMfa": False},
        SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True},
    )
    told = client.get_user(AccessToken=token)
    assert sorted(told["UserMFASettingList"]) == ["SMS_MFA", "SOFTWARE_TOKEN_MFA"]
    assert told["PreferredMfaSetting"] == "SOFTWARE_TOKEN_MFA"

    sessions = client.list_user_sessions(AccessToken=token)["Sessions"]
    other = next(session for session in sessions if not session["IsCurrentSession"])
    assert len(sessions) == 2 and other["CreateDate"].tzinfo is not None
    client.revoke_user_session(AccessToken=token, SessionId=other["SessionId"], RevokeAssociatedSessions="LINKED")
    with refused(("NotAuthorizedException", "Access Token has been revoked")):
        client.get_user(AccessToken=first["AccessToken"])

    client.get_tokens_from_refresh_token(RefreshToken=own["RefreshToken"], ClientId=CLIENT)
    client.initiate_auth(
        AuthFlow="REFRESH_TOKEN_AUTH", ClientId=CLIENT, AuthParameters={"REFRESH_TOKEN": own["RefreshToken"]}
    )
    with refused("UserPoolAddOnNotEnabledException"):
        client.update_auth_event_feedback(
            UserPoolId=LOCAL_POOL, Username=name, EventId="an-event", FeedbackToken="a-token", FeedbackValue="Valid"
        )
    client.delete_user(AccessToken=token)

    other = calls.sign_in("srp@example.com")
    client.revoke_token(Token=other["RefreshToken"], ClientId=CLIENT, RevokeAssociatedSessions="NONE")
    client.global_sign_out(AccessToken=calls.sign_in("srp@example.com")["AccessToken"])

    device = calls.sign_in("device-password@example.com", pool=DEVICE_POOL, client=DEVICE_CLIENT)
    token, key = device["AccessToken"], device["NewDeviceMetadata"]["DeviceKey"]
    # Both numbers are positive: that is all that is looked at before the device proves itself.
    config = {"PasswordVerifier": "AQ==", "Salt": "AQ=="}
    asked = client.confirm_device(AccessToken=token, DeviceKey=key, DeviceSecretVerifierConfig=config, DeviceName="A laptop")
    assert asked["UserConfirmationNecessary"] is True
    client.update_device_status(AccessToken=token, DeviceKey=key, DeviceRememberedStatus="remembered")
    told = client.get_device(AccessToken=token, DeviceKey=key)["Device"]
    assert {"Name": "device_name", "Value": "A laptop"} in told["DeviceAttributes"]
    assert [known["DeviceKey"] for known in client.list_devices(AccessToken=token)["Devices"]] == [key]
    client.forget_device(AccessToken=token, DeviceKey=key)

    assert "PASSWORD" in client.get_user_auth_factors(AccessToken=token)["ConfiguredUserAuthFactors"]
    options = client.start_web_authn_registration(AccessToken=token)["CredentialCreationOptions"]
    assert options["rp"]["id"] == "localhost"
    assert client.list_web_authn_credentials(AccessToken=token)["Credentials"] == []

    assert calls.made == documented("done") - of_other_files()


def documented(state):
    """The operations of which docs/local-pool.md says that."""
    docs = (pathlib.Path(__file__).parents[2] / "docs/local-pool.md").read_text()
    return set(re.findall(rf"^\| `(\w+)` \| {state} \|", docs, re.MULTILINE))


def of_other_files():
    """Operations that need more than a client, an authenticator say, and are held against the model elsewhere."""
    docs = (pathlib.Path(__file__).parents[2] / "docs/local-pool.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| done \|.*$", docs, re.MULTILINE)
    return {name for name in rows if "test_operations.py" not in re.search(rf"^\| `{name}` \|.*$", docs, re.MULTILINE)[0]}


def test_the_table_has_the_operations_of_the_model(pool):
    model = pool.boto3().meta.service_model
    public = {name for name in model.operation_names if model.operation_model(name).auth_type == "none"}
    assert len(public) == 34
    assert documented("done") | documented("not yet") == public


@pytest.mark.parametrize("token", ["", "a b", "nonsense"])
def test_errors_are_those_of_the_model(pool, token):
    """The judge looks at each of them; without botocore's own check of what is sent."""
    client = pool.boto3()
    model = client.meta.service_model
    for name in sorted(documented("done")):
        operation = model.operation_model(name)
        if "AccessToken" not in operation.input_shape.required_members:
            continue
        body = {member: sample(operation.input_shape.members[member]) for member in operation.input_shape.required_members}
        answer = requests.post(
            pool.url,
            json=body | {"AccessToken": token},
            headers={
                "Content-Type": "application/x-amz-json-1.1",
                "X-Amz-Target": f"AWSCognitoIdentityProviderService.{name}",
            },
            timeout=10,
        )
        code = answer.json()["__type"]
        assert code == ("NotAuthorizedException" if token == "nonsense" else "InvalidParameterException"), (name, answer.json())
        service_model.judge(operation, {"body": answer.content, "status_code": answer.status_code})


def sample(shape):
    """Something that a member may be."""
    if shape.type_name == "list":
        return []
    if shape.type_name == "structure":
        return {}
    if names := shape.metadata.get("enum"):
        return names[0]
    return {
        "SessionIdType": "tkn0123456789abcdefghijklmno",
        "SoftwareTokenMFAUserCodeType": "123456",
        "AttributeNameType": "email",
        "DeviceKeyType": "us-east-1_0a-1b",
    }.get(shape.name, "abc")


def test_the_judge_finds_what_is_wrong(pool):
    model = pool.boto3().meta.service_model

    def told(name, body):
        return list(service_model.differences(body, model.operation_model(name).output_shape, name))

    assert told("GetUser", {"Username": "a", "UserAttributes": []}) == []
    assert told("GetUser", {"UserAttributes": []}) == ["GetUser.Username: is missing"]
    assert told("GetUser", {"Username": "a", "UserAttributes": {}}) == ["GetUser.UserAttributes: no list"]
    assert told("SignUp", {"UserConfirmed": "true", "UserSub": "a"}) == ["SignUp.UserConfirmed: no boolean"]
    assert told("SignUp", {"UserConfirmed": True, "UserSub": "a", "More": 1}) == ["SignUp.More: is not in the model"]
    session = {"Sessions": [{"SessionId": "tkn0123456789abcdefghijklmn-", "SessionType": "COOKIE", "CreateDate": "now"}]}
    assert told("ListUserSessions", session) == [
        "ListUserSessions.Sessions[0].SessionId: not ^(tkn|sso)[a-z0-9]{25}$",
        "ListUserSessions.Sessions[0].SessionType: none of TOKEN, SSO",
        "ListUserSessions.Sessions[0].CreateDate: no timestamp",
    ]
    operation = model.operation_model("GetUser")
    with pytest.raises(AssertionError, match="GetUser has no CodeMismatchException"):
        service_model.judge(operation, {"body": b'{"__type": "CodeMismatchException"}', "status_code": 400})


def test_the_judge_sees_each_answer(pool, monkeypatch):
    monkeypatch.setattr(service_model, "differences", lambda *_: ["wrong"])
    with pytest.raises(AssertionError, match="wrong"):
        pool.boto3().sign_up(ClientId=CLIENT, Username=someone(), Password=PASSWORD)
