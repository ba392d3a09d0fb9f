"""The icons: one drawing a word, 16 by 16, stroked in the colour of the text; a *solid* one is filled instead."""

from __future__ import annotations

SOLID = frozenset({"stop", "flag", "met"})
ICONS: dict[str, str] = {
    "stop": '<path fill-rule="evenodd" d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5zM4.4 7v2h7.2V7z"/>',
    "flag": '<path fill-rule="evenodd" d="M8 .9 15.7 14.8H.3zM7.1 5.6v4.7h1.8V5.6zM7.1 11.4v1.8h1.8v-1.8z"/>',
    "met": '<path fill-rule="evenodd" d="M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 0 0 8 .8zM6.9 11.6 3.6 8.3l1.2-1.2 2.1 2.1 4.4-4.4 1.2 1.2z"/>',
    "ok": '<path d="M2.5 8.5 6.3 12.2 13.5 4.3"/>',
    "none": '<path d="M3 8h10"/>',
    "todo": '<circle cx="8" cy="8" r="6.2"/>',
    "now": '<circle cx="8" cy="8" r="6.2"/><circle cx="8" cy="8" r="2.8" fill="currentColor"/>',
    "wait": '<circle cx="8" cy="8" r="6.2" stroke-dasharray="2.4 2.4"/>',
    "lock": '<rect x="3" y="7" width="10" height="7" rx="1"/><path d="M5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7"/>',
    "clock": '<circle cx="8" cy="8" r="6.2"/><path d="M8 4.3V8l2.6 1.7"/>',
    "doc": '<path d="M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M5.8 8h4.4M5.8 11h4.4"/>',
    "pen": '<path d="M2 14l.8-3.4L11 2.4l2.6 2.6-8.2 8.2zM9.4 4l2.6 2.6"/>',
    "vid": '<path d="M1.5 3.5h9v9h-9zM10.5 7l4-2.5v7l-4-2.5"/>',
    "mic": '<rect x="5.8" y="1.5" width="4.4" height="8" rx="2.2"/><path d="M3 7.5a5 5 0 0 0 10 0M8 12.5v2.5"/>',
    "photo": '<path d="M1.5 4h3l1.5-2h4l1.5 2h3v9.5h-13z"/><circle cx="8" cy="8.5" r="2.7"/>',
    "search": '<circle cx="7" cy="7" r="4.8"/><path d="m10.6 10.6 4 4"/>',
    "me": '<circle cx="8" cy="5" r="3"/><path d="M2 14.5c.6-3.5 3-5 6-5s5.4 1.5 6 5"/>',
    "back": '<path d="M2 6.5h8a4 4 0 0 1 0 8H6M5 3 1.8 6.5 5 10"/>',
    "from": '<path d="M3 2v6.5h9.5M9.5 5.5l3 3-3 3"/>',
    "print": '<path d="M4 6V1.5h8V6M4 12H1.5V6h13v6H12M4 9.5h8v5H4z"/>',
    "plus": '<path d="M8 2.5v11M2.5 8h11"/>',
    "send": '<path d="M1.5 8 14.5 2l-4 12.5-3-5zM7.5 9.5l7-7.5"/>',
    "stamp": '<path d="M6.5 2h3v5l3.5 1.5v3H3v-3L6.5 7zM3 14h10"/>',
    "box": '<path d="M2 5.5h12v9H2zM2 5.5 4 2h8l2 3.5M6 8.5h4"/>',
    "out": '<path d="M10 2H3v12h7M7 8h7.5M11.5 5l3 3-3 3"/>',
}


def svg(name: str, extra: str = "") -> str:
    """The markup of an icon; KeyError for a name there is none of. Decorative: a word always stands beside it."""
    solid = " i-f" if name in SOLID else ""
    more = f" {extra}" if extra else ""
    return f'<svg class="i{solid}{more}" viewBox="0 0 16 16" aria-hidden="true">{ICONS[name]}</svg>'
