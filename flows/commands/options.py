"""Options to settings: the one place where a command's options meet the environment."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.settings import Settings

_SETTINGS = ("cache", "reports", "engine", "offline", "fail_on")


def settings_from(options: argparse.Namespace, **more: object) -> "Settings":
    """Return the settings in force for a command with *options*.

    Raises:
        UsageError: an option or a variable has a value that is not of its kind.
    """
    # pydantic-settings takes 0.1 s to load, and ``links`` needs no settings.
    from flows.settings import load_settings

    given = {name: getattr(options, name, None) for name in _SETTINGS}
    return load_settings(**{**given, **more})
