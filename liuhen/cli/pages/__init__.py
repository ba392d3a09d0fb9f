"""Pages of documentation made from the program: every module here that has ``page() -> str`` is one, ``docs/<its name>.md``."""
