"""Where payments that are made at once meet."""

import pytest

from pishkhan.payments import services


@pytest.fixture
def rendezvous(rendezvous):
    """They meet once they have asked what is owed."""
    rendezvous.patience = 0.5
    rendezvous.after(services, "balance")
