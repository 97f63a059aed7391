"""A pipeline that only keeps a journal, for processes that Prefect starts.

Python imports this module by itself when its folder is on PYTHONPATH. The
tests of this folder are about schedules, locks and dead processes, which need
a run that lasts exactly as long as they want.
"""

import importlib.abc
import importlib.util
import os
import sys
import time
from pathlib import Path

JOURNAL = "STAND_IN_JOURNAL"
HOLD = "STAND_IN_HOLD"


def note(*words):
    line = " ".join(map(str, (*words, os.getpid()))) + "\n"
    with Path(os.environ[JOURNAL]).open("a") as journal:
        journal.write(line)


def wait_while_held():
    while Path(os.environ[HOLD]).exists():
        time.sleep(0.05)


class StandIn(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name == "flows.pipeline" and JOURNAL in os.environ:
            return importlib.util.spec_from_loader(name, self, is_package=True)
        return None

    def exec_module(self, module):
        import flows  # noqa: PLC0415  not at the start of every process

        module.__path__ = [str(Path(flows.__file__).parent / "pipeline")]
        from flows.pipeline.engine import Outcome, run_directly  # noqa: PLC0415  the same
        from flows.records import SourceStatus, Verdict  # noqa: PLC0415  the same

        def verify(
            paths,
            settings,
            *,
            run_batch=run_directly,
            progress=None,
            scheduled=False,
            columns=None,
        ):
            note("begin", "verify", *paths, f"scheduled={scheduled}", f"cwd={Path.cwd()}")
            run_batch("fetch", wait_while_held, 200)
            note("end", "verify")
            return Outcome(
                run_id="run",
                report=settings.reports / "run" / "report.json",
                verdicts={Verdict.VERBATIM: 2},
                sources={SourceStatus.FETCHED: 1},
            )

        def refetch(
            settings, *, every=False, run_batch=run_directly, progress=None, scheduled=False
        ):
            note("begin", "refetch", f"every={every}", f"scheduled={scheduled}")
            note("end", "refetch")
            report = settings.reports / "run" / "report.json"
            return Outcome(run_id="run", report=report, nothing_due=True)

        module.verify, module.refetch = verify, refetch


sys.meta_path.insert(0, StandIn())
