"""The local pool, seen from outside: its program, its HTTP. Nothing here knows how it works inside."""

import base64
import email.utils
import functools
import os
import pathlib
import re
import subprocess
import tempfile
import uuid

import boto3
import botocore
import pyotp
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError

import service_model

LOCAL_POOL = "us-east-1_LocalPool"
MFA_ON_POOL = "us-east-1_LocalMfaOn"
MFA_PICK_POOL = "us-east-1_LocalMfaPick"
DEVICE_POOL = "us-east-1_LocalDevice"
NAMED_POOL = "us-east-1_LocalNamed"
CLIENT = "localclient000000000000000"
MFA_ON_CLIENT = "localclientmfaon0000000000"
MFA_PICK_CLIENT = "localclientmfapick00000000"
DEVICE_CLIENT = "localclientdevice000000000"
NAMED_CLIENT = "localclientnamed0000000000"
SECRET_CLIENT = "localclientsecret000000000"
CLIENT_SECRET = "localclientsecretlocalclientsecretlocalclientsecret"
LEGACY_CLIENT = "localclientlegacy000000000"
PASSWORD = "Local-pool-1!"

# What the service says to a wrong password, to an unknown user, and to whatever must look like them.
INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
LOCKED = ("NotAuthorizedException", "Password attempts exceeded")
SESSION_INVALID = ("NotAuthorizedException", "Invalid session for the user.")
SESSION_USED = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")
SESSION_EXPIRED = ("NotAuthorizedException", "Invalid session for the user, session is expired.")
CODE_WRONG = ("CodeMismatchException", "Invalid code or auth state for the user.")
TOTP_USED = ("ExpiredCodeException", "Your software token has already been used once.")


@functools.cache
def program():
    """The program that `cargo xtask test` names, or the one that cargo builds."""
    if named := os.environ.get("LOCAL_POOL"):
        return named
    root = pathlib.Path(__file__).parents[2]
    subprocess.run(["cargo", "build", "--quiet", "--locked", "--package=local-pool"], cwd=root, check=True)
    return root / os.environ.get("CARGO_TARGET_DIR", "target") / "debug/local-pool"


class Pool:
    def __enter__(self):
        self._log = tempfile.TemporaryFile("w+")
        command = [program(), "--port", "0"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self._log, text=True)
        for line in self._process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                self.url = found[0]
                return self
        self._process.wait()
        raise RuntimeError(f"the pool did not start: {self.log()}")

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()
        self._log.close()

    def log(self):
        """The pool's own lines."""
        self._log.seek(0)
        return self._log.read()

    def boto3(self):
        """A client as the pool's banner advises; each answer to it is held against the service's model."""
        config = Config(signature_version=botocore.UNSIGNED)
        client = boto3.client("cognito-idp", region_name="us-east-1", endpoint_url=self.url, config=config)
        service_model.watch(client)
        return client

    def inbox(self, to):
        """Mails to an address, newest first."""
        return requests.get(f"{self.url}/local/inbox", params={"to": to}, timeout=10).json()

    def mailed_code(self, to):
        """The code of the newest mail to an address; the mail itself has to show it too."""
        mail = self.inbox(to)[0]
        assert mail["code"] in mail["body"]
        return mail["code"]

    def seeded(self, name):
        """What `/local/users` tells of a user."""
        users = requests.get(f"{self.url}/local/users", timeout=10).json()
        return next(user for user in users if user["username"] == name)

    def now(self):
        """Seconds since 1970 by the pool's clock, which its API tells with every answer."""
        date = requests.options(f"{self.url}/", timeout=10).headers["date"]
        return int(email.utils.parsedate_to_datetime(date).timestamp())

    def advance(self, seconds):
        requests.post(f"{self.url}/local/clock", json={"advanceSeconds": seconds}, timeout=10).raise_for_status()

    def next_step(self):
        """Moves the pool's clock just past the next boundary of TOTP's steps: no code was used yet, none is about to age."""
        self.advance(31 - self.now() % 30)

    def totp(self, secret, steps=0):
        """The code that an authenticator app shows, so many steps from now."""
        return pyotp.TOTP(secret).at(self.now() + 30 * steps)

    def wrong_totp(self, secret):
        """A code that is none of those around now."""
        near = {self.totp(secret, steps) for steps in range(-3, 4)}
        return next(code for code in (str(digit) * 6 for digit in range(10)) if code not in near)

    def confirmed(self, password=PASSWORD, client_id=CLIENT):
        """Signs somebody up and confirms with the mailed code; returns the name."""
        name = someone()
        client = self.boto3()
        client.sign_up(ClientId=client_id, Username=name, Password=password)
        client.confirm_sign_up(ClientId=client_id, Username=name, ConfirmationCode=self.mailed_code(name))
        return name


class Refused:
    """Expects an error of the service: its code and, where it matters, its message."""

    def __init__(self, code, message=None):
        self.expected = (code, message)

    def __enter__(self):
        self._raises = pytest.raises(ClientError)
        self._info = self._raises.__enter__()

    def __exit__(self, *error):
        raised = self._raises.__exit__(*error)
        if raised:
            told = self._info.value.response["Error"]
            code, message = self.expected
            assert told["Code"] == code, told
            assert message is None or told["Message"] == message, told
        return raised


def refused(error):
    """As `with refused(INCORRECT):`, or with a code alone."""
    return Refused(error) if isinstance(error, str) else Refused(*error)


def someone():
    """An address that nobody else has."""
    return f"{uuid.uuid4()}@example.com"


def another_code(code):
    """Another text of the same length: a code with its last digit changed."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def flip_bit(text):
    """The same base64 with one bit flipped."""
    data = bytearray(base64.b64decode(text))
    data[len(data) // 2] ^= 1
    return base64.b64encode(data).decode()
