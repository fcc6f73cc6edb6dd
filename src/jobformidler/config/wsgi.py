"""The WSGI application gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobformidler.config.settings")
application = get_wsgi_application()

# What is loaded now stays until the end: the garbage collector need not walk it again and again during requests.
gc.collect()
gc.freeze()
