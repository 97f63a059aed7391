"""The words and signs with which a report speaks to its reader.

Every verdict has a word, a sign and a group, so that none is told by colour
alone. The groups keep apart what must never be mixed: a difference, a check
that could not be made, an agreement.
"""

from dataclasses import dataclass
from enum import StrEnum

from flows.records import (
    Change,
    Check,
    CheckKind,
    Edit,
    EditKind,
    Layer,
    LinkKind,
    Severity,
    SourceStatus,
    Verdict,
    Via,
    Witness,
)
from flows.reporting.characters import named, one_line


class Group(StrEnum):
    """What a verdict means for an editor's next step."""

    DIFFERS = "differs"
    UNCHECKED = "unchecked"
    AGREES = "agrees"


GROUP_TITLES = {
    Group.DIFFERS: "Differs from the source",
    Group.UNCHECKED: "Could not be checked",
    Group.AGREES: "Agrees with the source",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictWords:
    """One verdict explained: what it means, and what it does not claim."""

    sign: str
    word: str
    group: Group
    means: str
    no_claim: str


#: Worst first: the order in which a report lists them.
VERDICTS: dict[Verdict, VerdictWords] = {
    Verdict.ALTERED: VerdictWords(
        sign="≠",
        word="Altered",
        group=Group.DIFFERS,
        means="The place in the source is certain, and at least one word differs there. "
        "Every difference is listed.",
        no_claim="Not who changed the words, or why: the post may follow another edition "
        "of the page.",
    ),
    Verdict.SPLICED: VerdictWords(
        sign="+",
        word="Spliced",
        group=Group.DIFFERS,
        means="True fragments joined as if they were one passage: without a mark of omission, "
        "out of order, or from several sources.",
        no_claim="Not that any single fragment is false.",
    ),
    Verdict.MISATTRIBUTED: VerdictWords(
        sign="→",
        word="Misattributed",
        group=Group.DIFFERS,
        means="The words are not in the sources cited, but stand in another one that is held; "
        "it is named.",
        no_claim="Not that the words are invented: it is the citation that does not fit.",
    ),
    Verdict.NOT_FOUND: VerdictWords(
        sign="∅",
        word="Not found",
        group=Group.DIFFERS,
        means="Every cited source was read in full, and the words are in none of them.",
        no_claim="Not that the words exist nowhere: they may come from a source that was not "
        "cited, or be a translation.",
    ),
    Verdict.UNAVAILABLE: VerdictWords(
        sign="○",
        word="Unavailable",
        group=Group.UNCHECKED,
        means="The cited source could not be obtained; nothing was compared.",
        no_claim="No doubt about the quotation whatever.",
    ),
    Verdict.NOT_CHECKABLE: VerdictWords(
        sign="?",
        word="Not checkable",
        group=Group.UNCHECKED,
        means="The source was obtained but cannot be compared: no text layer, a sign-in page, "
        "another language, too few words to tell, or words misread beyond telling.",
        no_claim="No doubt about the quotation whatever.",
    ),
    Verdict.OCR_NOISE: VerdictWords(
        sign="~",
        word="OCR noise",
        group=Group.AGREES,
        means="The place is certain, and every difference is a misreading in the recognised "
        "text of the scan, not a change by the post.",
        no_claim="The scan itself was not looked at: do so before printing a name or a number.",
    ),
    Verdict.ELIDED: VerdictWords(
        sign="…",
        word="Elided",
        group=Group.AGREES,
        means="An honest ellipsis or words in brackets: every fragment stands in one source, "
        "in order, and what was left out turns nothing round.",
        no_claim="Not that the shortened passage keeps the weight of the whole: what was left "
        "out is printed beside it.",
    ),
    Verdict.TYPOGRAPHIC: VerdictWords(
        sign="≈",
        word="Typographic",
        group=Group.AGREES,
        means="The same words; only typography differs: quotation marks, dashes, letter case, "
        "hyphenation, footnote marks, closing punctuation.",
        no_claim="Not that the statement quoted is true, or fairly chosen.",
    ),
    Verdict.VERBATIM: VerdictWords(
        sign="=",
        word="Verbatim",
        group=Group.AGREES,
        means="The words stand in the source, together and in this order; at most white space "
        "differs.",
        no_claim="Not that the statement quoted is true, or fairly chosen.",
    ),
}

LAYERS = {
    Layer.PAGE: "Archive page",
    Layer.OCR: "primary document (OCR text)",
    Layer.PDF: "primary document (PDF text)",
}

STATUSES = {
    SourceStatus.FETCHED: "fetched in this run",
    SourceStatus.REVALIDATED: "held; the server says it is unchanged",
    SourceStatus.CACHED: "held; recent enough not to be asked for in this run",
    SourceStatus.STALE: "copy from before this run, which obtained no newer one",
    SourceStatus.ARCHIVED: "copy from the Wayback Machine",
    SourceStatus.FAILED: "not obtained so far; will be tried again",
    SourceStatus.GONE: "no longer there",
    SourceStatus.REFUSED: "not fetched",
    SourceStatus.UNUSABLE: "fetched, but holds no evidence",
}

SOURCE_KINDS = {
    LinkKind.DOCUMENT: "document page",
    LinkKind.OCR: "text of the primary document",
    LinkKind.BRIEFING_BOOK: "briefing book",
    LinkKind.POSTING: "posting",
    LinkKind.FILE: "file",
    LinkKind.LEGACY: "page of the older site",
    LinkKind.UNUSABLE: "unusable address",
}

VIAS = {
    Via.NETWORK: "network",
    Via.CACHE: "cache",
    Via.WAYBACK: "Wayback Machine",
    Via.IMPORT: "imported web archive",
}

KINDS = {
    CheckKind.FIELD: "field",
    CheckKind.PASSAGE: "passage",
    CheckKind.QUOTATION: "quotation",
}

EDITS = {
    EditKind.NEGATION: "negation",
    EditKind.NUMBER: "number",
    EditKind.DATE: "date",
    EditKind.NAME: "name",
    EditKind.WORD: "word",
    EditKind.INSERTION: "insertion",
    EditKind.DELETION: "deletion",
    EditKind.ORDER: "word order",
    EditKind.OMISSION: "left out",
    EditKind.EDITORIAL: "editor’s brackets",
    EditKind.CASE: "letter case",
    EditKind.TYPOGRAPHY: "typography",
    EditKind.OCR: "OCR reading",
}

SEVERITIES = {
    Severity.MAJOR: "major",
    Severity.MINOR: "minor",
    Severity.NONE: "",
}

#: Warnings by their code, as a sentence for a reader.
WARNINGS = {
    "truncated_start": "The quotation begins in the middle of a word or number of the source.",
    "truncated_end": "The quotation ends in the middle of a word or number of the source.",
    "short": "Few words: a match of so short a text proves little.",
    "found_in_part": "Only a part of the quotation stands in the source; the rest was not found in it.",
    "ambiguous": "More than one passage of the source fits, or figures can be read as more than "
    "one day; the likeliest is shown.",
    "less_precise": "The post tells less than the page does: a date less precise, a source without parts.",
    "more_precise": "The post tells more of a date than the page does; nothing vouches for the rest.",
    "context_reverses": "The sentence goes on, or the next one begins, in a way that may turn "
    "the meaning round: read the words around it.",
    "question_mark": "One of the two asks what the other states: a question mark stands for a "
    "full stop, or the other way round.",
    "editors_words": "These are the words of the Archive’s editors, which the post gives as "
    "words of the document.",
    "repeated": "The passage stands in the source more than once.",
    "capture_not_read": "The post links to a capture of the page that could not be read. What "
    "was compared is the page as it reads today, which may have been edited since.",
    "page_differs": "The words stand in the capture that the post links to. The page "
    "itself, as last read, reads otherwise.",
    "capture_differs": "The words stand in the page, but not in the capture of it that the post "
    "links to, which reads otherwise.",
    "other_capture": "Of the time that the link names there is no capture; the one nearest to it "
    "was read.",
    "sources_missing": "Not every cited source could be read; the words may stand in one of those.",
    "stale_source": "The copy compared with is from before this run, which obtained no newer one.",
    "archived_source": "Compared with a copy from the Wayback Machine, not with the live page.",
    "other_link": "The words stand in another of the post’s sources than the nearest link.",
    "layers_differ": "The Archive’s page and the primary document do not read alike here.",
    "field_not_labelled": "The page has no field of this name that could be told apart; its "
    "whole text was searched.",
}

#: Warnings that an editor must see even when every word agrees.
CAUTIONS = frozenset(
    {
        "context_reverses",
        "question_mark",
        "editors_words",
        "ambiguous",
        "layers_differ",
        "less_precise",
        "more_precise",
        "page_differs",
        "capture_differs",
    }
)


def warning_words(warning: str) -> str:
    """Return *warning* as a sentence; one without a sentence of its own is spelt out.

    A warning may carry a detail after a colon, which is kept.

    >>> warning_words("also_in: the 2024 edition")
    'Also in: the 2024 edition'
    """
    code, colon, detail = warning.partition(":")
    code = code.strip()
    words = WARNINGS.get(code) or one_line(code.replace("_", " ")).capitalize()
    return f"{words.rstrip('.')}: {detail.strip()}" if colon else words


def is_caution(check: Check) -> bool:
    """Return whether *check* agrees in its words and yet needs an editor's eye."""
    codes = {warning.partition(":")[0].strip() for warning in check.warnings}
    return VERDICTS[check.verdict].group is Group.AGREES and not CAUTIONS.isdisjoint(codes)


def subject(check: Check) -> str:
    """Return what *check* is about, as a title begins.

    >>> from flows.records import FieldName
    >>> subject(Check(id="1", kind=CheckKind.FIELD, field=FieldName.DATE, exact="", start=0,
    ...     end=0, verdict=Verdict.VERBATIM, reason=""))
    'Date field'
    """
    if check.kind is CheckKind.FIELD and check.field:
        return f"{check.field.value.capitalize()} field"
    words = KINDS[check.kind].capitalize()
    return f"{words} in the {check.field.value}" if check.field else words


def is_wordy(edit: Edit) -> bool:
    """Return whether a reading of *edit* holds a letter or digit: signs are not put in quotes."""
    return any(character.isalnum() for character in edit.quoted + edit.source)


def edit_words(edit: Edit) -> str:
    """Return one difference as text: its kind, the post's reading and the source's.

    >>> edit_words(Edit(kind=EditKind.NUMBER, quoted="1995", source="1994",
    ...     severity=Severity.MAJOR))
    'number: post “1995”, source “1994” (major)'

    Signs stand in brackets, for quotation marks around a quotation mark read ill:

    >>> edit_words(Edit(kind=EditKind.TYPOGRAPHY, quoted="‘", source="“", severity=Severity.NONE))
    'typography: post [‘], source [“]'
    """
    marks = "“{}”" if is_wordy(edit) else "[{}]"
    post, source = (
        marks.format(named(one_line(text))) if text else None for text in (edit.quoted, edit.source)
    )
    readings = ", ".join(
        (
            f"post {post}" if post else "nothing in the post",
            f"source {source}" if source else "nothing in the source",
        )
    )
    severity = SEVERITIES[edit.severity]
    return f"{EDITS[edit.kind]}: {readings}" + (f" ({severity})" if severity else "")


def verdict_in_a_sentence(verdict: Verdict) -> str:
    """Return the word for *verdict* as it stands inside a sentence.

    >>> verdict_in_a_sentence(Verdict.NOT_FOUND), verdict_in_a_sentence(Verdict.OCR_NOISE)
    ('not found', 'OCR noise')
    """
    word = VERDICTS[verdict].word
    return word if word[:2].isupper() else word.lower()


def witness_words(witness: Witness) -> str:
    """Return what one layer answered, such as ``Archive page: verbatim``."""
    return f"{witness_name(witness)}: {verdict_in_a_sentence(witness.verdict)}"


def witness_name(witness: Witness) -> str:
    """Return the layer of *witness*, and which edition it is if the post names one.

    >>> witness_name(Witness(layer=Layer.PAGE, url="", verdict=Verdict.ALTERED, score=0,
    ...     capture=True))
    'Archive page, as captured'
    """
    if not witness.capture:
        return LAYERS[witness.layer]
    when = f" {witness.captured_at:%Y-%m-%d}" if witness.captured_at is not None else ""
    return f"{LAYERS[witness.layer]}, as captured{when}"


def change_words(change: Change) -> str:
    """Return one change since the run before as a sentence."""
    match change.kind:
        case "new_post":
            return f"New post {change.post}."
        case "verdict_changed":
            before, after = (
                verdict_in_a_sentence(Verdict(value)) if value else "unknown"
                for value in (change.before, change.after)
            )
            return f"Post {change.post}: a verdict went from {before} to {after} ({change.check})."
        case "source_changed":
            return f"The text of {change.source} is another than before."
        case "source_recovered":
            return (
                f"{change.source} could be read again: {change.before} before, {change.after} now."
            )
        case "source_lost":
            return f"{change.source} could be read before, and not now: {change.after}."


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Return *number* with its noun.

    >>> counted(1, "check"), counted(12_000, "check"), counted(0, "reply", "replies")
    ('1 check', '12,000 checks', '0 replies')
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
