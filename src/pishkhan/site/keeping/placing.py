"""Putting a restored deployment in place: written down before it begins, so that whoever comes after a power cut ends
it. Each move is done once, however often this is run."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from . import durable
from .databases import engines as databases
from .locks import one_keeper
from .place import Place, here
from .staging import Staging, sweep

PLAN, REPLACED = ".placing.json", ".replaced-"


@dataclass(frozen=True)
class Plan:
    """What is to be put in place, and what stands there now."""

    url: str
    keys: str
    mark: str
    papers: list[str]  # what lies in the media folder now, and goes aside
    keep: bool  # whether there is anything in the database that stands there


def put_in_place(ready: Staging) -> str:
    """Let what was made ready take the place; return how the database that stood there is called now."""
    papers = [each.name for each in sorted(ready.target.media.iterdir()) if not each.name.startswith(".")]
    plan = Plan(ready.target.url, str(ready.target.keys), ready.mark, papers, databases.is_there(ready.target))
    for folder in (ready.media, ready.keys):
        durable.sync_folders(folder)
    durable.write(ready.target.var / PLAN, json.dumps(asdict(plan)).encode())
    return _carried_out(plan, ready.target.var)


def finish_what_was_begun() -> None:
    """End what a restore that was killed had begun to put in place."""
    place = here()
    if not (place.var / PLAN).exists():
        return
    with one_keeper(place.var):
        finish(place)


def finish(place: Place) -> None:
    """The same, for who is the one keeper of the folder already; and remove what is left of others."""
    if (place.var / PLAN).exists():
        _carried_out(Plan(**json.loads((place.var / PLAN).read_text(encoding="utf-8"))), place.var)
    sweep(place)


def _carried_out(plan: Plan, var: Path) -> str:
    target = Place(var, Path(plan.keys), plan.url)
    ready = Staging(target, plan.mark, keep=True)
    _place_keys(ready.keys, target.keys, plan.mark)
    _place_papers(ready.media, target.media, plan)
    aside = ready.database.put_in_place(keep=plan.keep)
    (var / PLAN).unlink(missing_ok=True)
    durable.sync_folder(var)
    return aside


def _place_keys(ready: Path, keys: Path, mark: str) -> None:
    """Put each key in place; another that bore its name is kept, one that the backup does not know stays."""
    for file in [path for path in sorted(ready.rglob("*")) if path.is_file()]:
        name = file.relative_to(ready)
        there, aside = keys / name, keys / f"{REPLACED}{mark}" / name
        there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if there.exists() and not aside.exists() and there.read_bytes() != file.read_bytes():
            aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.link(there, aside)
        durable.rename(file, there)


def _place_papers(ready: Path, media: Path, plan: Plan) -> None:
    """Put the papers in place; what lay there goes aside as it is."""
    if not ready.exists():
        return
    aside = media / f"{REPLACED}{plan.mark}"
    for name in plan.papers:
        if (media / name).exists() and not (aside / name).exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            durable.rename(media / name, aside / name)
    for each in sorted(ready.iterdir()):
        durable.rename(each, media / each.name)
