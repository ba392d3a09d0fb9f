"""Django settings. Everything a bureau may want to change comes from the environment:

LIUHEN_DATA          folder for all that is kept outside a database server (default: var)
LIUHEN_VAULT         where originals are kept: a folder or s3://bucket?endpoint=… (default: vault in LIUHEN_DATA)
LIUHEN_VAULT_SECOND  a second place that keeps every original as well (default: none)
LIUHEN_VAULT_BOTH    1 when a file counts as stored only once both places have it
LIUHEN_VAULT_LOW_HOURS  hours of film for which there should be room; below it is warned of (default: 100)
LIUHEN_FONTS         folder of the fonts that papers are printed with (default: var/fonts)
LIUHEN_DATABASE_URL  postgresql://… ; without it an SQLite file in LIUHEN_DATA
LIUHEN_BUREAU        the bureau's id, which stands in every entry and in the log's name
LIUHEN_HOSTS         host names the site answers to, separated by commas
LIUHEN_SEAL          the bureau's certificate (PKCS #12) with which sealed papers are signed; without it they are not
LIUHEN_SEAL_PASSWORD file that holds the certificate's password
LIUHEN_SEAL_TSA      address of the time stamping authority (RFC 3161) for those signatures
LIUHEN_HTTPS         1 when browsers reach the site over HTTPS: cookies and HSTS then insist on it
LIUHEN_THREADS       how many requests a process answers at once (liuhen serve sets it)
LIUHEN_DEBUG         1 for development only
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from liuhen.project.database import database_settings
from liuhen.project.secret import secret_key

BASE_DIR = Path(__file__).resolve().parents[2]
LIUHEN_DATA = Path(os.environ.get("LIUHEN_DATA") or BASE_DIR / "var").resolve()
LIUHEN_VAULT = os.environ.get("LIUHEN_VAULT", "")
LIUHEN_VAULT_SECOND = os.environ.get("LIUHEN_VAULT_SECOND", "")
LIUHEN_VAULT_BOTH = os.environ.get("LIUHEN_VAULT_BOTH") == "1"
LIUHEN_VAULT_LOW_HOURS = int(os.environ.get("LIUHEN_VAULT_LOW_HOURS") or 100)
LIUHEN_FONTS = Path(os.environ.get("LIUHEN_FONTS") or BASE_DIR / "var" / "fonts").resolve()
LIUHEN_BUREAU = os.environ.get("LIUHEN_BUREAU") or "jinpu-fgj"
LIUHEN_SEAL = os.environ.get("LIUHEN_SEAL") or ""
LIUHEN_SEAL_PASSWORD = os.environ.get("LIUHEN_SEAL_PASSWORD") or ""
LIUHEN_SEAL_TSA = os.environ.get("LIUHEN_SEAL_TSA") or ""
LIUHEN_THREADS = int(os.environ.get("LIUHEN_THREADS") or 8)
LIUHEN_HTTPS = os.environ.get("LIUHEN_HTTPS") == "1"

DEBUG = os.environ.get("LIUHEN_DEBUG") == "1"
SECRET_KEY = secret_key(LIUHEN_DATA / "secret_key")
ALLOWED_HOSTS = [host for host in os.environ.get("LIUHEN_HOSTS", "").split(",") if host] or [
    "localhost",
    "127.0.0.1",
    "[::1]",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "axes",
    "liuhen.vault",
    "liuhen.office",
    "liuhen.records",
    "liuhen.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "liuhen.desk.access.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "liuhen.desk.access.Refusals",
    # Last, as axes asks: it turns a refused log-in into its answer.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "liuhen.project.urls"
WSGI_APPLICATION = "liuhen.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "liuhen.desk.frame.frame",
            ]
        },
    }
]

DATABASES = {"default": database_settings(os.environ.get("LIUHEN_DATABASE_URL", ""), LIUHEN_DATA)}
AUTH_USER_MODEL = "office.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
# By account and address: a colleague at another desk cannot lock an officer out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "liuhen.desk.views.account.locked_out"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "work"
CSRF_FAILURE_VIEW = "liuhen.desk.errors.csrf_failure"

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
# Served from the packages themselves, so that a start needs no collecting first.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# A list of a hundred goods in one document has more cells than Django expects of a form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LIUHEN_HTTPS
SECURE_SSL_REDIRECT = LIUHEN_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if LIUHEN_HTTPS else 0
if LIUHEN_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What went wrong stands where the service's output goes; a page never shows it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"output": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "django.request": {"handlers": ["output"], "level": "ERROR", "propagate": True},
        "liuhen": {"handlers": ["output"], "level": "INFO", "propagate": True},
    },
}
