"""What was recorded: entries, ``settle``, the case's state. Pure: no framework, no clock, no disk."""
