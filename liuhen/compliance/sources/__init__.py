"""Where the values come from that nobody has to type (``Field.source``): one module a family of sources."""
