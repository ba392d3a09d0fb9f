"""Chinese wording of single values on paper: money, dates, people, legal basis, penalties, remedies.

Paper has no space between Han characters and digits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from liuhen.measures.vocabulary import numeral

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_LIMIT = 10**18
# What an approver says of a paper, and what happened in serving it, as it is printed.
OPINIONS = {"agree": "同意", "return": "退回修改", "refuse": "不同意"}
SERVICE = {
    "attempted": "未能送达",
    "posted": "交邮",
    "returned": "退回",
    "published": "发布公告",
    "delivered": "送达",
    "left": "留置",
    "refused": "拒收",
    "reached": "到达电子送达系统",
}
_HAN_DIGIT = re.compile(r"(?<=[\u2e80-\u9fff，。；：、）”》]) +(?=\d)|(?<=\d) +(?=[\u2e80-\u9fff（“《])")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_BREAK = "\u200b"
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


def tidy(text: str) -> str:
    """Return ``text`` as paper shows it: no control or zero-width characters, no space between Han and
    digits."""
    plain = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_ZERO_WIDTH)
    return _HAN_DIGIT.sub("", plain).strip()


def breakable(text: str, limit: int = 20) -> str:
    """``text`` that may break within runs of more than ``limit`` characters that offer no break of themselves: an address
    on the net, a long number. A line never begins with a closing mark, so a space before one is no break. Nothing is added
    that can be seen."""
    return re.sub(rf"(?:[!-~]| (?=[]!),./:;?}}])){{{limit + 1},}}", lambda run: _BREAK.join(run[0]), text)


def halves(digest: str) -> str:
    """A digest without its ``sha256:``, in two pieces, which a line holds."""
    plain = digest.removeprefix("sha256:")
    return f"{plain[:32]} {plain[32:]}"


def width(text: str) -> float:
    """Width of ``text`` in Han characters."""
    return sum(1.0 if ord(c) > 0x2E7F or c in "—…“”‘’·" else 0.5 for c in text if c != "\u200b")


def _group(n: int) -> str:
    """Write 1..9999 in capitals, one 零 for inner zeros, none at the ends."""
    words = ""
    for digit, place in zip(f"{n:04d}", _PLACES, strict=True):
        words += _CAPITALS[int(digit)] + (place if digit != "0" else "")
    return re.sub("零+", "零", words).strip("零")


def _whole(n: int) -> str:
    """Write a whole number in capitals by groups of 亿 and 万; empty for 0."""
    for unit, word in ((10**8, "亿"), (10**4, "万")):
        if n >= unit:
            high, low = divmod(n, unit)
            return _whole(high) + word + ("零" if 0 < low < unit // 10 else "") + _whole(low)
    return _group(n) if n else ""


def capitals(fen: int) -> str:
    """Money in Chinese capitals 大写: 3000000 分 → 叁万元整. Raises ValueError outside 0 ≤ 分 < 10^18."""
    if not 0 <= fen < _LIMIT:
        raise ValueError(f"金额超出可写范围：{fen} 分")
    yuan_part, small = divmod(fen, 100)
    jiao, cents = divmod(small, 10)
    words = _whole(yuan_part) + "元" if yuan_part else ""
    if not small:
        return (words or "零元") + "整"
    if jiao:
        words += _CAPITALS[jiao] + "角"
    elif words:
        words += "零"
    return words + (_CAPITALS[cents] + "分" if cents else "整")


def figures(fen: int) -> str:
    """Money in figures, from integer 分: ``30,000.00元``."""
    return f"{fen // 100:,}.{fen % 100:02d}元"


def yuan(fen: int) -> str:
    """Money as paper states it, from integer 分: ``30,000.00元（大写：叁万元整）``."""
    return f"{figures(fen)}（大写：{capitals(fen)}）"


def day(value: str) -> str:
    """``2026-03-05`` → ``2026年3月5日``. Raises ValueError for anything else."""
    on = date.fromisoformat(value[:10])
    return f"{on.year}年{on.month}月{on.day}日"


def local(value: str) -> datetime:
    """Read a wall time of Shanghai, or an RFC 3339 instant ending in Z, as wall time of Shanghai."""
    moment = datetime.fromisoformat(value)
    return moment.astimezone(_SHANGHAI).replace(tzinfo=None) if moment.tzinfo else moment


def moment(value: str) -> str:
    """``2026-11-23T09:30`` → ``2026年11月23日09时30分``; an instant in UTC is turned into Shanghai time."""
    at = local(value)
    return f"{at.year}年{at.month}月{at.day}日{at:%H时%M分}"


def span(start: str, end: str) -> str:
    """From–to on paper; the second day is left out when it is the same: …09时30分至10时48分."""
    first, last = local(start), local(end)
    if first.date() == last.date():
        return f"{moment(start)}至{last:%H时%M分}"
    return f"{moment(start)}至{moment(end)}"


def _part(value: Any, unit: str) -> str:
    text = str(value).strip()
    if not text:
        return ""
    if text.startswith("第"):
        return text
    return f"第{numeral(int(text)) if text.isascii() and text.isdigit() else text}{unit}"


def provision(row: Mapping[str, Any]) -> str:
    """One legal basis: 《粮食流通管理条例》第四十五条第一款第三项."""
    law = str(row.get("law", "")).strip()
    name = law if law.startswith("《") else f"《{law}》"
    return (
        name
        + _part(row.get("article", ""), "条")
        + _part(row.get("paragraph", ""), "款")
        + _part(row.get("item", ""), "项")
    )


def penalty(row: Mapping[str, Any]) -> str:
    """One penalty: kind, amount, term, object."""
    words = str(row.get("kind", ""))
    if "amount" in row:
        words += yuan(int(row["amount"]))
    if row.get("object"):
        words += f"：{row['object']}"
    if row.get("term"):
        words += f"，期限{row['term']}"
    return words


_DAY_WORDS = {60: "六十日", 15: "十五日"}


def remedies(value: Mapping[str, Any]) -> str:
    """The sentence on reconsideration and suit (domain §1.0 {rm}); a ``text`` given is printed as it
    stands."""
    if value.get("text"):
        return str(value["text"])
    body, court = value["reconsideration_body"], value["court"]
    days = int(value.get("reconsideration_days", 60))
    term = _DAY_WORDS.get(days, f"{days}日")
    if value.get("kind") == "reconsideration_first":
        return (
            f"如不服本决定，应当先自收到本决定书之日起{term}内向{body}申请行政复议；"
            f"对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内向{court}提起行政诉讼。"
        )
    return (
        f"如不服本决定，可以自收到本决定书之日起{term}内向{body}申请行政复议，"
        f"也可以自收到本决定书之日起{numeral(int(value.get('sue_months', 6)))}个月内向{court}提起行政诉讼。"
    )


def person(value: Any) -> str:
    """A person: name, with post and certificate number in brackets where known."""
    if not isinstance(value, Mapping):
        return str(value)
    notes = [str(value[key]) for key in ("post", "unit", "title") if value.get(key)]
    if value.get("certificate_no"):
        notes.append(f"执法证号{value['certificate_no']}")
    name = str(value.get("name", ""))
    return f"{name}（{'，'.join(notes)}）" if notes else name


def people(values: Sequence[Any]) -> str:
    """Several people, divided by 、."""
    return "、".join(person(value) for value in values)


_PARTY_COMMON = (("address", "住所（住址）"), ("phone", "联系电话"), ("service_address", "送达地址"))
_PARTY_PERSON = (("sex", "性别"), ("birth_date", "出生日期"), ("id_number", ""))
_PARTY_BODY = (
    ("uscc", "统一社会信用代码"),
    ("legal_rep", "法定代表人（负责人）"),
    ("legal_rep_post", "职务"),
    ("id_number", ""),
)


def party(value: Mapping[str, Any], label: str = "当事人") -> list[tuple[str, str]]:
    """The lines that name a party: label and text, in the order papers use; absent parts are left out."""
    rows = _PARTY_PERSON if value.get("party_kind") == "自然人" else _PARTY_BODY
    lines = [(label, str(value.get("name", "")))]
    for key, title in (*rows, *_PARTY_COMMON):
        if value.get(key):
            text = day(value[key]) if key == "birth_date" else str(value[key])
            lines.append((title or str(value.get("id_kind", "身份证件")) + "号码", text))
    return lines


def party_line(value: Mapping[str, Any]) -> str:
    """A party in one line, for a table cell: name and identity number."""
    number = value.get("uscc") or value.get("id_number")
    return f"{value.get('name', '')}（{number}）" if number else str(value.get("name", ""))
