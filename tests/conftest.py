"""What all tests share."""

import hypothesis
import pytest
from pytest_django import Settings

# A machine shared by other work is slow now and then; that is no fault of the code under test.
hypothesis.settings.register_profile("shared", deadline=None)
hypothesis.settings.load_profile("shared")


@pytest.fixture(autouse=True)
def fast_password_hashing(settings: Settings) -> None:
    """Making a test person must not cost the quarter of a second that a real password should."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
