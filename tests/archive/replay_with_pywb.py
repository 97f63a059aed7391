"""Replay a WARC file with pywb and print what it serves; run by the Python that has pywb.

Arguments: the WARC file, then ``<14 digits>/<address>`` for each page wanted.
Prints one JSON object: for each page its status and the SHA-256 of its body,
decoded. Not a test by itself: ``test_replay.py`` runs it.
"""

import contextlib
import gzip
import hashlib
import io
import json
import os
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Index the file as pywb's own manager does, and ask its own application."""
    warc, wanted = str(Path(sys.argv[1]).resolve()), sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
        os.chdir(folder)
        from pywb.manager.manager import main as manage  # noqa: PLC0415  reads the folder it starts in

        manage(["init", "kept"])
        manage(["add", "kept", warc])
        from pywb.apps.frontendapp import FrontEndApp  # noqa: PLC0415  as above

        application = FrontEndApp(config_file=None, custom_config={"debug": False})
        served = {page: ask(application, page) for page in wanted}
        os.chdir("/")
    print(json.dumps(served))


def ask(application, page):
    """Return status and digest of *page* in its unaltered (``id_``) form."""
    stamp, _, url = page.partition("/")
    answer = {}

    def start_response(status, headers, exc_info=None):
        answer.update(status=int(status.split()[0]), headers={k.lower(): v for k, v in headers})

    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": f"/kept/{stamp}id_/{url}",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    body = b"".join(application(environ, start_response))
    if answer["headers"].get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return {"status": answer["status"], "sha256": hashlib.sha256(body).hexdigest()}


if __name__ == "__main__":
    main()
