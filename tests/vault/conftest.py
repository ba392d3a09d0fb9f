"""Every store that keeps the contract: a folder, a bucket, a bucket that locks."""

import pytest

from tests.vault.stores import CREDENTIALS, OnFilesystem, OnS3, moto


@pytest.fixture(scope="session")
def service():
    with moto() as address, pytest.MonkeyPatch.context() as patch:
        for name, value in CREDENTIALS.items():
            patch.setenv(name, value)
        yield address


@pytest.fixture
def on_s3(service):
    return OnS3(service)


@pytest.fixture
def locking(service):
    return OnS3(service, lock=True)


@pytest.fixture(params=["filesystem", "s3", "s3 that locks"])
def on(request, tmp_path):
    """A store of each kind, with the means to harm it."""
    if request.param == "filesystem":
        return OnFilesystem(tmp_path / "vault")
    return request.getfixturevalue("on_s3" if request.param == "s3" else "locking")


@pytest.fixture
def store(on):
    return on.store
