"""Which tests run where: what they need beside Python, and beside which others.

Some need Chromium, or Tesseract with English. On a machine without one of them
its tests are left out, and the last lines of the run say so; where ``CI`` is
set, as ``.ci/run`` does after installing them, the tests run and fail instead.

With several workers the tests of one file stay together, because they share
what was dear to make; so do all that use the Prefect server. The few groups
that take longest begin first, beside quick ones, so that no worker waits for
another at the end. Those marked ``alone`` measure time and run by themselves
(Makefile).
"""

import os
import shutil

import pytest

from tests.browser import NAMES

PROGRAMS = {"browser": NAMES, "tesseract": ("tesseract",)}
#: Groups that take a minute and more, the longest first.
LONG = ("prefect", "tests/quality/test_quality_gate.py", "tests/end_to_end/test_older_copies.py")
LEFT_OUT = pytest.StashKey[dict[str, int]]()


def shared_by(item):
    """Return the name of the group whose tests run on one worker."""
    return "prefect" if item.get_closest_marker("prefect") else item.location[0]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        item.add_marker(pytest.mark.xdist_group(shared_by(item)))
    if os.environ.get("PYTEST_XDIST_WORKER"):
        begin = {group: place for place, group in enumerate(LONG)}
        items.sort(key=lambda item: begin.get(shared_by(item), len(LONG)))
    left_out = config.stash.setdefault(LEFT_OUT, {})
    if os.environ.get("CI"):
        return
    for marker, names in PROGRAMS.items():
        if any(map(shutil.which, names)):
            continue
        needing = [item for item in items if item.get_closest_marker(marker)]
        if needing:
            left_out[names[0]] = len(needing)
            items[:] = [item for item in items if item not in needing]
            config.hook.pytest_deselected(items=needing)


def pytest_terminal_summary(terminalreporter, config):
    for program, count in config.stash.get(LEFT_OUT, {}).items():
        terminalreporter.write_line(
            f"NOT TESTED: {count} tests need {program}, which is not installed here", red=True
        )
