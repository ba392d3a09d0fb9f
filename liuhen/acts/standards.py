"""What the bureau sets in place of a declared value: typed as the value is declared, with its basis and first day (R36.2)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from liuhen.acts.bureau import set_value
from liuhen.acts.situation import invalid
from liuhen.casefile.values import clean
from liuhen.measures.matters import MATTERS, confirmed, matter_of
from liuhen.measures.thresholds import Threshold, threshold
from liuhen.office.policy import Actor
from liuhen.records.append import Receipt

YES, NO = "是", "否"
# How many of a unit make one of what a form holds: 分 in yuan, 千分之 in percent.
PARTS = {"分": 100, "千分之": 10}
WHOLE = 1000  # 千分之
_AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]*)?)")
_HOW = {"分": "填写金额（元），如 50000", "千分之": "填写百分数，如 3"}
_FINE = {"分": "金额最多写到分", "千分之": "百分数最多写一位小数"}
DAYS = ("工作日", "日", "小时")
BASIS_WANTED = "填写依据：文号、会议纪要或者公布的标准"
LONGEST = 200
MOST = 10**15


def declared(name: str, on: date) -> Threshold:
    """What is declared under a name as of a day. Raises Invalid."""
    try:
        return threshold(name, on)
    except KeyError as error:
        raise invalid("value", "没有这一项标准") from error


def shown(declared: Threshold, value: object) -> str:
    """A value as a form holds it: money in yuan, a share in percent, yes and no in words, matters by title."""
    if declared.unit == "是否":
        return YES if value else NO
    if declared.unit == "事项":
        return "、".join(MATTERS[code].title for code in MATTERS if code in confirmed(value))
    parts = PARTS.get(declared.unit)
    if parts is None or not isinstance(value, int):
        return str(value)
    found = Decimal(value) / parts
    return f"{found:.2f}" if declared.unit == "分" and value % parts else f"{found:f}"


def typed(declared: Threshold, text: str) -> int | bool | str:
    """The value that a form means. Raises Invalid."""
    given = clean(text).strip()
    if declared.unit == "是否":
        if given not in (YES, NO):
            raise invalid("value", "选择是或者否")
        return given == YES
    if declared.unit == "事项":
        return _matters(given)
    if declared.unit == "文本":
        if len(given) > LONGEST:
            raise invalid("value", f"不超过 {LONGEST} 字，现有 {len(given)} 字")
        return given
    return _number(declared, given)


def _matters(given: str) -> str:
    """The codes of the matters named by title or code, parted by 、; what is none is refused."""
    found = [(name, matter_of(name)) for name in given.replace("，", "、").split("、") if name.strip()]
    unknown = [name for name, matter in found if matter is None]
    if unknown:
        raise invalid("value", f"没有“{'、'.join(unknown)}”这一事项，从列出的事项中选择")
    return "、".join(dict.fromkeys(matter.code for _, matter in found if matter))


def _number(declared: Threshold, given: str) -> int:
    parts = PARTS.get(declared.unit, 1)
    plain = given.replace(",", "")
    found = _AMOUNT.fullmatch(plain.removesuffix("%") if declared.unit == "千分之" else plain)
    if found is None:
        raise invalid("value", _HOW.get(declared.unit, "填写整数"))
    number = Decimal(found[1]) * parts
    if number != int(number):
        raise invalid("value", _FINE.get(declared.unit, "填写整数"))
    if number > MOST or (declared.unit in DAYS and not 1 <= number <= 3650):
        raise invalid("value", "数字太大了" if number else "至少为 1")
    if declared.unit == "千分之" and number > WHOLE:
        raise invalid("value", "不能超过 100%")
    return int(number)


def set_standard(actor: Actor, name: str, text: str, *, basis: str, since: date) -> list[Receipt]:
    """Set a declared value from a day on. Papers and limits of earlier days keep the value of their day; the day may lie in
    the past, since a basis may have been in force before anyone recorded it, and what happened from then on is judged by the
    new value. The entry shows when it was recorded. Raises Invalid, NotPermitted."""
    value = typed(declared(name, since), text)
    written = clean(basis).strip()
    if not written:
        raise invalid("basis", BASIS_WANTED)
    return set_value(actor, name, value, basis=written, since=since)
