"""The letters before numbers that people quote: declared once for the whole house, by whoever gives such numbers."""

_declared: dict[str, str] = {}


def number_prefix(letters: str, of: str) -> str:
    """Declare that the numbers of something begin with some letters; ValueError where another thing's do."""
    if (other := _declared.setdefault(letters, of)) != of:
        raise ValueError(
            f"Numbers of {of} would begin with {letters}, as those of {other} do: no one could tell them apart."
        )
    return letters
