"""Settings from the environment, with defaults that work on one machine without any set-up."""

import os
from urllib.parse import parse_qsl, unquote, urlparse

from csp.constants import NONE, SELF

from jobformidler.config import paths

DEBUG = os.environ.get("JOBFORMIDLER_DEBUG") == "1"
ROOT = paths.root()
VAR = paths.var_dir()
SECRET_KEY = os.environ.get("JOBFORMIDLER_SECRET_KEY") or paths.secret_key()
ALLOWED_HOSTS = os.environ.get("JOBFORMIDLER_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("JOBFORMIDLER_ORIGINS", "").split(",") if o]
HTTPS = os.environ.get("JOBFORMIDLER_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "jobformidler.core",
    "jobformidler.accounts",
    "jobformidler.messaging",
    "jobformidler.citizens",
    "jobformidler.employers",
    "jobformidler.registers",
    "jobformidler.openings",
    "jobformidler.casework",
    "jobformidler.placements",
    "jobformidler.matching",
    "jobformidler.steering",
    "jobformidler.demo",
    "jobformidler.web",
]

MIDDLEWARE = [
    "jobformidler.web.hardening.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "jobformidler.web.hardening.middleware.BodyLimit",
    "jobformidler.web.hardening.middleware.NoCprInAddress",
    "jobformidler.web.hardening.middleware.PlainAddress",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jobformidler.web.hardening.middleware.SessionRules",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jobformidler.web.middleware.ContextMiddleware",
]

ROOT_URLCONF = "jobformidler.config.urls"
WSGI_APPLICATION = "jobformidler.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jobformidler.web.frame.context",
            ],
            "builtins": ["django.templatetags.i18n", "jobformidler.web.templatetags.jf"],
        },
    }
]


def _database() -> dict:
    """One alias; the role is chosen by the process (web, worker), the owner only by migrations."""
    role = os.environ.get("JF_DB_ROLE", "jf_web")
    url = os.environ.get("JOBFORMIDLER_DATABASE_URL")
    if url:
        parts = urlparse(url)
        database = {
            "NAME": parts.path.lstrip("/"),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "USER": unquote(parts.username or role),
            "PASSWORD": unquote(parts.password or ""),
        }
        options = dict(parse_qsl(parts.query))
    else:
        database = {"NAME": "jobformidler", "HOST": str(paths.socket_dir()), "USER": role}
        options = {}
    threads = int(os.environ.get("JOBFORMIDLER_THREADS", "8"))
    pool = {"min_size": 1, "max_size": threads + 2, "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {**options, "pool": pool},
        **database,
    }


DATABASES = {"default": _database()}
# The role that owns the schema; only `migrate` and the test database use it.
DATABASE_OWNER = {
    "USER": os.environ.get("JOBFORMIDLER_OWNER", "jf_owner"),
    "PASSWORD": os.environ.get("JOBFORMIDLER_OWNER_PASSWORD", ""),
}
KEY_FILE = paths.key_file()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["jobformidler.accounts.backends.ThrottledBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
# The municipality's policy says how long a session lasts (`accounts.sessions`); this is for what is not a login.
SESSION_ENGINE = "jobformidler.accounts.sessions"
SESSION_COOKIE_AGE = 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# The prefix makes the browser refuse a cookie of that name from another host of the same domain.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
PASSWORD_RESET_TIMEOUT = 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "frame-src": [NONE],
        "worker-src": [NONE],
        "manifest-src": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "report-uri": ["/csp/"],
        "report-to": "csp",
    }
}
# Most bytes of a body: of any address, and of those that take files. Larger ones are refused unread.
BODY_LIMIT = 6_000_000
BODY_LIMITS = {"/indlaesning/": 600_000_000, "/sag/": 30_000_000}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [ROOT / "src" / "jobformidler" / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
_MODULES = ROOT / "node_modules"
STATICFILES_DIRS = [
    (f"vendor/{name}", path)
    for name, path in (
        ("dkfds", _MODULES / "dkfds" / "dist"),
        ("htmx", _MODULES / "htmx.org" / "dist"),
        ("echarts", _MODULES / "echarts" / "dist"),
    )
    if path.is_dir()
]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

EMAIL_HOST = os.environ.get("JOBFORMIDLER_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("JOBFORMIDLER_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("JOBFORMIDLER_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("JOBFORMIDLER_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("JOBFORMIDLER_SMTP_TLS") == "1"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = str(VAR / "mail")
DEFAULT_FROM_EMAIL = os.environ.get("JOBFORMIDLER_MAIL_FROM", "jobformidler@fjordby.example")
# Text messages: an address that takes one by POST (`messaging.sms`), its token, and the sender people see.
SMS_URL = os.environ.get("JOBFORMIDLER_SMS_URL", "")
SMS_TOKEN = os.environ.get("JOBFORMIDLER_SMS_TOKEN", "")
SMS_FROM = os.environ.get("JOBFORMIDLER_SMS_FROM", "Kommunen")
SITE_URL = os.environ.get("JOBFORMIDLER_SITE_URL", "http://127.0.0.1:8000")

PGHISTORY_DEFAULT_TRACKERS = ()
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_ON_APP_READY = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            # The message of an error may repeat what somebody typed, or a whole row: only the developer's own log has it.
            "()": "logging.Formatter" if DEBUG else "jobformidler.core.logs.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("JOBFORMIDLER_LOG", "WARNING")},
}
