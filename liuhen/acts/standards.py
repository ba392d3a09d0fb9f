"""What the bureau sets in place of a declared value: typed as the value is declared, with its basis and first day (R36.2)."""

from __future__ import annotations

from datetime import date

from liuhen.acts.bureau import set_value
from liuhen.acts.situation import invalid
from liuhen.casefile.values import clean
from liuhen.measures.thresholds import Threshold, threshold
from liuhen.office.policy import Actor
from liuhen.records.append import Receipt

YES, NO = "是", "否"
DAYS = ("工作日", "日", "小时")
LONGEST = 200
MOST = 10**15


def shown(declared: Threshold, value: object) -> str:
    """A value as a form holds it: money in yuan, yes and no in words."""
    if declared.unit == "是否":
        return YES if value else NO
    if declared.unit == "分" and isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}" if value % 100 else str(value // 100)
    return str(value)


def typed(declared: Threshold, text: str) -> int | bool | str:
    """The value that a form means. Raises Invalid."""
    given = clean(text).strip()
    if declared.unit == "是否":
        if given not in (YES, NO):
            raise invalid("value", "选择是或者否")
        return given == YES
    if declared.unit == "文本":
        if len(given) > LONGEST:
            raise invalid("value", f"不超过 {LONGEST} 字，现有 {len(given)} 字")
        return given
    whole, _, part = given.replace(",", "").partition(".")
    money = declared.unit == "分"
    if not (whole.isascii() and whole.isdigit()) or (
        part and not (money and part.isascii() and part.isdigit())
    ):
        raise invalid("value", "填写金额（元），如 50000" if money else "填写整数")
    if len(part) > 2:
        raise invalid("value", "金额最多写到分")
    number = int(whole) * 100 + int((part + "00")[:2]) if money else int(whole)
    if number > MOST or (declared.unit in DAYS and not 1 <= number <= 3650):
        raise invalid("value", "数字太大了" if number else "至少为 1")
    return number


def set_standard(actor: Actor, name: str, text: str, *, basis: str, since: date) -> list[Receipt]:
    """Set a declared value from a day on. Papers and limits of earlier days keep the value of their day; the day may lie in
    the past, since a basis may have been in force before anyone recorded it, and what happened from then on is judged by the
    new value. The entry shows when it was recorded. Raises Invalid, NotPermitted."""
    try:
        declared = threshold(name, since)
    except KeyError as error:
        raise invalid("value", "没有这一项标准") from error
    value = typed(declared, text)
    written = clean(basis).strip()
    if not written:
        raise invalid("basis", "填写依据：文号、会议纪要或者公布的标准")
    return set_value(actor, name, value, basis=written, since=since)
