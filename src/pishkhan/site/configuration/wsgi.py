"""What a web server runs."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.umask(0o077)  # what the house writes is its owner's alone
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pishkhan.site.configuration.settings")
application = get_wsgi_application()

from pishkhan.site.operations.deployment import keep_its_day  # noqa: E402  needs Django set up
from pishkhan.site.operations.running import end_with_parent  # noqa: E402
from pishkhan.site.operations.starting import ask_keys  # noqa: E402

from .faults import Misconfigured  # noqa: E402

try:
    ask_keys(for_sessions=True)
except Misconfigured as fault:
    sys.exit(f"{fault.text.fa}\n{fault.text.en}")
keep_its_day()
end_with_parent()  # a server that is killed leaves no process behind that keeps its port
