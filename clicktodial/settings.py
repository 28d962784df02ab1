"""Every setting; what differs between installations comes from the environment, by `scheme`."""

from clicktodial import caches, databases, ways_in
from clicktodial.scheme import BASE_DIR, env
from clicktodial.scheme import LANGUAGES as LANGUAGES
from clicktodial.scheme import SCHEME as SCHEME

SITE_NAME = env("SITE_NAME")
ACCENT_COLOUR = env("ACCENT_COLOUR")  # clicktodial.style says what these become
LOGO, LOGO_DARK = env("LOGO"), env("LOGO_DARK")
LINKS = env("LINKS")
DEMO = env("DEMO")
DIALING = env("DIALING")
DEFAULT_COUNTRY = env("DEFAULT_COUNTRY")
ENCRYPTION_KEYS = env("ENCRYPTION_KEYS")
PHONES_PAGE = env("PHONES_PAGE")  # where the demo's simulated desk phones are to be seen

CALL_DAYS = env("CALL_DAYS")  # after which prune_calls forgets whom a call went to
AUDIT_DAYS = env("AUDIT_DAYS")  # after which prune_audit forgets who did what
CALLS_A_MINUTE = 20  # by one person; nobody dials faster by hand
API_REQUESTS_A_MINUTE = 120  # with one token: a program that keeps people waiting needs fewer
PHONE_REQUESTS_A_MINUTE = 120  # from one address: a phone, or a few behind one
EXPORTS_A_MINUTE = 6  # lists taken along by one person
STARTS_A_MINUTE = 10  # tries of the first start's code
LOOKUPS_A_MINUTE = 600  # by one person: faster than anybody types, too slow to copy the directory
# How dialling learns from the directory whose number it is, who may be let dial, where caller and
# callee are, and which numbers and places there are at all.
CALLER_NAMES = "directory.lookup.name_of"
CALLER_FAVOURITES = "directory.lookup.favourites_of"
CALLER_DEPARTMENTS = "directory.lookup.departments_by_account"
CALLER_PLACES = "directory.lookup.place_of"
CALLEE_HOURS = "directory.lookup.hours_of"
REPORTS_A_MINUTE = 5  # of wrong numbers, by one person
UNLISTED_NUMBERS = "directory.unlisted.resolve"
COLLEAGUES = "directory.lookup.colleagues_of"
DIRECTORY_NUMBERS = "directory.lookup.every_number"
DIRECTORY_PLACES = "directory.lookup.every_place"
# How the directory learns from the dial plans which public numbers are extensions.
OWN_RANGES = "clicktodial.dialing.ranges.every_range"

PROXIES = env("PROXIES")
DEBUG = env("DEBUG")
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env("CSRF_TRUSTED_ORIGINS")

# How people may sign in.
ACCOUNTS = ways_in.accounts(env)
LDAP = ways_in.ldap(env)
OPENID = ways_in.openid(env)
REMOTE_USER = ways_in.remote_user(env)

INSTALLED_APPS = [
    "clicktodial.api",
    "clicktodial.brand",
    "clicktodial.start",
    "clicktodial.dialing",
    "clicktodial.doctor",
    "clicktodial.jobs",
    "clicktodial.languages",
    "clicktodial.operating",
    "clicktodial.phones",
    "directory",
    "clicktodial.audit",
    "axes",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # below ours: one of its templates stands in templates/django/forms
    "clicktodial.signin",  # last: its roles want the permissions of all others
]
if DEMO:
    INSTALLED_APPS.append("clicktodial.demo")

MIDDLEWARE = [
    "clicktodial.logs.RequestId",
    "clicktodial.monitoring.door.Monitoring",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages shrink to a fifth. Its random padding hides what BREACH would measure.
    "django.middleware.gzip.GZipMiddleware",
    "clicktodial.brand.middleware.PublicAnswers",
    "clicktodial.csp.ContentSecurityPolicyMiddleware",
    "clicktodial.start.middleware.FirstVisit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "clicktodial.languages.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    *(["clicktodial.signin.proxy.ProxyMiddleware"] if REMOTE_USER.header else []),
    *(["clicktodial.signin.openid_views.RecheckMiddleware"] if OPENID.issuer else []),
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "clicktodial.demo.urls" if DEMO else "clicktodial.urls"
WSGI_APPLICATION = "clicktodial.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clicktodial.context.site",
                "clicktodial.dialing.context.call_bar",
            ],
        },
    },
]

# --- Storage -----------------------------------------------------------------------------------

DATABASES = {"default": databases.fitted(env.database("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": caches.fitted(env.cache("CACHE_URL"))}

MEDIA_ROOT = env("MEDIA_ROOT")  # photos; served by a view that asks who is looking, never by URL
STATIC_ROOT = env("STATIC_ROOT")
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640

# --- People ------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "clicktodial.signin.local.LocalBackend",
    *(["clicktodial.signin.ldap.LdapBackend"] if LDAP.urls else []),
    *(["clicktodial.signin.openid.OpenIdBackend"] if OPENID.issuer else []),
    *(["clicktodial.signin.proxy.ProxyBackend"] if REMOTE_USER.header else []),
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
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "directory:search"
SESSION_ENGINE = "clicktodial.signin.sessions"  # Django’s own, quicker to ask
SESSION_COOKIE_AGE = env("SESSION_HOURS") * 3600
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "clicktodial.signin.guessing.address_of"
AXES_WHITELIST_CALLABLE = "clicktodial.signin.guessing.is_no_guess"
AXES_DISABLE_ACCESS_LOG = True  # the audit trail tells who signed in
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- Language and time -------------------------------------------------------------------------

LANGUAGE_CODE = env("LANGUAGE")
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env("TIME_ZONE")
FORMAT_MODULE_PATH = ["clicktodial.formats"]
USE_I18N = True
USE_TZ = True

# --- Browser security --------------------------------------------------------------------------

HTTPS = env("HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# The oldest desk phones know no HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^phone/"] if env("PHONES_OVER_HTTP") else []
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
PROXIES = env("PROXIES")
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Pop-ups of Unified CM keep their name, so that the window is used again.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin-allow-popups"
SECURE_REFERRER_POLICY = "same-origin"  # Unified CM is told nothing; our CSRF check still works
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}

# Django shows what was typed in on its DEBUG pages; ours keep passwords out of those, too.
DEFAULT_EXCEPTION_REPORTER_FILTER = "clicktodial.dialing.error_pages.Discreet"

# --- Mail ----------------------------------------------------------------------------------------

# The site sends none by itself. Where Django's mails to administrators are added to LOGGING, they
# leave by this host: Django 6.1 wants to be told so, 5.2 takes it for granted.
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}}

# --- Logging -----------------------------------------------------------------------------------

METRICS_DIR = env("METRICS_DIR")  # where the processes of this host share what they count
METRICS_FROM, METRICS_TOKEN = env("METRICS_FROM"), env("METRICS_TOKEN")
LOG_PERSONAL_DATA = env("LOG_PERSONAL_DATA")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"()": "clicktodial.logs.Lines"},
        "json": {"()": "clicktodial.logs.Json"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": env("LOG_FORMAT")}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # zeep prints whole envelopes, passwords included, at DEBUG.
        "zeep": {"level": "INFO"},
        # It names accounts and addresses; the audit trail has the refusals.
        "axes": {"level": "WARNING" if LOG_PERSONAL_DATA else "ERROR"},
    },
}
