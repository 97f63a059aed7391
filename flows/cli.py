"""Arguments in, exit status out; no rules.

What a command does is in ``flows.commands``, imported only when it is asked
for, so that ``links``, ``check``, ``failures`` and ``report`` start without
Prefect, and ``--help`` without anything.
"""

import argparse
import difflib
import importlib
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence
from typing import NoReturn, TypeAlias

from flows import __version__
from flows.commands.exits import EXIT_DONE, EXIT_FAULT, EXIT_USAGE
from flows.commands.interrupting import Interruption, was_interrupted
from flows.commands.terminal import printable
from flows.errors import InputError, NoSuchRunError, UsageError, VerifyError

_EPILOG = """\
Settings, as environment variables or as keys of nsarchive-verify.toml in the
working directory (an option given to a command wins):

{variables}

HTTP_PROXY, HTTPS_PROXY, NO_PROXY and REQUESTS_CA_BUNDLE are honoured.

Exit status: 0 the job was done, whatever was found; 1 a verdict named in
--fail-on occurred; 2 bad usage or no readable input; 3 an internal fault, 130
Ctrl-C, 143 SIGTERM (the next run goes on where this one stopped).
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options, unknown = _parser().parse_known_args(arguments)
    if unknown:
        options.parser.refuse(unknown)
    if not hasattr(options, "command"):
        return _complain("which command? (see nsarchive-verify --help)", EXIT_USAGE)
    with Interruption() as interruption:
        try:
            return _perform(options)
        except (UsageError, InputError, NoSuchRunError) as error:
            return _complain(error, EXIT_USAGE)
        except (KeyboardInterrupt, Exception) as error:  # the last resort: one line
            on_purpose = isinstance(error, VerifyError) or was_interrupted(error)
            if getattr(options, "verbose", False) and not on_purpose:
                raise
            return _told(error, interruption)


def _told(error: BaseException, interruption: Interruption) -> int:
    """Say in one line what ended the command, and return the exit status of that."""
    if was_interrupted(error):
        return _complain(*interruption.told())
    if isinstance(error, VerifyError):
        return _complain(error, EXIT_FAULT)
    text = f"internal fault: {type(error).__name__}: {error} (--verbose shows where)"
    return _complain(text, EXIT_FAULT)


def _perform(options: argparse.Namespace) -> int:
    module, name = options.command
    command: Callable[[argparse.Namespace], int] = getattr(importlib.import_module(module), name)
    try:
        status = command(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe (head, less) has seen enough; what is still
        # buffered must not raise again when the interpreter closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_DONE
    return status


def _complain(error: object, status: int) -> int:
    line = " ".join(str(error).split())
    print(f"nsarchive-verify: {printable(line)}", file=sys.stderr)
    return status


class _Parser(argparse.ArgumentParser):
    """Says in one line what is wrong with the arguments, without the whole usage."""

    def refuse(self, words: Sequence[str]) -> NoReturn:
        """Exit with 2, naming the options that do not exist and the one probably meant."""
        known = self._option_string_actions
        near = difflib.get_close_matches(words[0].partition("=")[0], known, n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        self.error(f"not an option or argument: {' '.join(words)}{meant}")

    def error(self, message: str) -> NoReturn:
        """Exit with 2."""
        _complain(f"{message} (see {self.prog} --help)", EXIT_USAGE)
        raise SystemExit(EXIT_USAGE)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Keeps the layout of the description and the list of variables."""


class _ShowHelp(argparse.Action):
    """Prints the help with the settings in force; reads them only then."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,  # noqa: ARG002  argparse's signature
        values: object,  # noqa: ARG002
        option_string: str | None = None,  # noqa: ARG002
    ) -> None:
        from flows.settings import Settings

        width = max(60, min(100, shutil.get_terminal_size().columns - 2))
        lines = [
            textwrap.fill(
                f"{field.description}{_default(field.default, str(field.description))}",
                width,
                initial_indent=f"  NSARCHIVE_{name.upper():<22}",
                subsequent_indent=" " * 34,
                break_on_hyphens=False,
            ).replace("\u00a0", " ")
            for name, field in Settings.model_fields.items()
        ]
        parser.epilog = _EPILOG.format(variables="\n".join(lines))
        parser.print_help()
        parser.exit()


def _default(value: object, description: str) -> str:
    if value in ("", (), None) or isinstance(value, tuple) or "default:" in description:
        return ""
    if isinstance(value, bool):
        return f" (default:\u00a0{str(value).lower()})"
    return (
        f" (default:\u00a0{value:g})" if isinstance(value, float) else f" (default:\u00a0{value})"
    )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="nsarchive-verify",
        description="Check what posts quote from the National Security Archive against its pages.",
        formatter_class=_Help,
        add_help=False,
        allow_abbrev=False,
    )
    parser.add_argument(
        "-h", "--help", action=_ShowHelp, nargs=0, help="show this help and the settings"
    )
    parser.set_defaults(parser=parser)
    parser.add_argument("--version", action="version", version=__version__)
    _add_global_options(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for add in (_run, _refetch, _demo, _check, _links, _failures, _report, _serve, _cache):
        add(commands)
    return parser


#: What ``add_subparsers`` returns; argparse has no public name for it.
Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001


def _add_global_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that may stand before or after the command.

    They are left out of the result unless given, so that the place before the
    command is not overwritten by the default of the place after it.
    """
    group = parser.add_argument_group("everywhere")
    unset = argparse.SUPPRESS
    group.add_argument("--cache", metavar="DIR", default=unset, help="default: cache/")
    group.add_argument("--reports", metavar="DIR", default=unset, help="default: reports/")
    group.add_argument("--quiet", action="store_true", default=unset, help="say nothing but errors")
    group.add_argument(
        "--verbose", action="store_true", default=unset, help="say more; show where a fault arose"
    )


def _command(commands: Commands, name: str, run: str, text: str) -> _Parser:
    parser = commands.add_parser(
        name, help=text, description=text[:1].upper() + text[1:] + ".", allow_abbrev=False
    )
    module, function = run.split(":")
    parser.set_defaults(command=(f"flows.commands.{module}", function), parser=parser)
    _add_global_options(parser)
    return parser


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input"
    )
    parser.add_argument(
        "--columns", metavar="id=…,text=…", help="which columns of a CSV or JSON file hold what"
    )


def _add_engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--engine",
        choices=("prefect", "direct"),
        help="run under Prefect (default), or in this process alone: the same report, sooner",
    )


def _add_fail_on(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--fail-on", metavar="V,V", help="exit with 1 if one of these verdicts occurs"
    )


def _run(commands: Commands) -> None:
    parser = _command(commands, "run", "runs:run", "read posts, fetch what they cite, compare")
    _add_paths(parser)
    parser.add_argument(
        "--offline", action="store_true", default=None, help="use only what the cache holds"
    )
    _add_fail_on(parser)
    _add_engine(parser)


def _refetch(commands: Commands) -> None:
    text = "try the failed fetches that are due, and check again the posts they affect"
    parser = _command(commands, "refetch", "runs:refetch", text)
    parser.add_argument("--all", action="store_true", help="try every failed fetch, due or not")
    _add_fail_on(parser)
    _add_engine(parser)


def _demo(commands: Commands) -> None:
    text = "the whole of run and refetch on sample posts and stand-in pages; no internet needed"
    parser = _command(commands, "demo", "demonstrate:demo", text)
    _add_engine(parser)


def _check(commands: Commands) -> None:
    parser = _command(commands, "check", "compare:check", "compare one quotation with one source")
    parser.add_argument("--quote", metavar="TEXT", help="the words as somebody quotes them")
    parser.add_argument("--source", metavar="FILE_OR_URL", help="where they are said to stand")
    parser.add_argument(
        "--source-kind", choices=("page", "ocr"), help="how the source came to be text"
    )
    parser.add_argument("--jsonl", metavar="FILE_OR_-", help="a stream of comparisons instead")
    _add_fail_on(parser)


def _links(commands: Commands) -> None:
    parser = _command(commands, "links", "look:links", "print what would be fetched, a line each")
    _add_paths(parser)


def _failures(commands: Commands) -> None:
    parser = _command(commands, "failures", "look:failures", "list the failed fetches")
    parser.add_argument("--json", action="store_true", help="as one JSON array")


def _report(commands: Commands) -> None:
    text = "print the path of a run's report, or with --format its content"
    parser = _command(commands, "report", "look:report", text)
    parser.add_argument("run", nargs="?", metavar="RUN", help="a run's id (default: the newest)")
    parser.add_argument("--format", choices=("html", "json", "markdown", "csv"))


def _serve(commands: Commands) -> None:
    parser = _command(commands, "serve", "runs:serve", "run both flows on their schedules")
    parser.add_argument("folder", metavar="FOLDER", help="the posts to verify, read at every run")
    parser.add_argument("--verify-cron", metavar="CRON", help='e.g. "0 6 * * *" (UTC)')
    parser.add_argument("--refetch-cron", metavar="CRON", help='e.g. "*/30 * * * *" (UTC)')
    parser.add_argument(
        "--interval", metavar="SECONDS", type=float, help="instead of a cron: every so often"
    )


def _cache(commands: Commands) -> None:
    parser = commands.add_parser(
        "cache",
        help="look into the evidence store, check it, copy it out and in",
        allow_abbrev=False,
    )
    _add_global_options(parser)
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    _command(actions, "info", "cache:info", "count and size what is kept")
    _command(actions, "check", "cache:check", "re-read and re-hash every stored capture")
    text = "write every capture into one .warc.gz or .wacz file"
    _command(actions, "export", "cache:export", text).add_argument("file", metavar="FILE")
    text = "take the captures of a .warc.gz file made by any tool"
    _command(actions, "import", "cache:import_", text).add_argument("file", metavar="FILE")
