"""The edition of the national law that is shipped: files of dated rows."""

import tomllib
from importlib.resources import files
from typing import Any


def shipped(name: str) -> dict[str, Any]:
    """A file of the edition, by its name."""
    return tomllib.loads(files(__package__).joinpath("iran", f"{name}.toml").read_text(encoding="utf-8"))
