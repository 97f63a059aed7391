"""What differs between a report and the one before it."""

from collections import Counter
from collections.abc import Iterator

from flows.records import Change, Check, CheckedPost, Report, Source, SourceStatus

#: Statuses under which a source's text was there to compare with.
HELD = frozenset(
    {
        SourceStatus.FETCHED,
        SourceStatus.REVALIDATED,
        SourceStatus.CACHED,
        SourceStatus.STALE,
        SourceStatus.ARCHIVED,
    }
)

_PostKey = tuple[str | None, str]


def changes_since(previous: Report | None, current: Report) -> tuple[Change, ...]:
    """Return what *current* holds that *previous* did not, or held otherwise.

    New posts come first, then changed verdicts, then sources, each in the
    order of *current*. A post or source that *current* does not mention is no
    change: the run was not asked about it. Without a *previous* report
    everything is new, so nothing is listed.
    """
    if previous is None:
        return ()
    return (*_post_changes(previous, current), *_source_changes(previous, current))


def _post_changes(previous: Report, current: Report) -> Iterator[Change]:
    before = {_post_key(post): post for post in reversed(previous.posts)}
    known = [(post, before[_post_key(post)]) for post in current.posts if _post_key(post) in before]
    for post in current.posts:
        if _post_key(post) not in before:
            yield Change(kind="new_post", post=post.post.id)
    for post, earlier in known:
        verdicts = {key: check.verdict for key, check in _numbered(earlier)}
        for key, check in _numbered(post):
            verdict = verdicts.get(key, check.verdict)
            if verdict is not check.verdict:
                yield Change(
                    kind="verdict_changed",
                    post=post.post.id,
                    check=check.id,
                    source=check.source.url if check.source else None,
                    before=verdict.value,
                    after=check.verdict.value,
                )


def _source_changes(previous: Report, current: Report) -> Iterator[Change]:
    before = {source.canonical_url: source for source in previous.sources}
    for source in current.sources:
        earlier = before.get(source.canonical_url)
        if earlier is None:
            continue
        was_held, is_held = earlier.status in HELD, source.status in HELD
        if was_held != is_held:
            yield Change(
                kind="source_recovered" if is_held else "source_lost",
                source=source.canonical_url,
                before=earlier.status.value,
                after=source.status.value,
            )
        # Digests are compared only between texts that were evidence: that
        # a sign-in page differs from the page behind it is no change of it.
        elif (
            is_held and _digest(earlier) and _digest(source) and _digest(earlier) != _digest(source)
        ):
            yield Change(
                kind="source_changed",
                source=source.canonical_url,
                before=_digest(earlier),
                after=_digest(source),
            )


def _post_key(checked: CheckedPost) -> _PostKey:
    # Two boards may number alike.
    return checked.post.board, checked.post.id


def _numbered(checked: CheckedPost) -> Iterator[tuple[tuple[str, int], Check]]:
    """Yield the checks with a key that stays apart when the same words occur twice."""
    seen: Counter[str] = Counter()
    for check in checked.checks:
        yield (check.id, seen[check.id]), check
        seen[check.id] += 1


def _digest(source: Source) -> str | None:
    return source.capture.digest if source.capture else None
