"""A log of many entries, made quickly: entries of the access stream, sealed at once."""

from liuhen.records.append import New, append
from liuhen.records.seal import seal


def fill(count):
    """Append ``count`` entries and seal them."""
    append("access", "jia", [New("Consulted", {"subject": str(n), "what": "查看"}) for n in range(count)])
    seal()
