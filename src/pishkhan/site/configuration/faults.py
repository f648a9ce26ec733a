"""What is wrong with how a deployment is set up, told in words to whoever starts it."""

from pishkhan.language.text import Text


class Misconfigured(Exception):
    """The deployment cannot start as it is set up. `.text` says what is wrong and what to do, in both languages."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


class Misused(Misconfigured):
    """What the deployment is told by its environment is malformed: to start it again changes nothing."""
