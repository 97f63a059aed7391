"""``python -m tests.bench [NAME…]``: run the benchmarks, all of them or those named."""

import argparse
import sys
from time import perf_counter

from tests.bench.registry import known


def main(arguments: list[str] | None = None) -> int:
    """Print the tables asked for; return 2 when a name is not known."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="which benchmarks (default: all)")
    parser.add_argument("--list", action="store_true", help="list the names and end")
    options = parser.parse_args(arguments)
    benchmarks = known()
    if options.list:
        for each in benchmarks.values():
            sys.stdout.write(f"{each.name:12} {each.title} (about {each.seconds} s)\n")
        return 0
    strange = [name for name in options.names if name not in benchmarks]
    if strange:
        sys.stderr.write(
            f"no benchmark named {', '.join(strange)}; there are {', '.join(benchmarks)}\n"
        )
        return 2
    for name in options.names or benchmarks:
        each, begun = benchmarks[name], perf_counter()
        sys.stdout.write(f"\n## {each.title} (`{name}`)\n\n")
        for line in each.run():
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        sys.stdout.write(f"\n_{perf_counter() - begun:.0f} s_\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
