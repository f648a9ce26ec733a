"""What can be wrong with a problem, said by name."""


class ProblemError(ValueError):
    """The data do not make a problem; the message names the row."""


class TooLargeError(ProblemError):
    """The problem needs more memory than the machine has; said before anything is begun."""
