"""Hand out 提供: a redacted copy of an archived case, recorded before anybody can take it away.

Commit point: the ``Handed`` entry, which names the copy by the digest of its tag manifest. The copy is built in a hidden
folder; killed before the entry, there is neither; killed between entry and rename, the record tells of a copy that nobody got.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from liuhen.acts.archiving import archived_row, building, prove
from liuhen.acts.engine import perform
from liuhen.acts.situation import invalid
from liuhen.acts.storage import vault
from liuhen.archives import bag, package
from liuhen.archives.bag import PackageError
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.ledger import commitment
from liuhen.office.policy import Actor, Subject, require
from liuhen.records import read
from liuhen.records.append import New

Line = dict[str, Any]


def redacted(
    case: str,
    actor: Actor,
    target: Path,
    withhold: Iterable[str] = (),
    *,
    texts: Iterable[str] = (),
    documents: Iterable[str] = (),
    to: str,
    purpose: str,
) -> Path:
    """Make a redacted copy of an archived case and record that it was handed out.

    ``withhold`` are ``<position>:<path>`` (``12:/values/provider``) or ``<position>`` for a whole body; ``texts`` are words
    whose every occurrence in an entry of the case or the office is withheld. PDFs and originals stay out except those
    whose document ids are named. The copy still proves ``Archived``. Raises Invalid, NotPermitted, PackageError.
    """
    row, body = archived_row(case)
    state = settle(read.case_entries(case), read.office())
    require(actor, "hand_out", Subject(state.section))
    if target.exists():
        raise PackageError(f"{target.name} 已经存在，换一个名字")
    lines = [line for line in package.case_lines(case) if line["header"]["position"] < row.position]
    hidden = _hidden(lines, withhold, words := [text for text in texts if text])
    office = [_withheld(line, _containing(line, words)) for line in package.office_lines(state, row.pk)]
    target.parent.mkdir(parents=True, exist_ok=True)
    with building(target) as root:
        _chosen(root, state, sorted(set(documents)))
        package.write_entries(root, [_withheld(line, hidden[_position(line)]) for line in lines], office)
        prove(root, row, body, "redacted")
        told = [f"{position}:{path}" for position, paths in sorted(hidden.items()) for path in sorted(paths)]
        record(case, actor, root, to, purpose, told)
        root.rename(target)
    return target


def _position(line: Line) -> int:
    return line["header"]["position"]


def _hidden(lines: Sequence[Line], withhold: Iterable[str], words: Sequence[str]) -> Mapping[int, set[str]]:
    """The paths to withhold in each entry. Raises Invalid for one that is not there: a slip would show what is secret."""
    hidden = {_position(line): _containing(line, words) for line in lines}
    known = {_position(line): line for line in lines}
    for item in withhold:
        number, _, path = item.partition(":")
        line = known.get(int(number)) if number.isdigit() else None
        paths = set() if line is None else _paths(line)
        wanted = {each for each in paths if each == path or each.startswith(f"{path}/")}
        if line is None or not wanted:
            raise invalid("withhold", f"没有“{item}”这一项。遮盖的写法是“条号:路径”或者“条号”")
        hidden[int(number)] |= wanted
    return hidden


def _paths(line: Line) -> set[str]:
    nodes = line.get("body", [])
    items = [item for node in nodes for item in node.get("items", [])]
    return {node["path"] for node in [*nodes, *items] if "path" in node}


def _containing(line: Line, words: Sequence[str]) -> set[str]:
    """The paths at which a value, list item or line of text has one of the words in it."""
    nodes = line.get("body", [])
    values = [node for node in nodes if "value" in node]
    values += [item for node in nodes for item in node.get("items", []) if "value" in item]
    return {
        node["path"]
        for node in values
        if any(word in text for word in words for text in (node["path"], *_texts(node["value"])))
    }


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _withheld(line: Line, paths: Iterable[str]) -> Line:
    hidden = list(paths)
    return {**line, "body": commitment.withhold(line["body"], hidden)} if hidden else line


def _chosen(root: Path, case: CaseFile, documents: Sequence[str]) -> None:
    for number, document in enumerate(documents, 1):
        found = case.documents.get(document)
        rendition = found.rendition("final") if found else None
        if found is None or rendition is None:
            raise invalid("documents", "选中的文书没有成文")
        name = f"{number:04d}-{found.kind}-r{found.current.number}.pdf"
        bag.copy_out(vault(), rendition.digest, root / "data" / "documents" / name)


def withhold(lines: Sequence[Line], paths: Mapping[int, Iterable[str]]) -> list[Line]:
    """The lines with these paths withheld, by position of the entry."""
    return [_withheld(line, paths.get(_position(line), ())) for line in lines]


def record(
    case: str, actor: Actor, root: Path, to: str, purpose: str, withheld: Sequence[str], act: str = "hand_out"
) -> None:
    """Record that the package in ``root`` is handed out, named by the digest of its tag manifest. Raises NotPermitted."""
    body = {"to": to, "purpose": purpose, "copy": named(root), "withheld": list(withheld)}
    perform(act, case, actor, lambda here: [New("Handed", body)])


def named(root: Path) -> str:
    """What a package that is handed out is called in the record: the digest of its tag manifest."""
    return f"sha256:{bag.digest_of(root / bag.TAGMANIFEST)[0]}"
