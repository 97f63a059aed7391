"""What each command does, one module per family; imported by ``cli`` when asked for.

A command takes the parsed options, prints results to standard output and
everything else to standard error, and returns an exit status.
"""
