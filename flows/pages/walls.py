"""Answers that are no evidence: challenges, sign-in pages, missing pages served as found.

A wall is told by what it *is* (its title, its form, its machinery), together
with how little else it says. Words alone never make a wall: a cable may tell
of "access denied", and a memo of five words is still a memo. A page on which
labelled fields of a document were found is never one.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flows.pages.html import bare_title, has_words
from flows.pages.layout import Layout
from flows.pages.regions import Region
from flows.pages.tags import attribute
from flows.records import FieldName

#: Words up to which a page with a telling title is a wall; news pages that
#: are called "Access Denied" have more.
TITLED_WORDS = 400

#: Words up to which a telling first sentence, or a form, makes a page a wall.
SHORT_WORDS = 150

#: The same for a sign-in form or a word about cookies, which real pages have
#: in a box of their own.
BOXED_WORDS = 60

#: Characters up to which a plain text may be an error message and nothing else.
LONGEST_MESSAGE = 80

#: A page that only forwards has hardly a sentence.
FORWARDING_WORDS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A kind of wall: the titles it bears, the words it opens with, its machinery.

    ``title`` must be the whole of a title or heading; ``opening`` must begin
    a line or a sentence; ``machinery`` must occur in the markup, and an element
    that the CSS selector ``form`` describes on the page. The last three count
    on pages of at most ``within`` words.
    """

    reason: str
    title: re.Pattern[str] | None = None
    opening: re.Pattern[str] | None = None
    machinery: re.Pattern[str] | None = None
    form: str = ""
    within: int = SHORT_WORDS


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})\W*", re.IGNORECASE)


def _start(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\n.!?|»]\s*)(?:{pattern})", re.IGNORECASE)


#: "Verify you are human", "Making sure you're not a bot", "I am not a robot".
_PROVE_HUMAN = (
    r"(?:please |let(?:['’]s| us) )?(?:verify|confirm|prov|check|mak)(?:e|ing)?(?: sure)?(?: that)? "
    r"you(?:['’]re| are) (?:really )?(?:an? )?(?:human|not an? (?:ro)?bot)|i(?:['’]m| am) not an? (?:ro)?bot"
)

RULES: tuple[Rule, ...] = (
    Rule(
        reason="The answer is a challenge page for browsers, not the source.",
        title=_whole(
            r"just a moment|attention required! \| cloudflare|one moment,? please|"
            r"please wait(?: while .{0,60})?|checking your browser(?: before .{0,80})?|ddos-guard|"
            r"robot challenge screen|pardon our interruption|are you (?:a )?(?:human|robot)\??|"
            rf"security check(?: required)?|human verification|{_PROVE_HUMAN}|"
            r"captcha|bot verification|client challenge|sucuri website firewall.{0,40}|"
            r"(?:vercel |browser )?security checkpoint|access verification|unusual traffic(?: .{0,40})?"
        ),
        opening=_start(
            r"checking (?:if the site connection is secure|your browser)|"
            r"(?:please )?enable javascript and cookies to continue|"
            rf"{_PROVE_HUMAN}|"
            r"(?:please )?(?:complete|solve) the (?:security check|captcha)|"
            r"needs to review the security of your connection|"
            r"why do i have to complete a captcha|ddos protection by|"
            r"please (?:turn|switch) javascript on and reload|"
            r"our systems have detected unusual traffic|"
            r"we (?:need|want|have) to (?:verify|confirm|check|make sure) (?:that )?(?:you|it['’]s you)|"
            r"as you were browsing,? something about your browser"
        ),
        machinery=re.compile(
            r"_cf_chl_opt|cf-browser-verification|id=[\"']challenge-(?:form|running|stage)|"
            r"awswafcookiedomainlist|aws-waf-token|px-captcha|_incapsula_resource|sgcaptcha|"
            r"captcha-delivery\.com|ddos-guard/js-challenge",
            re.IGNORECASE,
        ),
    ),
    Rule(
        reason="The answer says that access is refused; it is not the source.",
        title=_whole(
            r"access (?:is )?denied|403 forbidden|403|forbidden|error 403.{0,20}|request rejected|"
            r"401 unauthorized|unauthorized|not authorized|blocked|you have been blocked|"
            r"sorry, you have been blocked"
        ),
        opening=_start(
            r"you (?:are not authorized|don['’]t have permission|do not have permission) to access|"
            r"the requested url was rejected\. please consult|"
            r"request unsuccessful\. incapsula incident|"
            r"sorry, you have been blocked|access to this (?:page|site|resource) (?:has been|is) denied"
        ),
    ),
    Rule(
        reason="The answer says that the page was not found, though with status 200.",
        title=_whole(
            r"(?:(?:error )?404\W{0,3})?(?:the )?(?:requested )?page (?:was )?(?:not|n['’]t) found|"
            r"page can(?:not|['’]t) be found|(?:error )?404(?:\W{1,3}not found)?|not found|"
            r"404 error|(?:http )?error 404.{0,30}|no such page|page (?:does not|doesn['’]t) exist|"
            r"page no longer (?:available|exists)|object not found!?|"
            r"hrm\.?|wayback machine has not archived that url"
        ),
        opening=_start(
            r"the (?:requested )?page (?:you (?:requested|are looking for|were looking for|tried to reach) )?"
            r"(?:could not|can ?not|can['’]t) be found|"
            r"(?:sorry,? )?(?:we|the server) (?:could not|couldn['’]t|can['’]t|can ?not) find (?:the|that) page|"
            r"the requested (?:url|page) .{0,200}? was not found on this server|"
            r"the wayback machine has not archived that url|"
            r"this url has been excluded from the wayback machine"
        ),
    ),
    Rule(
        reason="The answer is an error message of the site, not the source.",
        title=_whole(
            r"(?:error )?50\d(?:\W{1,3}.{0,40})?|internal server error|bad gateway|service unavailable|"
            r"(?:service |website |site )?temporarily unavailable|gateway time-?out|"
            r"(?:site |site is )?under maintenance|maintenance(?: mode)?|site off-?line|error"
        ),
        opening=_start(
            r"the website encountered an unexpected error|"
            r".{0,60}is currently under maintenance|"
            r"the (?:service|server) is temporarily un(?:available|able)|"
            r"we(?:['’]re| are) (?:currently )?(?:down for|performing (?:scheduled )?) ?maintenance|"
            r"(?:an )?error (?:occurred|establishing a database connection)|too many requests"
        ),
    ),
    Rule(
        reason="The answer is a sign-in page, not the source.",
        form="input[type=password]",
        within=BOXED_WORDS,
        title=_whole(
            r"(?:please )?(?:sign|log)[ -]?(?:in|on)(?: (?:to|with|required)\b.{0,60})?|"
            r"user (?:login|account)|login required|authentication required|single sign-?on.{0,40}|"
            r".{0,30} single sign-?on(?: service)?"
        ),
        opening=_start(
            r"(?:please |you must |you need to )(?:sign|log) ?in to (?:continue|view|access|proceed|your)|"
            r"enter your (?:username|user ?name|e-?mail|netid) and password|"
            r"sign in (?:to|with) your (?:\w+ )?account"
        ),
    ),
    Rule(
        reason="The answer asks for consent before it shows anything; it is not the source.",
        within=BOXED_WORDS,
        title=_whole(
            r"before you continue(?: to .{0,40})?|we value your privacy|your privacy(?: choices)?|"
            r"cookie (?:consent|settings|notice|policy)|consent(?: required)?"
        ),
        opening=_start(
            r"before you continue to|we value your privacy|"
            r"(?:please )?(?:accept|allow) (?:all )?cookies to (?:continue|view|access)|"
            r"(?:we|this (?:web)?site) (?:and our partners )?uses? cookies"
        ),
    ),
    Rule(
        reason="The answer offers the domain for sale, or is a server's default page; it is not the source.",
        title=_whole(
            r"domain (?:for sale|parked|expired)|(?:this )?domain (?:name )?is (?:for sale|parked)|"
            r"welcome to nginx|apache2? .{0,30}default page.{0,20}|it works"
        ),
        opening=_start(
            r"(?:the|this) domain(?: name)?(?: \S{1,60})? (?:is|may be|could be) (?:available )?for sale|"
            r"(?:the|this) domain(?: name)?(?: \S{1,60})? (?:has expired|is parked|was recently registered)|"
            r"buy this domain"
        ),
    ),
    Rule(
        reason="The answer is a challenge page for browsers, not the source.",
        form=".g-recaptcha, .h-captcha, .cf-turnstile, [data-sitekey]",
        within=FORWARDING_WORDS,
    ),
)

_STATUS = re.compile(r"(?:http )?(?:error )?[45]\d\d\b", re.IGNORECASE)
_HOME = re.compile(r"home(?:page)? [|–-] (?:the )?national security archive", re.IGNORECASE)


def wall_reason(
    layout: Layout, markup: str, regions: list[Region], *, url: str, ocr: bool = False
) -> str | None:
    """Return why this page is no evidence, as a plain sentence, or ``None``.

    With *ocr*, the page is a recognised text, in which any sentence may
    stand: only titles and machinery count then.
    """
    if has_fields(regions):
        return None
    if (front_page := _front_page(layout, url)) is not None:
        return front_page
    words = len(layout.text.split())
    titles = _titles(layout, ocr=ocr)
    for rule in RULES:
        titled = rule.title is not None and any(rule.title.fullmatch(title) for title in titles)
        if titled and words <= TITLED_WORDS:
            return rule.reason
        if words <= rule.within and _betrays(rule, layout, markup, ocr=ocr):
            return rule.reason
    if words <= SHORT_WORDS and _is_hollow(layout):
        return "The page's main part has no words."
    return _forwarded(layout) if words <= FORWARDING_WORDS else None


def plain_wall_reason(text: str, *, ocr: bool) -> str | None:
    """Return why a plain text is no evidence: the whole of it is an error message.

    With *ocr*, it must begin with the status, as no memorandum does.
    """
    words = " ".join(text[: 2 * LONGEST_MESSAGE].split())
    if len(words) > LONGEST_MESSAGE or (ocr and not _STATUS.match(words)):
        return None
    for rule in RULES:
        if rule.title is not None and rule.title.fullmatch(words):
            return rule.reason
    return None


def _betrays(rule: Rule, layout: Layout, markup: str, *, ocr: bool) -> bool:
    """Whether a short page has the machinery of *rule*, or opens with its words."""
    if rule.machinery and rule.machinery.search(markup):
        return True
    if rule.form and layout.soup.select_one(rule.form):
        return True
    shown = f"{layout.text}\n{layout.unread}"
    return not ocr and rule.opening is not None and rule.opening.search(shown) is not None


def _titles(layout: Layout, *, ocr: bool) -> list[str]:
    """Return the page's title, whole and in its parts, and its headings."""
    shown = layout.head_title
    titles = [shown, bare_title(shown), *re.split(r"\s+[|–—-]\s+", shown)[:1]]
    if not ocr:
        # A lesser heading is the page's own only where it is the only one.
        headings = layout.tags.named("h1") or ([] if shown else layout.tags.named("h2"))
        titles += [layout.words(tag) for tag in headings[:2]]
    return [title.strip() for title in titles if title.strip()]


def has_fields(regions: list[Region]) -> bool:
    """Whether fields of a document were found: one by class, or two by their labels.

    Any Drupal page may have a body by class, and an error message a "Date:".
    """
    labelled = {region.name for region in regions if region.found_by == "label"}
    return len(labelled) >= 2 or any(
        region.found_by == "class" and region.name is not FieldName.DESCRIPTION
        for region in regions
    )


def _forwarded(layout: Layout) -> str | None:
    for tag in layout.tags.named("meta"):
        if (
            str(tag.get("http-equiv", "")).lower() == "refresh"
            and "url" in str(tag.get("content", "")).lower()
        ):
            return "The answer only forwards to another page; it is not the source."
    return None


def _is_hollow(layout: Layout) -> bool:
    """Whether there is nothing where the page's own words should be, only what surrounds them."""
    mains = layout.tags.named("main")
    return bool(mains) and not any(has_words(layout.words(tag)) for tag in mains)


def _front_page(layout: Layout, url: str) -> str | None:
    """A page that is gone may be answered with the site's front page, however long."""
    if _is_root(url):
        return None
    named = [
        attribute(tag, "href")
        for tag in layout.tags.named("link")
        if "canonical" in str(tag.get("rel"))
    ]
    if (
        any(tag.name == "body" for tag in layout.tags.classed("path-frontpage", "front"))
        or any(_is_root(address) for address in named)
        or _HOME.fullmatch(layout.head_title)
    ):
        return "The answer is the site's front page, not the source."
    return None


def _is_root(url: str) -> bool:
    try:
        return not urlsplit(url).path.strip("/")
    except ValueError:
        return False
