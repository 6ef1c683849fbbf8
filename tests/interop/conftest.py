"""A local pool for each test, and nothing of the AWS settings of whoever runs the tests."""

import os

import pytest

from local_pool import Pool

for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]
os.environ.update(
    AWS_CONFIG_FILE=os.devnull,
    AWS_SHARED_CREDENTIALS_FILE=os.devnull,
    # Without credentials boto3 would look for those of a machine in AWS.
    AWS_EC2_METADATA_DISABLED="true",
    # Where a test names no endpoint, it must not reach AWS: nothing listens here.
    AWS_ENDPOINT_URL="http://127.0.0.1:9",
    NO_PROXY="127.0.0.1",
    no_proxy="127.0.0.1",
)


@pytest.fixture
def pool():
    with Pool() as pool:
        yield pool
        # pytest shows it where the test fails.
        print(pool.log())
