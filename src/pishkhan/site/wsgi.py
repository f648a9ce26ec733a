"""What a web server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pishkhan.site.settings")
application = get_wsgi_application()

from .deployment import keep_its_day  # noqa: E402  needs Django set up

keep_its_day()
