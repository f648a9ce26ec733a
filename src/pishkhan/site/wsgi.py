"""What a web server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pishkhan.site.settings")
application = get_wsgi_application()

from .deployment import keep_its_day  # noqa: E402  needs Django set up
from .running import end_with_parent  # noqa: E402

keep_its_day()
end_with_parent()  # a server that is killed leaves no process behind that keeps its port
