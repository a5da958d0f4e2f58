"""Settings of the Django project, from the environment alone; docs/operate.md lists every variable.

A check has no off switch here: there is no DEBUG, and a public name switches secure cookies on by being given.
"""

from __future__ import annotations

import os
import re
from typing import Any

from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured

from yiwang.org.networks import read_networks
from yiwang.org.proxies import Proxies
from yiwang.org.secret import secret_key
from yiwang.run import database, places

DEBUG = False
HOME = places.home()
DEMO = os.environ.get("YIWANG_DEMO") == "1"
LEDGER_KEY = os.environ.get("YIWANG_LEDGER_KEY") or str(places.var() / "ledger.key")
SECRET_KEY = os.environ.get("YIWANG_SECRET_KEY") or secret_key(places.var() / "secret")
SECRET_KEY_FALLBACKS = [one for one in os.environ.get("YIWANG_SECRET_KEYS_BEFORE", "").split(",") if one]

# --- what it is made of ---------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_vite",
    "procrastinate.contrib.django",
    "yiwang.org",
    "yiwang.ledger",
    "yiwang.files",
    "yiwang.pages",
    "yiwang.matters",
    "yiwang.signals",
    "yiwang.indicators",
    "yiwang.goals",
    "yiwang.systems",
    "yiwang.look",
    "yiwang.wall",
    "yiwang.desk",
    "yiwang.board",
    "yiwang.people",
    "yiwang.portal",
    "yiwang.api",
]

MIDDLEWARE = [
    "yiwang.org.visitor.VisitorMiddleware",  # first: the others believe what it leaves
    "django.middleware.security.SecurityMiddleware",
    "yiwang.look.static.StaticFiles",
    "csp.middleware.CSPMiddleware",
    "yiwang.look.door.DoorMiddleware",  # before everything that reads what a visitor sent
    "yiwang.org.addresses.AddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "yiwang.look.sessions.SessionLimits",
    "django_htmx.middleware.HtmxMiddleware",
    "yiwang.look.standing_in.StandInMiddleware",
    "yiwang.org.middleware.AskerMiddleware",
    "yiwang.look.languages.LanguageMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it turns a refused sign-in into the answer
]

ROOT_URLCONF = "yiwang.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- the database ---------------------------------------------------------------------------------------------
# `default` connects as a role that row security binds; `owner` owns the tables and only migrates and loads.
# Where they are is looked up when they are first connected to.

THREADS = int(os.environ.get("YIWANG_THREADS", "8"))
POOL = int(os.environ.get("YIWANG_POOL") or database.most_connections(THREADS))
DATABASES: dict[str, Any] = {
    "default": database.looked_up(database.app_url, pool=POOL, limited=True),
    "owner": database.looked_up(database.owner_url),
    "apart": database.looked_up(database.app_url, pool=2, limited=True),  # counts of tries (org.limits)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- who may come in ------------------------------------------------------------------------------------------

PUBLIC_HOSTS = [host.strip() for host in os.environ.get("YIWANG_HOSTS", "").split(",") if host.strip()]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *PUBLIC_HOSTS]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in PUBLIC_HOSTS]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = bool(PUBLIC_HOSTS)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "yiwang_session"  # cookies know no port: two programs on one loopback address must not mix
CSRF_COOKIE_NAME = "yiwang_csrf"
SESSION_COOKIE_AGE = CSRF_COOKIE_AGE = int(float(os.environ.get("YIWANG_SESSION_HOURS", "12")) * 3600)
IDLE_SECONDS = int(float(os.environ.get("YIWANG_IDLE_MINUTES", "30")) * 60)
SECURE_HSTS_SECONDS = 31_536_000 if PUBLIC_HOSTS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"


def _proxies() -> Proxies:
    """Who may say where a visitor comes from. Behind a public name some proxy is needed, so that without a named one
    those nearby count as it; without a public name there is none."""
    said = os.environ.get("YIWANG_PROXIES", "loopback,private" if PUBLIC_HOSTS else "")
    hops = os.environ.get("YIWANG_PROXY_HOPS", "1")
    if not re.fullmatch(r"[1-9]", hops):
        raise ImproperlyConfigured(f"YIWANG_PROXY_HOPS is {hops}: give the number of proxies in a row, 1 to 9.")
    try:
        return Proxies(read_networks(said), int(hops))
    except ValueError as part:
        raise ImproperlyConfigured(
            f"YIWANG_PROXIES holds {part}: give addresses or networks separated by commas, for example 10.0.0.7."
        ) from None


YIWANG_PROXIES = _proxies()
if YIWANG_PROXIES.networks:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # VisitorMiddleware takes it from everybody else

AUTHENTICATION_BACKENDS = [
    "yiwang.org.sign_in.Guard",
    "axes.backends.AxesStandaloneBackend",
    "yiwang.ledger.backend.Passwords",
    "django.contrib.auth.backends.ModelBackend",  # for those who are signed in: the one before answers every password
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "yiwang.org.visitor.visitor_for_axes"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "yiwang.look.errors.locked_out"
CSRF_FAILURE_VIEW = "yiwang.look.errors.stale_form"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- languages and time ---------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
# where no district is known yet; behind that point the languages are those of its pack (look/languages.py)
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGES += [one for one in global_settings.LANGUAGES if one[0][:2] not in ("zh", "en")]
LANGUAGE_COOKIE_NAME = "yiwang_language"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- files ----------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [folder for folder in [places.front_end()] if folder.is_dir()]
WHITENOISE_USE_FINDERS = True  # straight from the packages and the built front end: no collecting step


def WHITENOISE_IMMUTABLE_FILE_TEST(path: str, url: str) -> bool:
    """Vite writes the content's hash into the name, so such a file never changes."""
    return re.search(r"/assets/[^/]+-[\w-]{8,}\.\w+$", url) is not None


DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": places.front_end() / ".vite" / "manifest.json"}}
MEDIA_ROOT = places.var() / "media"
PROVEN = places.var() / "proven"  # notes of kinds in which nothing is wrong (matters.proof_kept)
MEDIA_URL = "/media/"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- work in the background, messages, logs -------------------------------------------------------------------

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # by the worker alone, when it starts
PROCRASTINATE_IMPORT_PATHS = ["yiwang.run.every_task"]
PROCRASTINATE_ON_APP_READY = "yiwang.run.ticks.of_the_worker"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]  # loopback needs no TLS
if not (places.front_end() / ".vite" / "manifest.json").exists():
    SILENCED_SYSTEM_CHECKS.append("django_vite.W001")  # pages without map and charts work before the build

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "yiwang.run.logs.Careful",
            "format": "{asctime} {levelname} {visitor} {name} {message}",
            "style": "{",
        }
    },
    "filters": {"visitor": {"()": "yiwang.org.visitor.InLog"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["visitor"]}},
    "loggers": {"psycopg.pool": {"level": "ERROR"}},  # it warns of each try; what fails in the end is said anyway
    "root": {"handlers": ["stderr"], "level": os.environ.get("YIWANG_LOG", "WARNING")},
}
