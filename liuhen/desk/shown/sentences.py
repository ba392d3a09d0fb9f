"""Every kind of entry in words: what happened, and one line more. Nothing masked is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from liuhen.acts.serving import WHAT_WORDS
from liuhen.casefile.entries import KINDS, Entry
from liuhen.casefile.moments import parse
from liuhen.casefile.state import CaseFile, Correction, Document
from liuhen.desk import words
from liuhen.desk.shown.secrets import hidden, named, signer
from liuhen.measures.facts import RECORDING_MOMENT
from liuhen.measures.vocabulary import ROLE_NAMES, Field
from liuhen.papers import PaperContext, wording
from liuhen.papers.showing import scalar
from liuhen.records.reveal import MASKED

PARTS = {
    "lead_officer": "主办人",
    "assist_officer": "协办人",
    "presider": "听证主持人",
    "hearing_member": "听证员",
    "recorder": "记录员",
    "interpreter": "翻译",
    "reviewer": "法制审核人员",
    "receiver": "接收人",
}
OPINIONS = {**wording.OPINIONS, "confirm": "确认"}
MEANS = {"drawn": "手写", "scan": "扫描件", "seal": "盖章", "fingerprint": "指印", "paper": "纸上"}
# In a sentence these would say too much or nothing.
_UNTOLD = frozenset({"list", "document", "files", "sketch", "party", "basis"})
Said = tuple[str, str]


def corrected(case: CaseFile, found: Correction) -> tuple[str, str, str]:
    """The label, old and new words of a correction; masked where the corrected value is."""
    document = document_of(case, found.target)
    declared = _field_of(case, document, found)
    label = declared.label if declared else _label(case, found)
    if found.path == "/at":
        return "时间", _told_moment(found.old) if found.old else "", _told_moment(found.value)
    if (declared.secret if declared else True) and (hidden(document) or (declared and document is None)):
        return label, MASKED, MASKED
    return label, told(declared, found.old), told(declared, found.value)


def document_of(case: CaseFile, entry: str) -> Document | None:
    """The document that an entry made, signed, issued or served."""
    for document in case.documents.values():
        entries = {s.entry for s in document.service} | (
            {document.issued.entry} if document.issued else set[str]()
        )
        for revision in document.revisions:
            entries |= {
                revision.filed,
                *(s.entry for s in revision.signatures),
                *(o.entry for o in revision.opinions),
            }
        if entry in entries:
            return document
    return None


def _field_of(case: CaseFile, document: Document | None, found: Correction) -> Field | None:
    steps = found.path.split("/")[1:]
    if len(steps) < 2 or steps[0] != "values":
        return None
    if document:
        fields = document.declared.fields
    else:
        fact = next((f for f in case.facts if f.entry == found.target), None)
        fields = case.release.facts[fact.code].fields if fact else ()
    return next((f for f in fields if f.name == steps[1]), None)


def _label(case: CaseFile, found: Correction) -> str:
    kind = KINDS.get(case.kinds.get(found.target, ""))
    first = found.path.split("/")[1]
    if first == "file":
        kind, first = KINDS["Deposited"], found.path.split("/")[2]
    value = next((v for v in kind.fields if v.name == first), None) if kind else None
    return value.label.partition("（")[0] if value else first


def told(declared: Field | None, value: Any) -> str:
    """A value in a sentence; a table is not told."""
    if value in ("", None):
        return ""
    if isinstance(value, (list, dict)) and (declared is None or declared.type in _UNTOLD):
        return "（表格内容）"
    if declared is None or declared.type == "list":
        return str(value)
    try:
        return scalar(declared, value, PaperContext(bureau=""))
    except (TypeError, ValueError, KeyError, AttributeError):
        return str(value)


def _told_moment(value: Any) -> str:
    try:
        return words.at(parse(str(value)))
    except ValueError:
        return str(value)


def say(case: CaseFile, entry: Entry) -> Said:
    """An entry in words: what happened, and one line more."""
    if entry.body is None:
        return f"{KINDS[entry.kind].title}（内容已按规定销毁，证明仍在）", ""
    sentence = _SAY.get(entry.kind)
    return sentence(case, entry, entry.body) if sentence else (KINDS[entry.kind].title, "")


def title(case: CaseFile, body: Mapping[str, Any]) -> str:
    """The document that an entry is about, in book marks."""
    document = case.documents.get(str(body.get("document", "")))
    return f"《{document.title}》" if document else "文书"


def _opened(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    return "登记案件，取得案号", f"{body['case_no']}，{body['section']}"


def _assigned(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    verb = "担任" if body["action"] == "take" else "不再担任"
    part = PARTS.get(body["part"], body["part"])
    return f"{words.name(case.office, body['person'])}{verb}{part}", str(body.get("reason", ""))


def _filed(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    kind = case.release.documents.get(body["document_kind"])
    name = body["title"] or (kind.title if kind else "")
    nth = f"第 {body['revision']} 稿" if body["revision"] > 1 else ""
    why = str(body.get("backfill", {}).get("reason", ""))
    what = f"补录《{name}》" if entry.origin == "backfilled" else f"《{name}》定稿"
    return what, "，".join(t for t in (nth, why) if t)


def _decided(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    opinion = OPINIONS.get(body["opinion"], body["opinion"])
    about = next(
        (d for d in case.documents.values() if any(r.filed == body["entry"] for r in d.revisions)), None
    )
    acting = body.get("acting_for", {}).get("name", "")
    role = str(ROLE_NAMES.get(body["role"], body["role"])) + (f"（代{acting}）" if acting else "")
    choice = f"{body['choice']}。" if body.get("choice") else ""
    if body["opinion"] == "confirm":
        kind = case.kinds.get(body["entry"], "")
        word = "更正" if kind in ("Corrected", "Voided") else "补录"
        return f"{role}确认{word}" + (f"：《{about.title}》" if about else ""), str(body["text"])
    name = f"《{about.title}》" if about else ""
    return f"{role}签署意见：{name}{opinion}", choice + str(body["text"])


def _rendered(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    word = "成文，供签名" if body["purpose"] == "for_signature" else "成文"
    return f"{title(case, body)}{word}", f"{body['pages']} 页，内容摘要 {words.short_hash(body['digest'])}"


def _signed(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    document = case.documents.get(body["document"])
    name = signer(document, body["role"], body["name"])
    if body["means"] == "refused":
        witness = f"见证人{body['witness']}" if body.get("witness") else ""
        return f"{name}拒绝在{title(case, body)}上签名", "，".join(
            t for t in (body.get("reason", ""), witness) if t
        )
    pages = "逐页" if body["pages"] == "all" else ""
    return f"{name}在{title(case, body)}上签名", "，".join(
        t for t in (MEANS.get(body["means"], ""), pages) if t
    )


def _issued(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    number = body["number"] if body["number"] != "无" else "不编号"
    return f"签发{title(case, body)}", number + ("，加盖印章" if body["sealed"] else "")


def _served(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    document = case.documents.get(body["document"])
    to = named(document, str(body.get("recipient") or body["addressee"]))
    more = [
        to,
        WHAT_WORDS.get(body["what"], body["what"]),
        body.get("place", ""),
        body.get("tracking", ""),
        body.get("reason", ""),
    ]
    return f"{body['method']}送达{title(case, body)}", "，".join(str(t) for t in more if t)


def _deposited(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    word = "存入音像" if body.get("recorded") else "存入材料"
    more = [body["name"], words.size(body["size"]), body.get("device", ""), body.get("late_reason", "")]
    return f"{word}：{body['what']}", "，".join(str(t) for t in more if t)


def _tied(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    recording = case.recordings.get(entry.hash) or case.recording(body["deposited"])
    name = str(body.get("file", {}).get("name", "")) or (recording.name if recording else "文件")
    duty = case.release.duties.get(str(body.get("duty", "")))
    about = title(case, body) if body.get("document") else ""
    return (
        f"{name}归入{about or '本案'}",
        f"记录要求：{duty.step}" if duty else "",
    )


def _happened(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    fact = case.release.facts.get(body["fact"])
    if fact is None:
        return str(body["fact"]), ""
    if fact.code == RECORDING_MOMENT:
        return _marked_moment(case, fact.label, body["values"])
    shown = [f for f in fact.fields if not f.secret and f.type not in _UNTOLD]
    texts = [told(f, body["values"].get(f.name)) for f in shown]
    return fact.label, "，".join(text for text in texts if text)


def _marked_moment(case: CaseFile, label: str, values: Mapping[str, Any]) -> Said:
    film = case.recording(str(values["recording"]))
    return label, f"“{film.what if film else '音像'}”第 {words.played(values['second'])} 处：{values['text']}"


def _corrected_entry(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    found = next((c for c in case.corrections if c.entry == entry.hash), None)
    if found is None:
        return "更正", str(body["reason"])
    label, old, new = corrected(case, found)
    was = f"原为“{old}”，" if old else ""
    why = found.reason.rstrip("。")
    return f"更正：{_target(case, found.target)}{label}", f"{was}应为“{new}”。{why}；原件保留"


def _target(case: CaseFile, entry: str) -> str:
    about = next((d for d in case.documents.values() if any(r.filed == entry for r in d.revisions)), None)
    if about:
        return f"《{about.title}》的"
    stated = next((f for f in case.facts if f.entry == entry and f.code in case.release.facts), None)
    if stated:
        return f"“{case.release.facts[stated.code].label}”的"
    kind, document = KINDS.get(case.kinds.get(entry, "")), document_of(case, entry)
    return f"{f'《{document.title}》' if document else ''}{kind.title}的" if kind else ""


def _voided(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    return f"封存{_target(case, body['entry']).removesuffix('的')}", str(body["reason"])


def _marked(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    return f"{'标注' if body['set'] else '取消标注'}：{body['mark']}", str(body["reason"])


def _supervised(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    return f"{'说明' if body['action'] == 'explained' else '了结'}问题 {body['finding']}", str(body["text"])


def _handed(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    return f"提供案卷副本给{body['to']}", str(body["purpose"])


def _closed(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    return "结案", str(body["outcome"])


def _archived(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    return "归档", f"截至第 {body['cut_at']} 条，文件 {body['files']} 个"


def _disposed(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> Said:
    return "销毁到期内容", f"{body['reason']}；{body['approval']}"


_SAY: dict[str, Callable[[CaseFile, Entry, Mapping[str, Any]], Said]] = {
    "Opened": _opened,
    "Assigned": _assigned,
    "Filed": _filed,
    "Decided": _decided,
    "Rendered": _rendered,
    "Signed": _signed,
    "Issued": _issued,
    "ServiceStep": _served,
    "Deposited": _deposited,
    "Tied": _tied,
    "Happened": _happened,
    "Corrected": _corrected_entry,
    "Voided": _voided,
    "Marked": _marked,
    "Supervised": _supervised,
    "Handed": _handed,
    "Closed": _closed,
    "Archived": _archived,
    "Disposed": _disposed,
}
