"""Exit statuses, as the README promises them to scripts."""

EXIT_DONE = 0
EXIT_FINDING = 1
EXIT_USAGE = 2
EXIT_FAULT = 3
EXIT_INTERRUPTED = 130
EXIT_TERMINATED = 143
