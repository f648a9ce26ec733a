"""The settings of the house, from the environment where a deployment must choose."""

from pathlib import Path

from environs import Env

from .keys import key_from

env = Env()

VAR = Path(env.str("PISHKHAN_VAR", "var")).resolve()  # database, media and keys
KEYS = Path(env.str("PISHKHAN_KEYS", str(VAR / "keys")))
VAR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = env.str("PISHKHAN_SECRET", "") or key_from(KEYS, "session.key").hex()
MASTER_KEY = key_from(KEYS, "master.key")  # under which personal data and erasable words are encrypted
DEBUG = False
ALLOWED_HOSTS = env.list("PISHKHAN_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"])

APPS = ("journal", "geography", "regulation", "credentials", "files", "people", "notices", "letters", "payments",
        "casework", "offices", "inspections", "meetings", "counter", "enforcement", "licensing", "rounds", "exchange",
        "measures", "register", "site")
INSTALLED_APPS = [
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
    "django.contrib.staticfiles",
    *(f"pishkhan.{app}" for app in APPS),  # first: its pages of sign-in stand before allauth's
    "allauth", "allauth.account", "allauth.mfa", "allauth.headless",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pishkhan.site.languages.ChosenLanguage",
    "pishkhan.site.readable.storable_addresses",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pishkhan.people.doors.SignInFirst",
    "pishkhan.site.frame.Refusals",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
ROOT_URLCONF = "pishkhan.site.urls"
WSGI_APPLICATION = "pishkhan.site.wsgi.application"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "OPTIONS": {"context_processors": ["django.template.context_processors.request",
                                       "django.contrib.auth.context_processors.auth",
                                       "django.contrib.messages.context_processors.messages",
                                       "django.template.context_processors.i18n",
                                       "pishkhan.site.frame.frame"],
                "builtins": ["django.templatetags.static", "pishkhan.site.templatetags.say"]}}]

USE_TZ = True
TIME_ZONE = "UTC"  # of what is stored; the law's days are of Asia/Tehran (journal.clock)
LANGUAGE_CODE = "fa"
LANGUAGES = [("fa", "فارسی"), ("en", "English")]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {  # nothing from elsewhere, nothing inline
    "default-src": ["'none'"], "style-src": ["'self'"], "img-src": ["'self'", "data:"], "font-src": ["'self'"],
    "script-src": ["'self'"], "worker-src": ["'self'"], "manifest-src": ["'self'"], "connect-src": ["'self'"],
    "form-action": ["'self'"], "base-uri": ["'none'"], "frame-ancestors": ["'none'"]}}
WHITENOISE_USE_FINDERS = True  # static files are served from the packages themselves: there is nothing to collect
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns where there is none
MEDIA_ROOT = VAR / "media"
FILE_UPLOAD_HANDLERS = ["pishkhan.files.uploads.Bounded", *(
    f"django.core.files.uploadhandler.{each}FileUploadHandler" for each in ("Memory", "Temporary"))]
DATA_UPLOAD_MAX_NUMBER_FILES = 5

DATABASE_URL = env.str("DATABASE_URL", "")
if DATABASE_URL:
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60)}
else:
    DATABASES = {"default": {
        "ENGINE": "django.db.backends.sqlite3", "NAME": VAR / "pishkhan.sqlite3",
        # IMMEDIATE: a writing transaction takes the lock at once, so nothing it reads is stale.
        # recursive_triggers: else INSERT OR REPLACE slips past the triggers that guard the journal.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                                    "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON"},
        "TEST": {"NAME": VAR / "test.sqlite3"}}}  # a file: threads race on it

AUTH_USER_MODEL = "people.Account"

# Sign-in: by username and password, and a second factor where one is set up; by pages and over JSON at /_allauth/.
# Accounts are opened by acts (people.services), so allauth's sign-up and its letters are closed.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": f"django.contrib.auth.password_validation.{each}"} for each in (
    "UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator",
    "NumericPasswordValidator")]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "today", "home"
ACCOUNT_FORMS = {"login": "pishkhan.people.forms.SignIn"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_ADAPTER = "pishkhan.people.signing_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = {"signup": "10/h/ip", "login": "30/m/ip", "login_failed": "20/m/ip,5/5m/key"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "pishkhan.people.signing_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Pishkhan"
ALLAUTH_TRUSTED_PROXY_COUNT = NINJA_NUM_PROXIES = env.int("PISHKHAN_PROXIES", 0)  # whose X-Forwarded-For is believed
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("PISHKHAN_HTTPS", False)
CACHES = {  # attempts to sign in are counted where every process sees them; what may differ by process, in its memory
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_cache"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

LOGGING = {  # what fails on our side, with its trace, to the error stream; nothing that is merely refused
    "version": 1, "disable_existing_loggers": False,
    "handlers": {"errors": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "loggers": {"django": {"handlers": ["errors"], "level": "INFO"}}}

MAP_STYLE = env.str("PISHKHAN_MAP_STYLE", "")  # the address of an operator's own MapLibre style, on this host
ORIGIN = env.str("PISHKHAN_ORIGIN", "http://localhost:8000").rstrip("/")  # what licences and their keys are found under
AUTHORITY = env.str("PISHKHAN_AUTHORITY", "")  # who runs this deployment, as licences name their issuer ("cra")
NOTICE_ADAPTER = env.str("PISHKHAN_NOTICES", "file")  # "console" or "file" (var/outbox), for what has no way of its own
EMAIL_WAY = env.str("PISHKHAN_EMAIL", NOTICE_ADAPTER)  # or "smtp"
SMTP = {"host": env.str("PISHKHAN_SMTP_HOST", "localhost"), "port": env.int("PISHKHAN_SMTP_PORT", 0),
        "security": env.str("PISHKHAN_SMTP_SECURITY", "tls"),  # "tls", "starttls", or "none" on this machine
        "sender": env.str("PISHKHAN_SMTP_FROM", "pishkhan@localhost"),
        "username": env.str("PISHKHAN_SMTP_USER", ""), "password": env.str("PISHKHAN_SMTP_PASSWORD", "")}
SMS_WAY = env.str("PISHKHAN_SMS", NOTICE_ADAPTER)  # or "http"
SMS = {"url": env.str("PISHKHAN_SMS_URL", ""), "method": env.str("PISHKHAN_SMS_METHOD", "POST"),
       "body": env.str("PISHKHAN_SMS_BODY", '{"to": "$to", "text": "$text", "id": "$id"}'),
       "headers": env.json("PISHKHAN_SMS_HEADERS", {}), "expects": env.str("PISHKHAN_SMS_EXPECTS", "")}
# Where backups go, daily once all three are said; the keys never beside the data.
BACKUP_TO, BACKUP_KEYS_TO, BACKUP_PASSPHRASE_FILE = (
    Path(told) if (told := env.str(f"PISHKHAN_BACKUP_{name}", "")) else None
    for name in ("TO", "KEYS_TO", "PASSPHRASE_FILE"))
ANONYMOUS_RATE = env.str("PISHKHAN_ANONYMOUS_RATE", "10/s")
SIGNED_IN_RATE = env.str("PISHKHAN_SIGNED_IN_RATE", "50/s")
