"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tibs.settings")
os.environ.setdefault("TIBS_PROCESS", "web")
application = get_wsgi_application()
