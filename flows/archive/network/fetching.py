"""One source from the network: guard, robots, politeness, tries, redirects, judgement.

The order of every single request, redirects and robots.txt included: may this
address be asked at all (``guard``); does the site allow it (``robots``); is it
our turn (``pacing``); then the request (``client``) and what its answer means
(``judging``). ``tenacity`` runs the tries by the values of ``policy``.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from tenacity import RetryCallState, Retrying, retry_if_result

from flows.archive.catalogue.due import FIRST_DUE
from flows.archive.catalogue.journal import Journal
from flows.archive.network.client import Client
from flows.archive.network.guard import WAYBACK_HOST, refusal
from flows.archive.network.judging import (
    Inspect,
    judge,
    pause_asked,
    redirect_target,
    refused_redirect,
)
from flows.archive.network.pacing import Pace
from flows.archive.network.robots import LARGEST, Robots
from flows.archive.outcomes import Exchange, Kind, Outcome
from flows.archive.policy import RetryPolicy
from flows.archive.timing import Timing
from flows.settings import Settings

#: Redirects followed; a page that moved twice needs two.
MOST_REDIRECTS = 5

#: Seconds between two requests to the Wayback Machine, whatever is set for the
#: Archive's own hosts: it serves everybody, and shuts out who asks faster.
WAYBACK_SECONDS = 1.0

#: Longest wait, in seconds, for what a run can do without.
SHORT_WAIT = 10.0


class Fetcher:
    """Obtains URLs; safe to use from several threads.

    Args:
        settings: Hosts, limits, retry policy.
        client: Makes the requests.
        pace: Keeps to the rate.
        journal: Keeps robots.txt from run to run.
        timing: Time, waiting, chance.
    """

    def __init__(
        self,
        settings: Settings,
        client: Client,
        pace: Pace,
        journal: Journal,
        timing: Timing,
    ) -> None:
        self._settings = settings
        self._client = client
        self._pace = pace
        self._clock = timing.clock
        self._sleep = timing.sleep
        self._chance = timing.chance
        self._policy = RetryPolicy(
            max_attempts=settings.max_attempts, backoff_seconds=settings.backoff_seconds
        )
        self._patience = timedelta(seconds=FIRST_DUE * settings.backoff_seconds)
        self._out_of_reach: dict[str, tuple[datetime, Outcome]] = {}
        self._turns: dict[str, threading.BoundedSemaphore] = {}
        self._lock = threading.Lock()
        self._robots = Robots(
            journal,
            fetch=lambda url: self.obtain(url, by_robots=False, beginning=LARGEST),
            clock=timing.clock,
            patience=self._patience,
        )

    def obtain(
        self,
        url: str,
        *,
        headers: dict[str, str] | None = None,
        only_at: str | None = None,
        inspect: Inspect | None = None,
        by_robots: bool = True,
        tries: int | None = None,
        beginning: int | None = None,
        between: Callable[[Outcome], None] | None = None,
    ) -> Outcome:
        """Return how the last try to obtain *url* ended.

        Args:
            url: What to ask for.
            headers: Validators to send (If-None-Match and the like).
            only_at: The address that the validators are for; *url* by default.
            inspect: Says why a body is no evidence.
            by_robots: Whether robots.txt is asked first.
            tries: Most tries, with short waits only; by default as set.
            beginning: So many bytes of the body are enough, of whatever type.
            between: Told of every try that is followed by another.
        """
        host = _host(url)
        out_of_reach = self._known_out_of_reach(host)
        if out_of_reach is not None:
            return out_of_reach
        policy = self._policy
        if tries is not None:
            most = min(tries, policy.max_attempts)
            policy = replace(policy, max_attempts=most, longest_wait=SHORT_WAIT)
        plan = _Plan(self, policy, host, between)
        retrying = Retrying(
            retry=retry_if_result(lambda outcome: outcome.transient),
            wait=plan.wait,
            stop=plan.stop,
            before_sleep=plan.before_sleep,
            sleep=self._sleep,
            retry_error_callback=plan.give_up,
        )
        outcome: Outcome = retrying(
            self.once,
            url,
            headers=headers,
            only_at=only_at or url,
            inspect=inspect,
            by_robots=by_robots,
            beginning=beginning,
            patience=policy.longest_wait,
        )
        if outcome.kind is Kind.NO_CONNECTION and outcome.asked:
            self._note_out_of_reach(host, outcome)
        return outcome

    def once(
        self,
        url: str,
        *,
        headers: dict[str, str] | None,
        only_at: str,
        inspect: Inspect | None,
        by_robots: bool,
        beginning: int | None,
        patience: float,
    ) -> Outcome:
        """Return how one try ended, its redirects followed.

        A host that asked to be left alone for longer than *patience* (seconds)
        is not asked.
        """
        visited = [url]
        chain: list[Exchange] = []
        while True:
            current = visited[-1]
            delay = self._delay_or_refusal(current, by_robots=by_robots, patience=patience)
            if isinstance(delay, Outcome):
                return delay.after(tuple(chain), len(chain) + delay.requests)
            validators = headers if current == only_at else None
            answer = self._ask(current, validators, beginning, delay, patience)
            if isinstance(answer, Outcome) and answer.held:
                return answer.after(tuple(chain), len(chain))
            if isinstance(answer, Outcome):
                return answer.after(tuple(chain), len(chain) + 1)
            target = redirect_target(answer)
            if target is None:
                judged = judge(answer, wanted_url=url, now=self._clock(), inspect=inspect)
                return judged.after(tuple(chain), len(chain) + 1)
            chain.append(answer)
            guarded = self._guard(target, by_robots=by_robots)
            why = refused_redirect(current, target, visited, most=MOST_REDIRECTS)
            if guarded is not None:
                why = Kind.REFUSED, f"a redirect to {target[:200]!a}: {guarded}"
            if why is not None:
                return Outcome(
                    kind=why[0],
                    reason=why[1],
                    at=answer.at,
                    http_status=answer.status,
                    requests=len(chain),
                )
            visited.append(target)

    def policy_wait(
        self, policy: RetryPolicy, outcome: Outcome, tries: int, elapsed: float
    ) -> float | None:
        """Return the wait before the next try, or ``None`` for no further one."""
        return policy.wait_before_next(outcome, tries=tries, elapsed=elapsed, chance=self._chance)

    def now(self) -> datetime:
        """Return the time."""
        return self._clock()

    def is_out_of_reach(self, host: str) -> bool:
        """Return whether *host* could not be reached a short while ago."""
        return self._known_out_of_reach(host) is not None

    def _guard(self, url: str, *, by_robots: bool) -> str | None:
        """Return why *url* must not be asked; only what does not go by robots is Wayback's."""
        wayback = self._settings.wayback and not by_robots
        return refusal(url, self._settings.hosts, wayback=wayback)

    def _turn(self, host: str) -> threading.BoundedSemaphore:
        """Return what lets as many ask *host* at once as connections are allowed."""
        with self._lock:
            if host not in self._turns:
                self._turns[host] = threading.BoundedSemaphore(self._settings.connections)
            return self._turns[host]

    def _ask(
        self,
        url: str,
        headers: dict[str, str] | None,
        beginning: int | None,
        delay: float,
        patience: float,
    ) -> Exchange | Outcome:
        """Return the answer of a host when it is our turn, or why there is none."""
        host = _host(url)
        with self._turn(host):
            pause = self._pace.wait(host, delay, patience=patience)
            if pause:
                return self._held(host, pause)
            answer = self._client.get(url, headers=headers, beginning=beginning)
            asked = pause_asked(answer, self._clock()) if isinstance(answer, Exchange) else None
            if asked:
                # Before anybody else has a turn.
                self._pace.hold(host, asked)
            return answer

    def _held(self, host: str, pause: float) -> Outcome:
        now = self._clock()
        until = now + timedelta(seconds=pause)
        reason = f"{host} asked for a pause until {until:%Y-%m-%d %H:%M} UTC, so it was not asked"
        return Outcome(kind=Kind.TRANSIENT, reason=reason, at=now, retry_after=pause, asked=False)

    def _delay_or_refusal(self, url: str, *, by_robots: bool, patience: float) -> float | Outcome:
        """Return the crawl delay for *url* in seconds, or why it is not asked for."""
        why = self._guard(url, by_robots=by_robots)
        now = self._clock()
        if why is not None:
            return Outcome(kind=Kind.REFUSED, reason=why, at=now)
        if (pause := self._pace.pause(_host(url))) > patience:
            return self._held(_host(url), pause)
        crawl_delay = WAYBACK_SECONDS if _host(url) == WAYBACK_HOST else 0.0
        if by_robots:
            rules = self._robots.rules_for(url)
            if isinstance(rules, Outcome):
                return replace(rules, at=now)
            if not rules.allows(url):
                reason = f"the robots.txt of {_host(url)} does not allow this address"
                return Outcome(kind=Kind.REFUSED, reason=reason, at=now)
            crawl_delay = rules.crawl_delay
        return crawl_delay

    def _known_out_of_reach(self, host: str) -> Outcome | None:
        with self._lock:
            until, outcome = self._out_of_reach.get(host, (None, None))
        now = self._clock()
        return outcome if until is not None and now < until else None

    def _note_out_of_reach(self, host: str, outcome: Outcome) -> None:
        """Spare the other sources of *host* the same tries, for as long as nothing is due."""
        shared = replace(outcome, asked=False, requests=1)
        with self._lock:
            self._out_of_reach[host] = (self._clock() + self._patience, shared)


class _Plan:
    """The retry policy as tenacity asks for it: wait, stop, before sleep."""

    def __init__(
        self,
        fetcher: Fetcher,
        policy: RetryPolicy,
        host: str,
        between: Callable[[Outcome], None] | None,
    ) -> None:
        self._fetcher = fetcher
        self._policy = policy
        self._host = host
        self._between = between
        self._started = fetcher.now()
        self._wait: float | None = None

    def wait(self, state: RetryCallState) -> float:
        elapsed = (self._fetcher.now() - self._started).total_seconds()
        self._wait = self._fetcher.policy_wait(
            self._policy, _result(state), state.attempt_number, elapsed
        )
        return self._wait or 0.0

    def stop(self, state: RetryCallState) -> bool:  # noqa: ARG002  tenacity's signature
        return self._wait is None or self._fetcher.is_out_of_reach(self._host)

    def before_sleep(self, state: RetryCallState) -> None:
        outcome = _result(state)
        if self._between is not None:
            self._between(outcome)

    def give_up(self, state: RetryCallState) -> Outcome:
        return _result(state)


def _result(state: RetryCallState) -> Outcome:
    future = state.outcome
    if future is None:
        raise RuntimeError("tenacity asks for a plan before the first try")
    outcome: Outcome = future.result()
    return outcome


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "?"
    except ValueError:
        return "?"
