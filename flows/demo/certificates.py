"""Certificates for the stand-in server, made when it starts and gone when it ends."""

import ssl
import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal

import trustme

#: What may be wrong with a host's certificate.
CertificateFault = Literal["expired", "other name", "unknown authority"]


class Certificates:
    """One authority, and a TLS context per host signed by it."""

    def __init__(self, faults: Mapping[str, CertificateFault]) -> None:
        self.authority = trustme.CA()
        self._faults = faults
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()

    def context(self, host: str) -> ssl.SSLContext:
        """Return the context with which *host* is served, made on first use."""
        with self._lock:
            if host not in self._contexts:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                self._issue(host).configure_cert(context)
                self._contexts[host] = context
            return self._contexts[host]

    def _issue(self, host: str) -> trustme.LeafCert:
        match self._faults.get(host):
            case "expired":
                past = datetime.now(UTC) - timedelta(days=2)
                return self.authority.issue_cert(host, not_after=past)
            case "other name":
                return self.authority.issue_cert(f"other.{host}")
            case "unknown authority":
                return trustme.CA().issue_cert(host)
            case None:
                return self.authority.issue_cert(host)
