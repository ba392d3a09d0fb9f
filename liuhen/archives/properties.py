"""四性检测: whether a file is authentic, complete, usable and safe, asked before it is archived and of its package (DA/T 70—2018).

A check is data: what it looks at, whether its failure keeps the file from being archived, and the way out then; what it finds
wrong are sentences. The four properties and most checks are those of the standard, the codes are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from liuhen.casefile.state import CaseFile
from liuhen.vault.places import Vault

AUTHENTIC, COMPLETE, USABLE, SAFE = "真实性", "完整性", "可用性", "安全性"
PROPERTIES = (AUTHENTIC, COMPLETE, USABLE, SAFE)
Outcome = Literal["passed", "failed", "not_run"]
WORDS: Mapping[str, str] = {"passed": "通过", "failed": "不通过", "not_run": "没有检测"}
# Of what goes wrong in one check so many are told.
TOLD = 5


class NotRun(Exception):
    """A check that cannot be made here; the message says why."""


class Note(str):
    """What a check tells without finding anything wrong: by what it was made."""

    __slots__ = ()


@dataclass(frozen=True)
class Seen:
    """What is looked at: the case, where its originals lie, and ``root``, the package as far as it is built; None before."""

    case: CaseFile
    vault: Vault
    root: Path | None = None

    @property
    def package(self) -> Path:
        """The package. Raises NotRun before there is one."""
        if self.root is None:
            raise NotRun("还没有案卷包")
        return self.root


Look = Callable[[Seen], Iterable[str]]


@dataclass(frozen=True)
class Check:
    """One check. ``at``: asked of the ``file`` before it is archived, of the payload (``package``) or of the package with its
    ``proof``. ``fatal``: the file is not archived while it fails; ``way``: what to do then."""

    code: str
    group: str
    title: str
    looks_at: str
    way: str
    at: Literal["file", "package", "proof"] = "file"
    fatal: bool = False


@dataclass(frozen=True)
class Result:
    """What a check came to; ``told``: what is wrong, why it was not made, or by what."""

    check: Check
    outcome: Outcome
    told: tuple[str, ...] = ()

    @property
    def refuses(self) -> bool:
        """Whether the file is not to be archived because of this."""
        return self.outcome == "failed" and self.check.fatal

    @property
    def words(self) -> str:
        """What is wrong in one sentence."""
        return "；".join(self.told)


CHECKS: tuple[Check, ...] = (
    Check("Z1", AUTHENTIC, "记录固化信息有效", "每条记录的校验值、前后相接和正文的承诺",
          "记录被改动过：用 liuhen audit 查明是哪一条，由系统管理员从备份恢复，并报政策法规科", fatal=True),
    Check("Z2", AUTHENTIC, "原件与记录相符", "每个成文、原件和音像在库中，大小与记录相符",
          "用 liuhen fixity --once 核对，从另一处或者备份恢复以后再归档", fatal=True),
    Check("Z3", AUTHENTIC, "包内文件与记录相符", "包内文书、原件的校验值与记录相符", "重新归档；仍不通过的用 liuhen fixity --once 核对",
          at="package", fatal=True),
    Check("Z4", AUTHENTIC, "元数据与内容相符", "元数据所记的校验值与包内文件相符", "重新归档；仍不通过的报系统管理员",
          at="package", fatal=True),
    Check("Z5", AUTHENTIC, "证明成立", "用包内校验程序逐个核对文件、记录、收录证明和检查点", "从备份取回案卷包，或者制作遮盖副本",
          at="proof"),
    Check("Z6", AUTHENTIC, "记录时间前后相续", "后一条的记录时间不早于前一条", "时钟被拨回过的，由系统管理员写明情况，附在备考表后"),
    Check("Z7", AUTHENTIC, "电子印章有效", "文书上的数字签名与所签内容相符", "查明原因，在备考表后说明；要用的另行签发", at="package"),
    Check("W1", COMPLETE, "件数、字节数相符", "包内文件与清单一一对应，没有空文件", "重新归档；仍不通过的报系统管理员", at="package", fatal=True),
    Check("W2", COMPLETE, "元数据必填项齐全", "元数据符合随附的格式", "按所列的项在案件中补正以后重新归档", at="package", fatal=True),
    Check("W3", COMPLETE, "目录序号、页号连续", "卷内目录的顺序号和页号没有断号、重号", "重新归档；仍不通过的报系统管理员", at="package", fatal=True),
    Check("W4", COMPLETE, "应归尽归", "记录中的每份成文和存入的文件都在包内", "重新归档；仍不通过的报系统管理员", at="package", fatal=True),
    Check("W5", COMPLETE, "文书办理完毕", "文书已签名、批准、签发、送达", "补办以后归档；补不了的，备考表中自动写明"),
    Check("W6", COMPLETE, "补录、更正已确认", "补录和更正都由科室负责人确认过", "请科室负责人确认以后再归档"),
    Check("W7", COMPLETE, "音像存入本系统", "音像记录在本系统原件库，而不是只在专用存储设备", "把设备上的文件存入本系统；存不了的，备考表中自动写明"),
    Check("K1", USABLE, "记录和目录可读", "包内条目、目录是规范的 JSON", "重新归档；仍不通过的报系统管理员", at="package", fatal=True),
    Check("K2", USABLE, "文书可打开", "包内每份 PDF 打得开，页数与目录相符", "重新归档；仍不通过的报系统管理员", at="package", fatal=True),
    Check("K3", USABLE, "长期保存格式", "本系统成文的 PDF 为 PDF/A-2", "更新字体和软件以后重新成文、归档", at="package", fatal=True),
    Check("K6", USABLE, "长期保存格式经独立校验", "本系统成文的 PDF 由 veraPDF 按 PDF/A-2b 校验", "更新字体和软件以后重新成文；是校验软件误报的，写明情况",
          at="package"),
    Check("K4", USABLE, "原件可打开", "存入的图片、PDF 打得开，音像读得出", "另取一份完好的存入，不完好的说明原因"),
    Check("K5", USABLE, "原件格式适合长期保存", "存入的文件为通用的开放格式", "另存一份通用格式（PDF、JPEG、MP4 等），原件照旧保留"),
    Check("A1", SAFE, "没有加密、脚本", "PDF 没有密码、脚本和自动动作", "另取一份没有密码、脚本的存入"),
    Check("A2", SAFE, "没有可执行程序", "存入的文件不是程序", "确属证据的保留，归档时注明；附错的封存"),
    Check("A3", SAFE, "封存的不在包内", "附错而封存的内容没有进入案卷包", "重新归档；仍不通过的报系统管理员", at="package", fatal=True),
    Check("A4", SAFE, "存放两处", "原件在两处各有一份", "由系统管理员设第二处（LIUHEN_VAULT_SECOND）"),
    Check("A5", SAFE, "病毒检测", "案卷包经杀毒软件检测", "移交以前由杀毒软件检测载体"),
)  # fmt: skip


def run(seen: Seen, at: Collection[str], looks: Mapping[str, Look]) -> list[Result]:
    """What the checks of these stages come to, in their order; ``looks`` make them, by code."""
    return [_result(check, looks[check.code], seen) for check in CHECKS if check.at in at]


def _result(check: Check, look: Look, seen: Seen) -> Result:
    try:
        found = list(dict.fromkeys(look(seen)))
    except NotRun as reason:
        return Result(check, "not_run", (str(reason),))
    notes = [one for one in found if isinstance(one, Note)]
    wrong = [one for one in found if not isinstance(one, Note)]
    more = (f"等 {len(wrong)} 处",) if len(wrong) > TOLD else ()
    return Result(check, "failed" if wrong else "passed", (*wrong[:TOLD], *more, *notes))


def recorded(results: Sequence[Result]) -> dict[str, Any]:
    """Results as ``Archived`` keeps them: how many of each, each by its code, and what they told."""
    count = {name: sum(r.outcome == name for r in results) for name in WORDS}
    said = {r.check.code: r.words for r in results if r.told}
    return {**count, "items": {r.check.code: r.outcome for r in results}, **({"told": said} if said else {})}


def kept(checks: Mapping[str, Any]) -> list[Result]:
    """What :func:`recorded` made, read back; a code that is no more is left out."""
    items, said = checks.get("items", {}), checks.get("told", {})
    return [
        Result(check, items[check.code], (said[check.code],) if check.code in said else ())
        for check in CHECKS
        if check.code in items
    ]
