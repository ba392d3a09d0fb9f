"""The metadata of a file as XML: files, recordings, bodies and people, what was done, and how these hang together (DA/T 46, DA/T 63).

The schema beside it (``schema/metadata.xsd``) goes into every package. It holds what a catalogue holds, names of people of the
bureau and moments; nobody's statements, no field of a paper.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from liuhen.archives import corrections
from liuhen.archives.catalogue import Item, Volume, bureau_of, numbered
from liuhen.archives.sheets import Filing, servers_of
from liuhen.casefile.moments import Moment, write
from liuhen.casefile.state import CaseFile, Document, Recording
from liuhen.compliance.retention import retention
from liuhen.measures import DOCUMENTS
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.recordings.telling import CODECS, device_of

SCHEMA = Path(__file__).with_name("schema") / "metadata.xsd"
PLACE, SCHEMA_PLACE = "data/metadata.xml", "data/metadata.xsd"
NAMESPACE = "urn:liuhen:metadata:1"
STANDARDS = "DA/T 46—2009，DA/T 63—2017"
HIDDEN = "〔遮盖〕"
SERVED = {"delivered": "送达", "left": "留置送达", "reached": "电子送达", "published": "公告送达"}
GENRES = {"service_receipt": "送达回证", corrections.KIND: "更正页"}
Texts = Mapping[str, Any]
Node = Any  # lxml comes without types


class BadMetadata(ValueError):
    """XML that is not after the schema; the message is the schema's own, with line numbers."""


@dataclass
class _Book:
    """The document while it is written: entities by kind, the ids given to people and bodies, what must not be shown."""

    hidden: Collection[str] = ()
    made: dict[str, list[Node]] = field(default_factory=dict[str, list[Node]])
    agents: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def text(self, value: Any) -> str:
        """A value as text, covered when it holds what must not be shown."""
        words = str(value)
        return HIDDEN if any(secret in words for secret in self.hidden) else words

    def add(self, kind: str, letter: str, values: Texts, **attributes: str) -> str:
        """Write an entity and return its id; empty values are left out."""
        rows = self.made.setdefault(kind, [])
        id_ = f"{letter}{len(rows) + 1}"
        node = etree.Element(f"{{{NAMESPACE}}}{kind}", {"实体标识符": id_, **attributes})
        self._fill(node, values)
        rows.append(node)
        return id_

    def _fill(self, node: Node, values: Texts) -> None:
        for name, value in values.items():
            if value in ("", None) or value == {}:
                continue
            inner = etree.SubElement(node, f"{{{NAMESPACE}}}{name}")
            if isinstance(value, Mapping):
                self._fill(inner, value)
            else:
                inner.text = self.text(value)

    def agent(self, kind: str, name: str, post: str = "") -> str:
        """The id of a body or person, written once."""
        if (kind, name) not in self.agents:
            values = {"机构人员类型": kind, "机构人员名称": name, "个人职位": post}
            self.agents[kind, name] = self.add("机构人员实体", "A", values)
        return self.agents[kind, name]

    def done(
        self,
        what: str,
        at: Moment,
        entry: str,
        by: Iterable[str],
        of: str,
        *,
        basis: str = "",
        told: str = "",
    ) -> None:
        """Write what was done, tied to the file it was done to and to who did it."""
        values = {
            "业务状态": "历史行为", "业务行为": what, "行为时间": write(at), "行为依据": basis, "行为描述": told, "条目": entry,
        }  # fmt: skip
        act = self.add("业务实体", "B", values)
        self.tie("文件与业务", "形成于", of, act)
        for agent in by:
            self.tie("业务与机构人员", "执行者", act, agent)

    def tie(self, kind: str, what: str, start: str, end: str) -> None:
        """Write a relation."""
        self.add("实体关系", "R", {"关系类型": kind, "关系": what}, 自=start, 至=end)

    def bytes(self) -> bytes:
        """The whole document, the same for the same content."""
        root = etree.Element(f"{{{NAMESPACE}}}案卷元数据", {"方案": STANDARDS}, {None: NAMESPACE})
        for kind in ("文件实体", "录音录像实体", "机构人员实体", "业务实体", "实体关系"):
            root.extend(self.made.get(kind, []))
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def metadata(
    case: CaseFile,
    found: Iterable[Volume],
    filing: Filing,
    sizes: Mapping[str, int],
    hidden: Collection[str] = (),
) -> bytes:
    """The metadata of an archived case: ``sizes`` are the bytes of the files by digest; texts that hold one of ``hidden`` are
    covered."""
    book = _Book(hidden)
    bureau = bureau_of(case)
    lists = list(found)
    whole = book.add("文件实体", "F", _file_of(case, lists, filing, bureau))
    unit = book.agent("单位", bureau)
    section = book.agent("内设机构", case.section)
    book.tie("文件与机构人员", "形成者", whole, section)
    book.tie("机构人员与机构人员", "隶属于", section, unit)
    for person in case.officers:
        book.tie("文件与机构人员", "承办人", whole, book.agent("个人", case.office.name(person), "执法人员"))
    for volume in lists:
        rows = numbered(volume.items, filing.pages_before(volume))
        for item, row in zip(volume.items, rows, strict=True):
            _add(book, case, whole, volume, item, row, bureau, sizes)
    return book.bytes()


def _add(
    book: _Book,
    case: CaseFile,
    whole: str,
    volume: Volume,
    item: Item,
    row: Texts,
    bureau: str,
    sizes: Mapping[str, int],
) -> None:
    recording = next((r for r in case.recordings.values() if r.digest == item.digest and item.digest), None)
    if item.kind == "recording" and recording is not None:
        id_ = book.add("录音录像实体", "V", _recording_of(case, item, recording))
    else:
        id_ = book.add("文件实体", "F", _item_of(volume, item, row, bureau, recording, sizes))
    document = case.documents.get(item.document)
    if document is not None and item.kind == document.kind:
        _acts(book, case, document, id_)
    elif recording is not None:
        kind, name = ("个人", case.office.name(recording.by)) if recording.by else ("内设机构", case.section)
        book.done("存入", recording.deposited_at, recording.entry, [book.agent(kind, name)], id_)
    book.tie("文件与文件", "包含", whole, id_)


def _file_of(case: CaseFile, found: list[Volume], filing: Filing, bureau: str) -> Texts:
    fonds, _, rest = filing.number.partition("-")
    series, _, piece = rest.rpartition("-")
    numbers = {
        "档号": filing.number, "全宗号": fonds, "目录号": series, "年度": filing.on.year,
        "保管期限": retention(case).term.label, "机构或问题": case.section, "室编案卷号": piece,
    }  # fmt: skip
    return {
        "聚合层次": "案卷",
        "立档单位名称": bureau,
        "档号项": numbers if rest else {},
        "题名": case.title,
        "文件编号": case.case_no,
        "责任者": bureau,
        "件数": sum(len(volume.items) for volume in found),
        "页数": sum(volume.pages for volume in found),
        "语种": "zh",
        "当前位置": "本案卷包",
        "附注": f"第{filing.supplement}次补充归档" if filing.supplement else "",
    }


def _item_of(
    volume: Volume, item: Item, row: Texts, bureau: str, recording: Recording | None, sizes: Mapping[str, int]
) -> Texts:
    first, last = row["page_from"], row["page_to"]
    return {
        "聚合层次": "文件",
        "立档单位名称": bureau,
        "文档序号": row["seq"],
        "页号": f"{first}-{last}" if first != last else first,
        "题名": item.title,
        "文件编号": item.number,
        "责任者": item.author,
        "日期": item.date,
        "文种": _genre(item),
        "页数": item.pages,
        "语种": "zh",
        "稿本": "" if recording else "正本",
        "电子属性": _bytes_of(item, recording, sizes),
        "当前位置": volume.name if item.file or item.digest else "没有成文",
        "附注": item.note,
    }


def _genre(item: Item) -> str:
    if item.kind in DOCUMENTS:
        return DOCUMENTS[item.kind].title
    return GENRES.get(item.kind, "原始材料")


def _bytes_of(item: Item, recording: Recording | None, sizes: Mapping[str, int]) -> Texts:
    if not item.digest:
        return {}
    name = item.file or (recording.name if recording else "")
    return {
        "格式信息": recording.media_type if recording else "application/pdf",
        "计算机文件名": name.rpartition("/")[2] or item.title,
        "计算机文件大小": recording.size if recording else sizes.get(item.digest, ""),
        "摘要算法": "SHA-256",
        "数字摘要": item.digest.removeprefix("sha256:"),
    }


def _recording_of(case: CaseFile, item: Item, recording: Recording) -> Texts:
    taken = recording.body.get("taken", {})
    length = taken.get("duration")
    times = recording.starts is not None and recording.ends is not None
    return {
        "聚合层次": "件",
        "题名": item.title,
        "摄录者": case.office.name(recording.by) if recording.by else "",
        "摄录时间": {"起始时间": write(recording.starts), "结束时间": write(recording.ends)}
        if times and recording.starts and recording.ends
        else {},
        "时间长度": f"PT{int(length) / 1000:.3f}S" if length else "",
        "摄录设备": recording.device or device_of(taken),
        "存入时间": write(recording.deposited_at),
        "保管期限": retention(case).term.label,
        "视频编码标准": CODECS.get(str(taken.get("video", "")), str(taken.get("video", ""))),
        "画面宽度": taken.get("width", ""),
        "画面高度": taken.get("height", ""),
        "音频编码标准": CODECS.get(str(taken.get("audio", "")), str(taken.get("audio", ""))),
        "电子属性": _bytes_of(item, recording, {}),
        "当前位置": item.note if recording.place == "device" else "本案卷包",
    }


def _acts(book: _Book, case: CaseFile, document: Document, of: str) -> None:
    """What was done to a paper: made final, agreed to or not, issued, served."""
    current, basis = document.current, document.declared.cites[0].short()
    author = book.agent("个人", case.office.name(current.actor))
    book.done("定稿", current.at, current.filed, [author], of, basis=basis)
    for opinion in current.opinions:
        who = book.agent("个人", opinion.name, ROLE_NAMES.get(opinion.role, ""))
        book.done(
            "审批", opinion.at, opinion.entry, [who], of, told=ROLE_NAMES.get(opinion.role, opinion.role)
        )
    if document.issued is not None:
        issued = document.issued
        book.done(
            "签发", issued.on, issued.entry, [book.agent("单位", issued.authority)], of, told=issued.number
        )
    for step in document.service:
        if step.what in SERVED:
            by = [book.agent("个人", name) for name in servers_of(case, step)] or [author]
            book.done("送达", step.at, step.entry, by, of, told=SERVED[step.what])


@lru_cache(maxsize=1)
def _schema() -> Any:
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


def check(data: bytes) -> Node:
    """The root of metadata that keep to the schema. Raises BadMetadata."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BadMetadata(f"不是合格的 XML：{error}") from error
    schema = _schema()
    if not schema.validate(root):
        raise BadMetadata("；".join(f"第 {e.line} 行：{e.message}" for e in schema.error_log))
    return root
