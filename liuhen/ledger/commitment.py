"""Commitments: a body becomes salted nodes, any of which can be withheld and the rest still be proved.

The construction is that of SD-JWT: one salted digest for a field, a list item, a line of a longer text.
How many values there are can be seen; what they are cannot.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal, TypedDict, cast

from liuhen.ledger import canonical

SCHEME = "liuhen/body/1"
SEED_BYTES = 32
SALT_BYTES = 16
# In a package a list item stands within entry, body, container, items and leaf; it must have bytes there too.
PACKED_DEPTH = 6
WITHHELD_LINE = "〔已遮盖〕"


class Leaf(TypedDict):
    """One value with its salt (32 hex digits) under its RFC 6901 path."""

    path: str
    salt: str
    value: Any


class Withheld(TypedDict):
    """What is left of a node that is not shown: its digest, 64 hex digits."""

    digest: str


class Container(TypedDict):
    """A list, or a text of several lines: each item or line is a leaf of its own or withheld."""

    path: str
    salt: str
    form: Literal["list", "text"]
    items: list[Leaf | Withheld]


Node = Leaf | Container | Withheld


class CommitmentError(ValueError):
    """Nodes that no body can have, or a wish to withhold what cannot be withheld alone."""


def new_seed() -> bytes:
    """Return 32 random bytes, from which one entry's salts come; to be destroyed with the body."""
    return secrets.token_bytes(SEED_BYTES)


def nodes(body: Mapping[str, object], seed: bytes) -> list[Node]:
    """Return the nodes of a body in path order, salted from ``seed``.

    Raises CanonicalError when the body has no canonical bytes, ValueError when the seed is not 32 bytes.
    """
    if len(seed) != SEED_BYTES:
        raise ValueError(f"种子应为 {SEED_BYTES} 字节")
    canonical.encode(dict(body), PACKED_DEPTH)
    values = sorted(_values("", dict(body)), key=lambda pair: pair[0])
    return [_node(path, value, seed) for path, value in values]


def node_digest(node: Node) -> str:
    """Return the hex digest of a node; of a withheld one, the digest it carries."""
    if "digest" in node:
        return node["digest"]
    if "items" in node:
        children = [node_digest(item) for item in node["items"]]
        return canonical.digest([node["salt"], node["path"], node["form"], children])
    return canonical.digest([node["salt"], node["path"], node["value"]])


def commit(nodes: Sequence[Node]) -> str:
    """Return the hex commitment of nodes given in path order, shown or withheld alike.

    Raises CommitmentError when the shown ones are not in path order, CanonicalError from a value.
    """
    shown = [node["path"] for node in nodes if "path" in node]
    if any(before >= after for before, after in pairwise(shown)):
        raise CommitmentError("节点没有按路径排列，或者路径重复")
    return canonical.digest([SCHEME, [node_digest(node) for node in nodes]])


def commitment(body: Mapping[str, object], seed: bytes) -> str:
    """Return the hex commitment of a body under a seed; raises what ``nodes`` raises."""
    return commit(nodes(body, seed))


def body_of(nodes: Sequence[Node]) -> dict[str, Any]:
    """Return what the nodes show: ``body_of(nodes(body, seed)) == body``.

    A withheld field or list item is left out; a withheld line of a text stands as 〔已遮盖〕.
    Raises CommitmentError when paths contradict each other.
    """
    shown = [(node["path"], _value(node)) for node in nodes if "path" in node]
    _check_paths([path for path, _ in shown])
    body: dict[str, Any] = {}
    for path, value in shown:
        if path:
            _put(body, path, value)
    return body


def withhold(nodes: Sequence[Node], paths: Iterable[str]) -> list[Node]:
    """Return the nodes with nothing shown any more at the paths or beneath them; the commitment stays.

    A path may name a field, a list or text, an item of one, or an object, which takes along all beneath it.
    Paths that show nothing are ignored. Raises CommitmentError for a path inside a list item, which can
    only be withheld whole.
    """
    hidden = tuple(paths)
    return [_withhold_node(node, hidden) for node in nodes]


def _values(path: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict) and value:
        for key, item in cast(dict[str, object], value).items():
            yield from _values(f"{path}/{_escape(key)}", item)
    else:
        yield path, value


def _node(path: str, value: object, seed: bytes) -> Node:
    if isinstance(value, list | tuple):
        return _container(path, "list", cast(Sequence[object], value), seed)
    if isinstance(value, str) and "\n" in value:
        return _container(path, "text", value.split("\n"), seed)
    return _leaf(path, value, seed)


def _container(path: str, form: Literal["list", "text"], values: Sequence[object], seed: bytes) -> Container:
    items: list[Leaf | Withheld] = [_leaf(f"{path}/{i}", value, seed) for i, value in enumerate(values)]
    return {"path": path, "salt": _salt(path, seed), "form": form, "items": items}


def _leaf(path: str, value: object, seed: bytes) -> Leaf:
    return {"path": path, "salt": _salt(path, seed), "value": value}


def _salt(path: str, seed: bytes) -> str:
    return hmac.digest(seed, path.encode(), hashlib.sha256)[:SALT_BYTES].hex()


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _unescape(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~")


def _value(node: Leaf | Container) -> object:
    if "value" in node:
        return node["value"]
    if node["form"] == "list":
        return [item["value"] for item in node["items"] if "path" in item]
    return "\n".join(item["value"] if "path" in item else WITHHELD_LINE for item in node["items"])


def _check_paths(paths: list[str]) -> None:
    known = set(paths)
    for path in paths:
        tokens = path.split("/")
        ancestors = {"/".join(tokens[:depth]) for depth in range(1, len(tokens))}
        if tokens[0] or ancestors & known:
            raise CommitmentError(f"路径不对，或者与其他路径矛盾：{path}")
    if len(known) < len(paths):
        raise CommitmentError("路径重复")


def _put(body: dict[str, Any], path: str, value: object) -> None:
    *names, last = [_unescape(token) for token in path.split("/")[1:]]
    for name in names:
        body = body.setdefault(name, {})
    body[last] = value


def _withhold_node(node: Node, paths: tuple[str, ...]) -> Node:
    if "digest" in node:
        return node
    if any(_within(node["path"], path) for path in paths):
        return {"digest": node_digest(node)}
    if "items" in node:
        items = [cast(Leaf | Withheld, _withhold_node(item, paths)) for item in node["items"]]
        return {"path": node["path"], "salt": node["salt"], "form": node["form"], "items": items}
    inside = any(_within(path, node["path"]) for path in paths)
    if inside and node["value"] and isinstance(node["value"], list | dict):
        raise CommitmentError(f"“{node['path']}”只能整项遮盖")
    return node


def _within(path: str, ancestor: str) -> bool:
    return path == ancestor or path.startswith(f"{ancestor}/")
