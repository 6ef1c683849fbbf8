"""The create trigger as the well-known articles write it, in Python with boto3, without their faults.

It does what `create-auth-challenge` does: an unpredictable code, once for a sign-in, counted in a table of DynamoDB by a write that
fails where somebody else has written since, and mailed by SES v2 in two parts. The clients are made when the module is loaded, as
AWS advises.
"""

import json
import os
import secrets
import time

import boto3

PREFIX = "CODE-"
LENGTH = int(os.environ.get("CODE_LENGTH", "6"))
TTL_SECONDS = int(os.environ.get("CODE_TTL_SECONDS", "180"))
SENDER = os.environ["EMAIL_SENDER"]

TABLE = os.environ["ATTEMPTS_TABLE"]
MAILS_PER_HOUR = int(os.environ.get("MAILS_PER_HOUR", "20"))
MAILS_PER_DAY = int(os.environ.get("MAILS_PER_DAY", "100"))
HOUR, DAY, ROUNDS = 3600, 86400, 6

ses = boto3.client("sesv2")
dynamodb = boto3.client("dynamodb")


def earlier_code(session):
    for result in reversed(session or []):
        metadata = result.get("challengeMetadata") or ""
        if result.get("challengeName") == "CUSTOM_CHALLENGE" and metadata.startswith(PREFIX):
            return metadata.removeprefix(PREFIX)
    return None


def mask(address):
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain[:1]}***"


def read(sub):
    item = dynamodb.get_item(TableName=TABLE, Key={"sub": {"S": sub}}, ConsistentRead=True).get("Item")
    if item is None:
        return 0, {}
    return int(item["version"]["N"]), json.loads(item["record"]["S"])


def write(sub, version, record, now):
    if version == 0:
        condition = {"ConditionExpression": "attribute_not_exists(#key)", "ExpressionAttributeNames": {"#key": "sub"}}
    else:
        condition = {
            "ConditionExpression": "#version = :read",
            "ExpressionAttributeNames": {"#version": "version"},
            "ExpressionAttributeValues": {":read": {"N": str(version)}},
        }
    item = {
        "sub": {"S": sub},
        "version": {"N": str(version + 1)},
        "record": {"S": json.dumps(record)},
        "expires_at": {"N": str(now + DAY)},
    }
    try:
        dynamodb.put_item(TableName=TABLE, Item=item, **condition)
    except dynamodb.exceptions.ConditionalCheckFailedException:
        return False
    return True


def count_mail(sub):
    now = int(time.time())
    for _ in range(ROUNDS):
        version, record = read(sub)
        mails = [at for at in record.get("mails_secs", []) if now < at + DAY]
        last_hour = sum(now < at + HOUR for at in mails)
        if now < record.get("locked_until_secs", 0) or last_hour >= MAILS_PER_HOUR or len(mails) >= MAILS_PER_DAY:
            raise RuntimeError("too much was tried")
        if write(sub, version, {**record, "mails_secs": [*mails, now]}, now):
            return
    raise RuntimeError("not counted")


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
        count_mail(request["userAttributes"]["sub"])
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
