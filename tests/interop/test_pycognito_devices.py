"""pycognito's remembered devices, unchanged but for where it posts to: it knows the service's own address alone."""

import pytest
import pycognito.aws_srp
from pycognito import AWSSRP
from pycognito.exceptions import SoftwareTokenMFAChallengeException

from local_pool import DEVICE_CLIENT, DEVICE_POOL, PASSWORD

NAME = "device-password@example.com"
SERVICE = "https://cognito-idp.us-east-1.amazonaws.com/"


@pytest.fixture
def posts(pool, monkeypatch):
    """What is meant for the service goes to the pool; the replies."""
    replies = []
    send = pycognito.aws_srp.requests.post

    def post(url, **more):
        assert url == SERVICE
        replies.append(send(f"{pool.url}/", **more))
        return replies[-1]

    monkeypatch.setattr(pycognito.aws_srp.requests, "post", post)
    return replies


def srp(pool, username, **device):
    client = pool.boto3()
    return AWSSRP(username, PASSWORD, DEVICE_POOL, DEVICE_CLIENT, client=client, **device)


def test_a_device_is_confirmed_remembered_proved_and_forgotten(pool, posts):
    user = srp(pool, NAME)
    tokens = user.authenticate_user()
    key = tokens["AuthenticationResult"]["NewDeviceMetadata"]["DeviceKey"]
    group_key = tokens["AuthenticationResult"]["NewDeviceMetadata"]["DeviceGroupKey"]
    access_token = tokens["AuthenticationResult"]["AccessToken"]
    reply, password = user.confirm_device(tokens, "a test")
    assert reply.json() == {"UserConfirmationNecessary": True}
    user.update_device_status(True, access_token, key)
    assert posts[-1].status_code == 200

    device = {"device_key": key, "device_group_key": group_key, "device_password": password}
    result = srp(pool, NAME, **device).authenticate_user()["AuthenticationResult"]
    assert "NewDeviceMetadata" not in result

    user.forget_device(access_token, key)
    assert posts[-1].status_code == 200
    with pytest.raises(pool.boto3().exceptions.ClientError, match="Device does not exist."):
        srp(pool, NAME, **device).authenticate_user()


def test_whoever_has_an_authenticator_app_is_asked_for_its_code(pool):
    with pytest.raises(SoftwareTokenMFAChallengeException):
        srp(pool, "device@example.com").authenticate_user()
