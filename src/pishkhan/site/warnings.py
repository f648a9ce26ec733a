"""What somebody must see to before work can go on: cheap to ask, so that it stands in Today. `health` asks more."""

from collections.abc import Iterator

from pishkhan.language.text import Text
from pishkhan.offices.credential import may_sign

from .addressing import NOT_SET


def standing_warnings() -> Iterator[Text]:
    """What stands in the way as long as nobody changes the deployment, a sentence each."""
    if not may_sign():
        yield NOT_SET
