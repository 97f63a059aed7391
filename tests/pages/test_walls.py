"""Answers that are no evidence are told from sources that only speak of such things."""

import pytest

from flows.pages import read_page, unusable_reason

URL = "https://nsarchive.gwu.edu/document/90001-doc-01-harbour-memorandum"
OCR = "https://nsarchive.gwu.edu/media/90001/ocr"
NEWS = "https://nsarchive.gwu.edu/news/2020-01-01/harbour"
HTML = "text/html; charset=utf-8"

LONG = "<p>" + "The engineer writes at length about the harbour and its cranes. " * 60 + "</p>"


def reason(body: str | bytes, *, url: str = NEWS, content_type: str = HTML) -> str | None:
    raw = body if isinstance(body, bytes) else body.encode()
    page = read_page(raw, url=url, content_type=content_type)
    found = unusable_reason(raw, url=url, content_type=content_type)
    # What is unusable has a problem that says why; the converse is not true
    # of scans, which are sources all the same.
    assert found is None or found == page.problem
    return found


WALLS = {
    "a challenge with its usual title": (
        "<title>Just a moment...</title><h1>nsarchive.gwu.edu</h1><p>Verifying you are human.</p>",
        "challenge",
    ),
    "a challenge known by its machinery": (
        "<title>nsarchive.gwu.edu</title><p>Hold on.</p><script>window._cf_chl_opt={}</script>",
        "challenge",
    ),
    "a challenge whose words stand for browsers without scripts": (
        "<title>x</title><p>One second.</p><noscript>Enable JavaScript and cookies to continue</noscript>",
        "challenge",
    ),
    "a challenge that asks for a puzzle": (
        "<title>Security check</title><form><img src=c.png><input name=captcha></form><p>Type the letters.",
        "challenge",
    ),
    "a challenge of another maker": (
        "<title>Pardon Our Interruption</title><p>As you were browsing, something about your browser made us think you were a bot.",
        "challenge",
    ),
    "a challenge that asks for a tick": (
        "<h1>Please verify you are human</h1><div class=g-recaptcha data-sitekey=x></div>",
        "challenge",
    ),
    "a challenge in other words": (
        "<title>Making sure you&#39;re not a bot!</title><h1>Making sure you're not a bot!</h1><p>Loading...",
        "challenge",
    ),
    "a challenge known by its box": (
        "<title>nsarchive.gwu.edu</title><p>One more step.</p><div class='cf-turnstile'></div>",
        "challenge",
    ),
    "a domain that was given up": (
        "<title>nsarchive.org</title><p>This domain is for sale. Buy this domain today.</p>",
        "for sale",
    ),
    "a server that serves nothing": (
        "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>Further configuration is required.",
        "default page",
    ),
    "the site refuses": (
        "<title>Access denied | National Security Archive</title><h1>Access denied</h1><p>You are not authorized to access this page.",
        "refused",
    ),
    "a firewall refuses": (
        "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.</body></html>",
        "refused",
    ),
    "a missing page with status 200": (
        "<title>Page not found | National Security Archive</title><main><h1>Page not found</h1><p>The requested page could not be found.</p></main>",
        "not found",
    ),
    "a missing page that offers a search": (
        "<title>404 Not Found</title><h2>Sorry, we could not find that page.</h2><form><input name=q></form><ul><li>News<li>Projects</ul>",
        "not found",
    ),
    "a capture that was never made": (
        "<title>Internet Archive Wayback Machine</title><p>Hrm.</p><p>The Wayback Machine has not archived that URL.</p>",
        "not found",
    ),
    "maintenance": (
        "<title>Site under maintenance | National Security Archive</title><h1>Site under maintenance</h1><p>National Security Archive is currently under maintenance.",
        "error message",
    ),
    "an error told politely": (
        "<body>The website encountered an unexpected error. Please try again later.<br></body>",
        "error message",
    ),
    "a gateway's error with status 200": (
        "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>",
        "error message",
    ),
    "a refusal that names its date": (
        "<title>Access denied</title><h1>Access denied</h1><p>Date: 2024-01-01 10:00</p><p>Reference: 18.2f</p>",
        "refused",
    ),
    "a sign-in form": (
        "<title>University single sign-on</title><form><label>NetID</label><input name=u><input type=password></form>",
        "sign-in",
    ),
    "Drupal's own sign-in page": (
        "<title>Log in | National Security Archive</title><h1>Log in</h1><form><input name=name><input type=password name=pass></form>",
        "sign-in",
    ),
    "a wall of consent": (
        "<title>Before you continue</title><h1>Before you continue</h1><p>We use cookies.</p><button>Accept all</button>",
        "consent",
    ),
    "a page that only forwards": (
        '<meta http-equiv="Refresh" content="0; URL=https://nsarchive.gwu.edu/"><p>You are being forwarded.',
        "forwards",
    ),
    "the front page in a document's place": (
        '<body class="path-frontpage"><h1>National Security Archive</h1><p>Latest postings follow here.</p>',
        "front page",
    ),
    "the front page, long, told by the address it calls its own": (
        f'<title>Archive</title><link rel="canonical" href="https://nsarchive.gwu.edu/"><h1>Archive</h1>{LONG * 3}',
        "front page",
    ),
    "the front page, told by its title": (
        f"<title>Home | National Security Archive</title><h2>Latest</h2>{LONG}",
        "front page",
    ),
    "a page made by a program in the browser": (
        '<title>Archive</title><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript>',
        "no words",
    ),
    "an empty page": ("<html><body></body></html>", "no words"),
    "a page of pictures": (
        '<html><body><img src="a.gif" alt="scan"><hr></body></html>',
        "no words",
    ),
    "a frame around nothing": (
        "<header>National Security Archive</header><main><div></div></main><footer>Suite 701</footer>",
        "main part",
    ),
    "nothing but white space": ("  \n\t ", "no words"),
    "nothing at all": ("", "no words"),
    "punctuation without words": ("<p>. . . – – –</p>", "no words"),
}


@pytest.mark.parametrize("body, word", WALLS.values(), ids=WALLS)
def test_a_wall_is_no_evidence(body, word):
    found = reason(body)
    assert found is not None
    assert word in found


SPEAKS_OF = [
    "access denied",
    "Access Denied.",
    "sign in",
    "Please sign in to continue.",
    "Checking your browser before accessing the site.",
    "page not found",
    "The requested page could not be found.",
    "Enable JavaScript and cookies to continue.",
    "the site is currently under maintenance",
    "an error occurred",
    "captcha",
    "you are human",
    "this domain is for sale",
]


@pytest.mark.parametrize("words", SPEAKS_OF)
def test_a_long_page_that_speaks_of_it_is_evidence(words):
    assert reason(f"<title>A report</title><h1>A report</h1>{LONG}<p>{words}</p>{LONG}") is None


@pytest.mark.parametrize("words", SPEAKS_OF)
def test_a_short_document_page_that_speaks_of_it_is_evidence(words):
    body = (
        "<h1>Memorandum</h1><div class=field--name-field-date>Nov 28, 1994</div>"
        f"<div class=field--name-field-description>{words}</div>"
    )
    assert reason(body, url=URL) is None


@pytest.mark.parametrize("words", SPEAKS_OF)
def test_a_document_with_text_labels_alone_is_evidence(words):
    body = f"<h1>Memorandum</h1><p>Date</p><p>Nov 28, 1994</p><p>Description</p><p>{words}</p>"
    assert reason(body, url=URL) is None


@pytest.mark.parametrize("words", [*SPEAKS_OF, "He came back too late", "no"])
@pytest.mark.parametrize("content_type", [HTML, "text/plain", ""])
def test_the_recognised_text_of_a_short_memo_is_evidence(words, content_type):
    body = f"<html><body><p>{words}</p></body></html>" if content_type == HTML else words
    assert reason(body, url=OCR, content_type=content_type) is None


def test_a_frame_around_nothing_is_no_recognised_text():
    body = "<title>T</title><header>Archive</header><main> </main><footer>Contact us</footer>"
    assert "main part" in (reason(body, url=OCR) or "")


LOOKS_LIKE_BUT_IS_NOT = {
    "an empty main part beside an article": f"<main></main><article>{LONG}</article>",
    "a document called after a refusal": (
        "<title>Access Denied: How the Harbour Was Closed | National Security Archive</title><h1>Access Denied: How the Harbour Was Closed</h1><p>A short notice.</p>"
    ),
    "a short news item about a missing page": (
        "<title>Pages missing from the harbour log</title><h1>Pages missing from the harbour log</h1><p>Two pages were not found in the log.</p>"
    ),
    "a long article with a sign-in box": (
        f"<h1>News</h1>{LONG}<form><input type=password><button>Log in</button></form>"
    ),
    "a page with a consent banner": (
        f"<h1>News</h1><div class=cookie>We value your privacy. Accept all cookies.</div>{LONG}"
    ),
    "a short page with a consent banner and a sign-in box": (
        "<h1>News</h1><div class=cookie>We use cookies. Accept all.</div><form>Log in<input type=password></form>"
        f"<p>{'The harbour opens on Monday. ' * 12}</p>"
    ),
    "a page under a guard's script": (
        f"<h1>News</h1>{LONG}<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
    ),
    "a short page under a guard's script": (
        "<h1>News</h1><p>The harbour opens.</p><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
    ),
    "a page with a puzzle in its form": (
        f"<h1>News</h1><p>{'The harbour opens on Monday. ' * 12}</p><div class=g-recaptcha></div>"
    ),
    "a page about a site for sale": "<h1>News</h1><p>The site is for sale. You are human, he said.</p>",
    "a page that reloads itself": (
        f'<meta http-equiv="refresh" content="600"><h1>News</h1><p>The harbour opens.</p>{LONG}'
    ),
    "a short page that reloads itself": (
        '<meta http-equiv="refresh" content="600"><h1>News</h1><p>The harbour opens.</p>'
    ),
    "a frame set": '<frameset><frame src="left.htm"><frame src="right.htm"></frameset>',
    "a page in Russian": "<h1>Беседа</h1><p>Запись беседы о гавани.</p>",
    "a page in Japanese": "<p>これは港の文書です。</p>",
}


@pytest.mark.parametrize("body", LOOKS_LIKE_BUT_IS_NOT.values(), ids=LOOKS_LIKE_BUT_IS_NOT)
def test_what_only_looks_like_a_wall_is_evidence(body):
    assert reason(body) is None


def test_the_front_page_is_evidence_at_its_own_address():
    body = '<body class="path-frontpage"><h1>Archive</h1><p>Latest postings follow here.</p>'
    assert reason(body, url="https://nsarchive.gwu.edu/") is None


def test_a_challenge_is_seen_at_a_texts_address_too():
    body = "<title>Just a moment...</title><p>Checking your browser"
    assert "challenge" in (reason(body, url=OCR) or "")


@pytest.mark.parametrize(
    "text",
    [
        "404 page not found",
        "403 Forbidden\n",
        "HTTP Error 404. Not found.",
        "503 Service Unavailable",
    ],
)
@pytest.mark.parametrize("url", [URL, OCR])
def test_a_plain_error_message_is_no_evidence(text, url):
    assert reason(text, url=url, content_type="text/plain") is not None


@pytest.mark.parametrize(
    "text",
    [
        "404 men were not found on board.",
        "403 Forbidden zones are listed below, with their cranes.",
    ],
)
@pytest.mark.parametrize("url", [URL, OCR])
def test_a_plain_text_that_says_more_is_evidence(text, url):
    assert reason(text, url=url, content_type="text/plain") is None


NO_PAGE = {
    "data": (b'{"errors": [{"status": "404"}]}', "application/json", "data"),
    "data without a type": (b'[{"a": 1}]', "", "data"),
    "data labelled as a page": (b'{"a": "b"}', HTML, "data"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png", "image"),
    "a picture labelled as a page": (b"\xff\xd8\xff\xe0\x00\x10JFIF", HTML, "image"),
    "compressed data that nobody unpacked": (
        b"\x1f\x8b\x08\x00" + bytes(range(256)),
        HTML,
        "compressed",
    ),
    "rubbish": (bytes((i * 37) % 256 for i in range(3000)), HTML, "binary"),
    "an office document": (b"PK\x03\x04" + b"\x00" * 100, "application/octet-stream", "office"),
}


@pytest.mark.parametrize("body, content_type, word", NO_PAGE.values(), ids=NO_PAGE)
def test_what_is_no_page_is_no_evidence(body, content_type, word):
    found = reason(body, content_type=content_type)
    assert found is not None
    assert word in found
