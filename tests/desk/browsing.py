"""What a browser would send: the successful controls of a form in a page (HTML Standard, constructing the entry list)."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from django.http import QueryDict


@dataclass
class _Reader(HTMLParser):
    pairs: list[tuple[str, str]] = field(default_factory=list)
    area: str | None = None
    text: str = ""
    select: str | None = None
    options: list[tuple[str, bool]] = field(default_factory=list)
    template: int = 0

    def __post_init__(self):
        super().__init__()

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag == "template":
            self.template += 1
        if self.template or (not at.get("name") and tag != "option"):
            return
        if tag == "input":
            self._input(at)
        elif tag == "textarea":
            self.area, self.text = at["name"], ""
        elif tag == "select":
            self.select, self.options = at["name"], []
        elif tag == "option" and self.select is not None:
            self.options.append((at.get("value", ""), "selected" in at))

    def _input(self, at):
        kind = at.get("type", "text")
        if kind in ("file", "submit", "button"):
            return
        if kind not in ("checkbox", "radio") or "checked" in at:
            self.pairs.append((at["name"], at.get("value") or ""))

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        if tag == "template":
            self.template -= 1
        elif tag == "textarea" and self.area is not None:
            self.pairs.append((self.area, self.text.removeprefix("\n").replace("\n", "\r\n")))
            self.area = None
        elif tag == "select" and self.select is not None:
            chosen = [value for value, selected in self.options if selected]
            self.pairs.append((self.select, (chosen or [value for value, _ in self.options[:1]])[0]))
            self.select = None


def controls(html: str) -> list[tuple[str, str]]:
    """Names and values that the form of a page sends when nothing is touched."""
    reader = _Reader()
    reader.feed(html)
    return reader.pairs


def sent(html: str) -> QueryDict:
    """The same as a request brings it."""
    return QueryDict(urlencode(controls(html)))
