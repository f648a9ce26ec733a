"""What lies before a meeting with a case, besides the case: said once, by whoever knows the procedure."""

from collections.abc import Callable
from typing import Any

from pishkhan.casework.models import Case
from pishkhan.people.models import Person

File = Callable[[Case, Person], dict[str, Any]]
_files: dict[str, File] = {}


def declare_file(procedure: str) -> Callable[[File], File]:
    """Declare the function below as what lies with the cases of a procedure: its `template`, and what that shows."""

    def declared(file: File) -> File:
        _files[procedure] = file
        return file

    return declared


def file_before(case: Case, person: Person) -> dict[str, Any]:
    """What lies with a case for whoever asks; nothing where its procedure declares none."""
    file = _files.get(case.procedure_code)
    return file(case, person) if file else {}
