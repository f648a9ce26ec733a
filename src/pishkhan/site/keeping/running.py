"""What every other command does first: ends what a restore had begun, and says that it works on the deployment."""

from .locks import hold_running
from .place import here
from .placing import finish_what_was_begun
from .refusals import NotKept

LASTING = ("serve", "web", "worker", "clock")


def begun(name: str) -> str:
    """Nothing when a command may begin, else why it may not."""
    try:
        place = here()
        finish_what_was_begun()
        if name in LASTING:
            place.var.mkdir(parents=True, exist_ok=True)
            hold_running(place.var)
    except NotKept as refused:
        return f"{refused.text.fa}\n{refused.text.en}\n"
    return ""
