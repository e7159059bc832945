"""What every answer carries and what no request may do: headers, cross-origin refusal, form tokens, rate limits."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from werkzeug.middleware.proxy_fix import ProxyFix

from archive.settings import Settings
from web.errors import WebError, answer
from web.signing import signing_key

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the base style draws its chevrons as data images
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
MACHINES = "/api/"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_BESIDES_BODY = 65_536
"""Bytes of a submission that are not the file or text itself."""


def protect(app: Flask, settings: Settings) -> Limiter:
    """Set an application's limits and guards. Gives the limiter."""
    limit_requests(app, settings)
    app.after_request(_add_headers)
    csrf = CSRFProtect(app)

    @app.before_request
    def refuse_forgeries() -> None:
        _refuse_other_origins()
        if not request.path.startswith(MACHINES):
            csrf.protect()

    app.register_error_handler(CSRFError, _stale_form)
    return Limiter(get_remote_address, app=app, headers_enabled=True, storage_uri="memory://", strategy="moving-window")


def limit_requests(app: Flask, settings: Settings) -> None:
    """Sizes, cookies and names under which an application answers."""
    characters = settings.submission_characters * 4  # the most bytes UTF-8 needs
    app.config.update(
        SECRET_KEY=signing_key(settings),
        MAX_CONTENT_LENGTH=max(settings.submission_bytes, characters) + _BESIDES_BODY,
        MAX_FORM_MEMORY_SIZE=characters + _BESIDES_BODY,
        MAX_FORM_PARTS=30,
        SESSION_COOKIE_NAME="onrecord",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        WTF_CSRF_CHECK_DEFAULT=False,  # asked for below, for forms; machines prove themselves by sending JSON
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # no referrer is ever sent; the origin is asked instead
        TRUSTED_HOSTS=trusted_hosts(settings),
        TEMPLATES_AUTO_RELOAD=False,
    )
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )


def trusted_hosts(settings: Settings) -> list[str] | None:
    """The names the site answers under: none but its own, so that a foreign name cannot be bound to this machine."""
    local = ["localhost", "127.0.0.1", "[::1]"]
    if settings.base_url:
        return [urlsplit(settings.base_url).hostname or "", *local]
    return local if settings.host in ("127.0.0.1", "localhost", "::1") else None


def _refuse_other_origins() -> None:
    """Unsafe methods come from our own pages, or from no page at all."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        raise _foreign()
    origin = request.headers.get("Origin")
    if origin is not None and site is None and urlsplit(origin).netloc != request.host:
        raise _foreign()
    if request.path.startswith(MACHINES) and not request.is_json:
        # A form on a foreign page cannot send JSON without asking first; older browsers send no Sec-Fetch-Site.
        abort(415)


def _foreign() -> WebError:
    return WebError("That was sent from another site, so it was refused.", code="cross_origin", status=403)


def _stale_form(_: CSRFError) -> Response:
    # Returned, not raised: Flask handles no error of an error handler.
    return answer(
        WebError(
            "The form was open too long or cookies are off: go back, load the page again and send it once more.",
            code="form_expired",
            status=400,
        )
    )


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-cache, private")
        response.vary.update(("Accept", "Cookie"))
    return response
