"""What differs from the report before."""

from dataclasses import replace

import pytest

from flows.records import Change, SourceStatus, Verdict
from flows.reporting import changes_since

HELD = [
    *(SourceStatus.FETCHED, SourceStatus.REVALIDATED, SourceStatus.CACHED),
    *(SourceStatus.STALE, SourceStatus.ARCHIVED),
]
NOT_HELD = [status for status in SourceStatus if status not in HELD]


def _with_source(report, status, digest="sha256:a"):
    source = report.sources[0]
    capture = replace(source.capture, digest=digest) if digest else None
    return replace(report, sources=(replace(source, status=status, capture=capture),))


def _with_verdict(report, verdict):
    first = report.posts[0]
    check = replace(first.checks[0], verdict=verdict)
    post = replace(first, checks=(check, *first.checks[1:]))
    return replace(report, posts=(post, *report.posts[1:]))


def test_nothing_differs_from_itself(sample):
    """The same findings twice are no news."""
    assert changes_since(sample, sample) == ()


def test_a_first_report_lists_no_changes(sample):
    """Everything is new, which nobody needs to be told one by one."""
    assert changes_since(None, sample) == ()


def test_a_post_that_was_not_there_is_new(sample):
    """It is named by its id."""
    earlier = replace(sample, posts=sample.posts[:-1])
    assert changes_since(earlier, sample) == (Change(kind="new_post", post="90000003"),)


def test_the_same_number_on_another_board_is_another_post(sample):
    """Boards number alike."""
    first = sample.posts[0]
    other = replace(first, post=replace(first.post, board="elsewhere"))
    changes = changes_since(sample, replace(sample, posts=(*sample.posts, other)))
    assert changes == (Change(kind="new_post", post=first.post.id),)


def test_a_post_that_a_run_did_not_look_at_is_no_change(sample):
    """A refetch speaks only of the posts it touched."""
    assert changes_since(sample, replace(sample, posts=sample.posts[:1])) == ()


def test_a_changed_verdict_is_told_with_both(sample):
    """Post, check and source are named."""
    check = sample.posts[0].checks[0]
    assert changes_since(_with_verdict(sample, Verdict.UNAVAILABLE), sample) == (
        Change(
            kind="verdict_changed",
            post="90000001",
            check=check.id,
            source=check.source.url,
            before="unavailable",
            after="altered",
        ),
    )


def test_the_same_words_twice_in_a_post_are_kept_apart(sample):
    """Their checks may share an id; the second's change is the second's."""
    first = sample.posts[0]
    check = first.checks[0]
    fine = replace(check, verdict=Verdict.VERBATIM)
    before = replace(sample, posts=(replace(first, checks=(check, check)),))
    after = replace(sample, posts=(replace(first, checks=(check, fine)),))
    assert [change.after for change in changes_since(before, after)] == ["verbatim"]


@pytest.mark.parametrize("status", NOT_HELD)
def test_a_source_that_can_be_read_again_has_recovered(sample, status):
    """From whatever state it was in."""
    before = _with_source(sample, status, digest=None)
    (change,) = changes_since(before, _with_source(sample, SourceStatus.FETCHED))
    assert (change.kind, change.before, change.after) == ("source_recovered", status, "fetched")


@pytest.mark.parametrize("status", NOT_HELD)
def test_a_source_that_can_no_longer_be_read_is_lost(sample, status):
    """Into whatever state it went."""
    after = _with_source(sample, status, digest=None)
    (change,) = changes_since(_with_source(sample, SourceStatus.CACHED), after)
    assert (change.kind, change.before, change.after) == ("source_lost", "cached", status)


@pytest.mark.parametrize("status", HELD)
def test_another_digest_is_a_changed_source(sample, status):
    """However the copy came to be held."""
    before = _with_source(sample, SourceStatus.FETCHED, "sha256:a")
    (change,) = changes_since(before, _with_source(sample, status, "sha256:b"))
    assert (change.kind, change.before, change.after) == (
        "source_changed",
        "sha256:a",
        "sha256:b",
    )


NO_CHANGE = {
    "the same text by another way": (
        SourceStatus.FETCHED,
        "sha256:a",
        SourceStatus.STALE,
        "sha256:a",
    ),
    "one failure after another": (SourceStatus.FAILED, None, SourceStatus.GONE, None),
    "another sign-in page": (
        *(SourceStatus.UNUSABLE, "sha256:a"),
        *(SourceStatus.UNUSABLE, "sha256:b"),
    ),
}


@pytest.mark.parametrize("before, old, after, new", NO_CHANGE.values(), ids=NO_CHANGE)
def test_what_is_no_change(sample, before, old, after, new):
    """Looks like one but is not."""
    earlier = _with_source(sample, before, old)
    assert changes_since(earlier, _with_source(sample, after, new)) == ()


def test_a_source_not_seen_before_is_no_change(sample):
    """New sources come with new posts."""
    assert changes_since(replace(sample, sources=()), sample) == ()
