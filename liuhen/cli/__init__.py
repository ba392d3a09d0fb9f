"""The `liuhen` command: every module here that has `register(subparsers)` adds its sub-commands.

Its parser names in its defaults a `run`: a function of the parsed arguments that returns the exit code.
"""
