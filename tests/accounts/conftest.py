"""Passwords are hashed quickly where many are chosen."""

import pytest
from django.test import override_settings


@pytest.fixture(autouse=True)
def quick_hashes():
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield
