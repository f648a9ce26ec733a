"""The settings of the house, from the environment where a deployment must choose."""

import os
from functools import partial
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject
from environs import Env

from . import addressing, environment
from .databases import databases
from .environment import said
from .keys import session_secret

env = Env()

os.umask(0o077)  # whatever this process writes can be read by its owner alone
VAR = Path(said("PISHKHAN_VAR", "var")).resolve()  # database, media and keys
KEYS = Path(said("PISHKHAN_KEYS", str(VAR / "keys"))).resolve()  # under the master key personal data are encrypted
VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
NAMED_SECRET = env.str("PISHKHAN_SECRET", "", validate=environment.a_secret)
SECRET_KEY = NAMED_SECRET or SimpleLazyObject(partial(session_secret, KEYS))  # read once something is signed with it
DEBUG = False
if said("PISHKHAN_HTTPS"):
    raise ImproperlyConfigured(addressing.NO_LONGER)

# Where this deployment is found, as licences and their keys say it; hosts, cookies and TLS derive from it.
ADDRESS = addressing.address(
    said("PISHKHAN_ORIGIN"),
    hosts=env.list("PISHKHAN_HOSTS", []),
    proxies=env.int("PISHKHAN_PROXIES", 0),
    certificate=said("PISHKHAN_CERTIFICATE"),
    key=said("PISHKHAN_CERTIFICATE_KEY"),
)
ORIGIN, ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS = ADDRESS.origin, list(ADDRESS.hosts), [ADDRESS.origin]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ADDRESS.is_https
CSRF_FAILURE_VIEW = "pishkhan.site.pages.urls.not_our_form"
SESSION_COOKIE_NAME = "__Host-sessionid" if ADDRESS.is_https else "sessionid"  # no neighbouring host can set it
SECURE_HSTS_SECONDS = addressing.A_YEAR if ADDRESS.is_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ADDRESS.is_behind_tls else None
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ADDRESS.is_https else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = NINJA_NUM_PROXIES = 0  # both read REMOTE_ADDR, which site.transport has put right

APPS = (
    "journal",
    "limits",
    "geography",
    "regulation",
    "credentials",
    "files",
    "people",
    "notices",
    "letters",
    "payments",
    "accounts",
    "casework",
    "offices",
    "inspections",
    "meetings",
    "counter",
    "enforcement",
    "complaints",
    "licensing",
    "rounds",
    "exchange",
    "measures",
    "register",
    "site",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *(f"pishkhan.{app}" for app in APPS),  # first: its pages of sign-in stand before allauth's
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
]
MIDDLEWARE = [
    "pishkhan.site.middleware.transport.Transport",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pishkhan.site.middleware.caching.PrivateByDefault",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pishkhan.site.middleware.languages.ChosenLanguage",
    "pishkhan.site.middleware.text_sanitising.storable_addresses",
    "pishkhan.site.middleware.typed_input.TypedInput",
    "pishkhan.limits.posting.form_keys",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pishkhan.site.middleware.bounds.bounded",
    "pishkhan.journal.read_once.read_once",
    "pishkhan.site.middleware.provinces.ChosenProvince",
    "pishkhan.people.sign_in.devices.known_devices",
    "pishkhan.people.access.SignInFirst",
    "pishkhan.site.pages.navigation.Refusals",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pishkhan.site.middleware.second_factor.SecondFactor",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
ROOT_URLCONF = "pishkhan.site.configuration.urls"
WSGI_APPLICATION = "pishkhan.site.configuration.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "pishkhan.site.pages.navigation.frame",
            ],
            "builtins": [
                "django.templatetags.static",
                "pishkhan.site.templatetags.say",
                "pishkhan.site.templatetags.stacked",
            ],
        },
    }
]

USE_TZ = True
TIME_ZONE = "UTC"  # of what is stored; the law's days are of Asia/Tehran (journal.clock)
LANGUAGE_CODE = "fa"
LANGUAGES = [("fa", "فارسی"), ("en", "English")]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {  # nothing from elsewhere, nothing inline
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "script-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
WHITENOISE_USE_FINDERS = True  # static files are served from the packages themselves: there is nothing to collect
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns where there is none
MEDIA_ROOT = VAR / "media"
FILE_UPLOAD_HANDLERS = ["pishkhan.files.uploads.InMemory"]  # nothing that is uploaded lies in the clear on a disk
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
LEAST_FREE = (
    env.int(  # bytes: below them a disk is said to be nearly full
        "PISHKHAN_LEAST_FREE", 200, validate=environment.a_size
    )
    * 2**20
)
DATA_UPLOAD_MAX_NUMBER_FILES = 5
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500  # of a form or a query; `site.bounds` says how much else may be sent
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20

DATABASES = databases(said("DATABASE_URL"), VAR)

AUTH_USER_MODEL = "people.Account"

# Sign-in: by username and password, and a second factor where one is set up; by pages and over JSON at /_allauth/.
# Accounts are opened by acts (people.services), so allauth's sign-up and its letters are closed.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{text}"}
    for text in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "today", "home"
ACCOUNT_FORMS = {"login": "pishkhan.people.forms.SignIn"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_ADAPTER = "pishkhan.people.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
# Guesses of passwords are counted by people.sign_in.guessing, those of codes by people.sign_in.second_factor; allauth
# itself counts what a session is asked once more.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "signup": None,
    "login_failed": None,
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "pishkhan.people.sign_in.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "pishkhan.people.sign_in.code_forms.SignInCode",
    "reauthenticate": "pishkhan.people.sign_in.code_forms.CodeAgain",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Pishkhan"
CACHES = {  # what every process must see, in a table that drops nothing before its time; what may differ, in memory
    "default": {"BACKEND": "pishkhan.limits.keeping.KeptCache"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}},
}
LIMITS = said("PISHKHAN_LIMITS")  # "track=60/m,joining=20/h": this deployment's own

LOGGING = {  # what fails on our side, with its trace, to the error stream; nothing that is merely refused
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"errors": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "loggers": {name: {"handlers": ["errors"], "level": "INFO"} for name in ("django", "pishkhan")}
    | {"django.security": {"level": "CRITICAL", "propagate": False}},
}  # hosts and forms refused, by whoever knocks

MAP_STYLE = environment.style_on(ORIGIN, said("PISHKHAN_MAP_STYLE"))  # an operator's own MapLibre style
AUTHORITY = said("PISHKHAN_AUTHORITY")  # who runs this deployment, as licences name their issuer ("cra")
NOTICE_ADAPTER = said("PISHKHAN_NOTICES", "file")  # "console" or "file" (var/outbox), for what has no way of its own
EMAIL_WAY = said("PISHKHAN_EMAIL", NOTICE_ADAPTER)  # or "smtp"
SMTP = {
    "host": said("PISHKHAN_SMTP_HOST", "localhost"),
    "port": env.int("PISHKHAN_SMTP_PORT", 0, validate=environment.a_port),
    "security": said("PISHKHAN_SMTP_SECURITY", "tls"),  # "tls", "starttls", or "none" on this machine
    "sender": said("PISHKHAN_SMTP_FROM", "pishkhan@localhost"),
    "username": said("PISHKHAN_SMTP_USER"),
    "password": env.str("PISHKHAN_SMTP_PASSWORD", ""),
}
SMS_WAY = said("PISHKHAN_SMS", NOTICE_ADAPTER)  # or "http"
SMS = {
    "url": said("PISHKHAN_SMS_URL"),
    "method": said("PISHKHAN_SMS_METHOD", "POST"),
    "body": said("PISHKHAN_SMS_BODY", '{"to": "$to", "text": "$text", "id": "$id"}'),
    "headers": env.json("PISHKHAN_SMS_HEADERS", {}, validate=environment.headers),
    "expects": said("PISHKHAN_SMS_EXPECTS"),
}
ANONYMOUS_RATE = env.str("PISHKHAN_ANONYMOUS_RATE", "10/s", validate=environment.a_rate)
SIGNED_IN_RATE = env.str("PISHKHAN_SIGNED_IN_RATE", "50/s", validate=environment.a_rate)
