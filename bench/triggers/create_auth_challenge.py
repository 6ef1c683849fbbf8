"""The create trigger as the well-known articles write it, in Python with boto3, without their faults.

It does what `create-auth-challenge` does: an unpredictable code, once for a sign-in, mailed by SES v2 in two parts. The client is
made when the module is loaded, as AWS advises.
"""

import os
import secrets
import time

import boto3

PREFIX = "CODE-"
LENGTH = int(os.environ.get("CODE_LENGTH", "6"))
TTL_SECONDS = int(os.environ.get("CODE_TTL_SECONDS", "180"))
SENDER = os.environ["EMAIL_SENDER"]

ses = boto3.client("sesv2")


def earlier_code(session):
    for result in reversed(session or []):
        metadata = result.get("challengeMetadata") or ""
        if result.get("challengeName") == "CUSTOM_CHALLENGE" and metadata.startswith(PREFIX):
            return metadata.removeprefix(PREFIX)
    return None


def mask(address):
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain[:1]}***"


def send(address, digits):
    text = f"Your verification code is\n\n{digits}\n"
    html = f'<!doctype html><html lang="en"><body><p>Your verification code is</p><p>{digits}</p></body></html>'
    ses.send_email(
        FromEmailAddress=SENDER,
        Destination={"ToAddresses": [address]},
        Content={
            "Simple": {
                "Subject": {"Data": "Your verification code", "Charset": "UTF-8"},
                "Body": {"Text": {"Data": text, "Charset": "UTF-8"}, "Html": {"Data": html, "Charset": "UTF-8"}},
            }
        },
    )


def handler(event, _context):
    request = event["request"]
    address = request["userAttributes"]["email"]
    code = earlier_code(request.get("session"))
    if code is None:
        digits = "".join(secrets.choice("0123456789") for _ in range(LENGTH))
        code = f"{digits}-{int(time.time()) + TTL_SECONDS}"
        send(address, digits)
    digits, expires_at = code.split("-")
    event["response"] = {
        "publicChallengeParameters": {
            "type": "EMAIL_CODE",
            "destination": mask(address),
            "codeLength": str(len(digits)),
            "resendAfter": "30",
        },
        "privateChallengeParameters": {"answer": digits, "expiresAt": expires_at},
        "challengeMetadata": PREFIX + code,
    }
    return event
