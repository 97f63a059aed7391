"""What an error of the network means, in plain words, and whether it may pass.

Libraries wrap one error in another, and some of them blame the wrong party;
what happened is told from all of them together.
"""

import ssl
from collections.abc import Iterator
from datetime import datetime

import requests
from urllib3.exceptions import NameResolutionError, NewConnectionError

from flows.archive.outcomes import Kind, Outcome


def diagnose(error: Exception, url: str, at: datetime, seconds: float, *, asked: bool) -> Outcome:
    """Return the outcome of a request for *url*, made at *at*, that ended in *error*.

    Args:
        error: What requests or urllib3 raised.
        url: What was asked for.
        at: When.
        seconds: The time that the whole response was given.
        asked: Whether the request had left, so that whatever failed was not the
            way there. (urllib3 blames the proxy for any connection that broke
            off through one.)
    """
    host = url.split("/")[2] if url.count("/") > 1 else url
    causes = list(_causes(error))
    certificate = next((c for c in causes if isinstance(c, ssl.SSLCertVerificationError)), None)
    if certificate is not None:
        problem = certificate.verify_message or certificate.reason
        kind, reason = Kind.REFUSED, f"the certificate of {host} is not valid: {problem}"
    elif (missing := _no_way_there(causes, host, asked=asked)) is not None:
        kind, reason = Kind.NO_CONNECTION, missing
    else:
        kind, reason = Kind.TRANSIENT, _broken_answer(causes, host, seconds)
    return Outcome(kind=kind, reason=reason, at=at, requests=1)


def _no_way_there(causes: list[BaseException], host: str, *, asked: bool) -> str | None:
    """Return why the host was not reached, or ``None`` if it was."""
    text = _text(causes)
    reason = _broken_environment(causes, text)
    if reason is None and not asked and _any(causes, requests.exceptions.ProxyError):
        reason = _proxy_reason(causes, text, host)
    if reason is None and _any(causes, NameResolutionError):
        late = " in time" if "no answer within" in text else ""
        reason = f"the name {host} could not be resolved{late}"
    if reason is None and _any(causes, requests.exceptions.ConnectTimeout):
        reason = f"{host} did not accept one in time"
    if reason is None and _any(causes, NewConnectionError):
        return f"no connection to {host}: {_why(causes)}"
    return None if reason is None else f"no connection: {reason}"


def _broken_answer(causes: list[BaseException], host: str, seconds: float) -> str:
    """Return what was wrong with the answer."""
    text = _text(causes)
    if _any(causes, TimeoutError) or "timed out" in text:
        return f"no complete answer within {seconds:g} seconds"
    if any(said in text for said in ("IncompleteRead", "InvalidChunkLength", "prematurely")):
        return "the answer broke off before its end"
    if _any(causes, ssl.SSLError):
        return f"the encrypted connection to {host} failed"
    if _any(causes, ConnectionError) or "Remote end closed" in text:
        return f"{host} broke the connection off"
    return f"the answer of {host} could not be understood ({type(causes[-1]).__name__})"


def _any(causes: list[BaseException], kind: type[BaseException]) -> bool:
    return any(isinstance(cause, kind) for cause in causes)


def _text(causes: list[BaseException]) -> str:
    return " ".join(str(cause) for cause in causes)


def _broken_environment(causes: list[BaseException], text: str) -> str | None:
    """Return what is wrong with this machine's own settings, if that is what failed."""
    if "CA certificate bundle" in text:
        return "the trusted certificates that REQUESTS_CA_BUNDLE names cannot be read"
    wrong = (requests.exceptions.InvalidProxyURL, requests.exceptions.InvalidSchema)
    if any(isinstance(cause, wrong) for cause in causes) or "Proxy URL had" in text:
        return "the address of the proxy cannot be used"
    return None


def _proxy_reason(causes: list[BaseException], text: str, host: str) -> str:
    _, tunnel, status = text.partition("Tunnel connection failed: ")
    if tunnel:
        return f"the proxy refused to connect to {host} (it answered {status[:3]})"
    if any(isinstance(c, NameResolutionError) for c in causes):
        return "the name of the proxy could not be resolved"
    return f"the proxy could not be reached ({_why(causes)})"


def _why(causes: list[BaseException]) -> str:
    found = next((c.strerror for c in causes if isinstance(c, OSError) and c.strerror), None)
    return str(found or causes[-1]).partition(": ")[2].lower() or str(found or causes[-1]).lower()


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield *error* and everything it was made from, outermost first."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        linked = (*current.args, current.__cause__, current.__context__)
        linked += (getattr(current, "reason", None), getattr(current, "original_error", None))
        waiting.extend(item for item in linked if isinstance(item, BaseException))
