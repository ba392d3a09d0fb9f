"""The `liuhen` command. Every module here that has `register(subparsers)` adds its sub-commands."""
