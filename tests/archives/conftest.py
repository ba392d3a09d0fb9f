"""One package of a whole case for all tests that only read or tamper with copies of it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from liuhen.acts import archiving, handing
from liuhen.records.models import Body
from liuhen.records.seal import signing_key
from tests.archives import making
from tests.conftest import people

FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@dataclass
class Given:
    """A complete and a redacted package of the case, the vkeys of log and witness, and the seeds of what is secret."""

    complete: Path
    redacted: Path
    log: str
    witness: str
    seeds: list

    @property
    def keys(self):
        return [self.log], [self.witness]


def pytest_collection_modifyitems(items):
    """The package is made in the test database, which is only set up when some test of the run asks for it."""
    for item in items:
        if "given" in getattr(item, "fixturenames", ()):
            item.add_marker("django_db")


@pytest.fixture(scope="session")
def given(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("packages")
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=FAST), transaction.atomic():
        drive = making.archived(people())
        kept = making.witnessed()
        archiving.publish(drive.case, folder / "complete")
        handing.redacted(
            drive.case, drive.people["gui"], folder / "redacted", ["1:/title", "2"], texts=[making.CANARY],
            documents=[drive.documents["penalty_decision"]], to="复议机关", purpose="行政复议",
        )  # fmt: skip
        kept.unlink()
        shutil.rmtree(archiving.place(drive.case))
        log = str(signing_key().verifier)
        seeds = [body.seed for body in Body.objects.all() if making.CANARY in body.content]
        transaction.set_rollback(True)
    return Given(folder / "complete", folder / "redacted", log, str(making.WITNESS.verifier), seeds)


@pytest.fixture(scope="session")
def verifier():
    return making.load("liuhen_verify", making.VERIFIER)


@pytest.fixture(scope="session")
def build():
    """The means to forge packages, from the verifier's own tests."""
    return making.load("tests_verifier_build", making.ROOT / "tests/verifier/build.py")


@pytest.fixture(params=["complete", "redacted"])
def copy(request, given, tmp_path):
    """A copy to tamper with."""
    return Path(shutil.copytree(getattr(given, request.param), tmp_path / "package"))


@pytest.fixture
def complete(given, tmp_path):
    return Path(shutil.copytree(given.complete, tmp_path / "package"))


@pytest.fixture
def codes(verifier, given):
    """Verify with both keys; the verdict and the codes found."""

    def judge(path):
        report = verifier.verify(path, *given.keys)
        return report.verdict, {problem.code for problem in report.problems}

    return judge
