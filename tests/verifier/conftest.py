"""The verifier stands alone and is no module of the project: it is loaded from its file, as users run it."""

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
VERIFIER = HERE.parents[1] / "verifier" / "verify.py"


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


BUILD = load("tests_verifier_build", HERE / "build.py")


@pytest.fixture(scope="session")
def verifier():
    return load("liuhen_verify", VERIFIER)


@pytest.fixture(scope="session")
def build():
    return BUILD


@pytest.fixture(scope="session")
def pristine(tmp_path_factory):
    """A complete package that nobody may change."""
    return BUILD.write(BUILD.complete(), tmp_path_factory.mktemp("pristine"))


@pytest.fixture
def package(pristine, tmp_path):
    """A copy of the complete package to tamper with."""
    return Path(shutil.copytree(pristine, tmp_path / "package"))


@pytest.fixture(scope="session")
def keys(build):
    """The vkeys that a careful verifier brings along: the log's and the witness's."""
    return [str(build.LOG_KEY.verifier)], [str(build.WITNESS_KEY.verifier)]


@pytest.fixture
def codes(verifier, keys):
    """Verify a package with both keys; answer the verdict and the set of codes found."""

    def judge(path):
        report = verifier.verify(path, *keys)
        return report.verdict, {problem.code for problem in report.problems}

    return judge
