"""boto3's sesv2 against the local pool: mail as a Lambda function would send it."""

import json

import boto3
import pytest
import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from local_pool import refused, someone

# As the pool's banner tells them.
ACCESS_KEY_ID = "AKIDLOCALLAMBDA00000"
SECRET_ACCESS_KEY = "local-lambda-secret-key"

SENDER = "Example <no-reply@example.com>"


def ses(pool, access_key_id=ACCESS_KEY_ID, secret_access_key=SECRET_ACCESS_KEY, region="us-east-1"):
    return boto3.client(
        "sesv2",
        region_name=region,
        endpoint_url=pool.url,
        aws_access_key_id=access_key_id,
        aws_secret_access_key=secret_access_key,
    )


def email(to, **changes):
    """The arguments of a mail with a code."""

    def content(data):
        return {"Data": data, "Charset": "UTF-8"}

    body = {"Text": content("確認コード\n\n482913\n"), "Html": content("<p>確認コード</p><p>482913</p>")}
    return {
        "FromEmailAddress": SENDER,
        "Destination": {"ToAddresses": [to]},
        "Content": {"Simple": {"Subject": content("確認コード"), "Body": body}},
    } | changes


def test_a_mail_arrives(pool):
    to = someone()
    assert ses(pool).send_email(**email(to))["MessageId"]
    [mail] = pool.inbox(to)
    assert (mail["kind"], mail["from"], mail["subject"], mail["code"]) == ("SES", SENDER, "確認コード", "482913")
    assert mail["body"] == "確認コード\n\n482913\n"
    assert mail["html"] == "<p>確認コード</p><p>482913</p>"
    assert pool.mailed_code(to) == "482913"
    document = requests.get(f"{pool.url}/local/inbox/{mail['id']}/html", timeout=10)
    assert document.text == mail["html"]
    assert "sandbox" in document.headers["content-security-policy"]


def test_credentials(pool):
    to = someone()
    with refused(("UnrecognizedClientException", "The security token included in the request is invalid.")):
        ses(pool, access_key_id="AKIDEXAMPLE").send_email(**email(to))
    with refused("InvalidSignatureException"):
        ses(pool, secret_access_key="wrong").send_email(**email(to))
    assert requests.post(f"{pool.url}/v2/email/outbound-emails", json=email(to), timeout=10).status_code == 403
    assert pool.inbox(to) == []
    ses(pool, region="ap-northeast-1").send_email(**email(to))


def test_an_unverified_sender(pool):
    with pytest.raises(ses(pool).exceptions.MessageRejected) as raised:
        ses(pool).send_email(**email(someone(), FromEmailAddress="no-reply@example.org"))
    assert raised.value.response["Error"]["Message"] == (
        "Email address is not verified. The following identities failed the check in region US-EAST-1: no-reply@example.org"
    )


def test_requests_that_are_not_right(pool):
    client = ses(pool)
    to = someone()
    nothing = {"Data": "", "Charset": "UTF-8"}
    some = {"Data": "x"}
    for changes in [
        {"Destination": {}},
        {"Destination": {"ToAddresses": ["nobody"]}},
        {"Destination": {"ToAddresses": [someone() for _ in range(51)]}},
        {"Content": {}},
        {"Content": {"Raw": {"Data": b"From: a@example.com"}}},
        {"Content": {"Template": {"TemplateName": "x"}}},
        {"Content": {"Simple": {"Subject": nothing, "Body": {"Text": some}}}},
        {"Content": {"Simple": {"Subject": some, "Body": {"Text": nothing}}}},
        {"Content": {"Simple": {"Subject": some, "Body": {}}}},
        {"Content": {"Simple": {"Subject": {"Data": "確認コード"}, "Body": {"Text": some}}}},
    ]:
        with refused("BadRequestException"):
            client.send_email(**email(to, **changes))
    with refused("NotFoundException"):
        client.send_email(**email(to, ConfigurationSetName="x"))
    assert pool.inbox(to) == []


def send_signed(pool, body, **headers):
    """A request that boto3 would not make, with its signature."""
    headers = {"Content-Type": "application/json"} | headers
    request = AWSRequest("POST", f"{pool.url}/v2/email/outbound-emails", data=json.dumps(body), headers=headers)
    SigV4Auth(Credentials(ACCESS_KEY_ID, SECRET_ACCESS_KEY), "ses", "us-east-1").add_auth(request)
    prepared = request.prepare()
    return requests.post(prepared.url, data=prepared.body, headers=dict(prepared.headers), timeout=10)


def test_unknown_members(pool):
    to = someone()
    assert send_signed(pool, email(to)).status_code == 200
    for body in [email(to, Subject="x"), email(to, Destination={"To": [to]})]:
        reply = send_signed(pool, body)
        assert (reply.status_code, reply.headers["x-amzn-errortype"]) == (400, "BadRequestException")
        assert reply.json()["message"].startswith("unknown field")
    assert len(pool.inbox(to)) == 1


def test_pages_cannot_send(pool):
    to = someone()
    assert send_signed(pool, email(to), Origin="https://shop.example").status_code == 403
    preflight = requests.options(
        f"{pool.url}/v2/email/outbound-emails", headers={"Origin": "http://localhost:8080"}, timeout=10
    )
    assert preflight.status_code == 405 and "access-control-allow-origin" not in preflight.headers
    assert pool.inbox(to) == []


def test_operations_that_are_not_there(pool):
    with pytest.raises(ClientError):
        ses(pool).get_account()
