"""Numbers that say when they are mistyped: of people and bodies by themselves, 统一社会信用代码 (GB 32100—2015), 公民身份号码
(GB 11643—1999), telephone numbers; an amount paid beside what is owed. A doubt is told and refuses nothing: a paper may really bear a wrong number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from liuhen.casefile import quantities

_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_SHAPE = re.compile(f"[{_USCC}]{{2}}[0-9]{{6}}[{_USCC}]{{10}}")
_USCC_LENGTH = 18
_ID_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_ID_OLD = re.compile(r"[0-9]{15}")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CARD = "身份证"
_ID_DIGITS = 12  # fewer are no such number, where the kind of paper is not told
# A mobile; a number of a town with its extension; 400 and 800; a short number of a public service.
_PHONE = re.compile(
    r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}(?:(?:-|转)[0-9]{1,6})?|[2-9][0-9]{6,7}(?:(?:-|转)[0-9]{1,6})?"
    r"|[48]00-?[0-9]{3,4}-?[0-9]{3,4}|[19][0-9]{2,4}"
)
_BETWEEN = re.compile(r"[、，,;；/或\s]+")
_SLIP = 1000  # 万元 for 元 is ten thousand times too little; nobody pays so small a part
_AS_WRITTEN = "核对原件；原件上确实如此的，照写"


def doubt(name: str, value: object, beside: Mapping[str, object] | None = None) -> str:
    """What is doubtful about the value of a field with this name, in one sentence that says what to do; empty when nothing is,
    or when such a field is not checked. ``beside``: the other values of the same form or row (the kind of an identity paper),
    and ``owed``, what is still to be paid, in 分."""
    check = next((one for names, one in _CHECKS.items() if name in names), None)
    if check is None or not isinstance(value, str) or not value.strip():
        return ""
    return check(value, beside or {})


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).upper()


def _uscc(text: str, beside: Mapping[str, object]) -> str:
    code = _plain(text)
    if len(code) != _USCC_LENGTH:
        return f"统一社会信用代码应为 {_USCC_LENGTH} 位，现有 {len(code)} 位；{_AS_WRITTEN}"
    if not _USCC_SHAPE.fullmatch(code):
        return f"统一社会信用代码只有数字和大写字母，不用 I、O、S、V、Z，第 3 至 8 位是数字；{_AS_WRITTEN}"
    total = sum(_USCC.index(sign) * pow(3, n, 31) for n, sign in enumerate(code[:-1]))
    right = _USCC[-total % 31]
    return "" if code[-1] == right else f"统一社会信用代码的校验位不符，可能写错了一位；{_AS_WRITTEN}"


def _id_number(text: str, beside: Mapping[str, object]) -> str:
    kind, code = str(beside.get("id_kind") or ""), _plain(text)
    few = sum(sign.isdecimal() for sign in code) < _ID_DIGITS
    if (kind and _CARD not in kind) or (not kind and few):
        return ""  # a passport or another paper
    if _ID_OLD.fullmatch(code):
        return ""  # of before 1999, without a check digit
    if not _ID_SHAPE.fullmatch(code):
        return f"公民身份号码应为 18 位数字，末位可以是 X，现有 {len(code)} 位；{_AS_WRITTEN}"
    try:
        born = date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return f"公民身份号码里的出生日期（{code[6:14]}）不对；{_AS_WRITTEN}"
    total = sum(int(digit) * weight for digit, weight in zip(code, _ID_WEIGHTS, strict=False))
    if code[-1] != _ID_CHECKS[total % 11]:
        return f"公民身份号码的校验位不符，可能写错了一位；{_AS_WRITTEN}"
    told = str(beside.get("birth_date") or "")
    return "" if told in ("", born.isoformat()) else f"公民身份号码与出生日期（{told}）不符；{_AS_WRITTEN}"


def _phone(text: str, beside: Mapping[str, object]) -> str:
    halved = text.translate(str.maketrans("（）－—", "()--"))
    if _is_phone(re.sub(r"\s", "", halved)):
        return ""
    numbers = [one for one in _BETWEEN.split(halved) if any(sign.isdecimal() for sign in one)]
    wrong = [one for one in numbers if not _is_phone(one)]
    return f"“{wrong[0]}”不像完整的电话号码，可能多写或者少写了一位；核对后仍是这样的，照写" if wrong else ""


def _is_phone(text: str) -> bool:
    plain = text.removeprefix("+86").removeprefix("-").removeprefix("(").replace(")", "-")
    return _PHONE.fullmatch(plain) is not None


def _amount(text: str, beside: Mapping[str, object]) -> str:
    """A sum in 元 beside what is owed: more than that, or so little that 万元 was typed for 元."""
    owed, typed = str(beside.get("owed") or ""), quantities.read(text)
    if not owed.isdecimal() or typed is None:
        return ""
    due, paid = Decimal(owed) / 100, Decimal(typed)
    said = f"应缴的 {quantities.in_digits(due)} 元"
    if paid > due:
        return f"比{said}多；单位是元，核对是否多写了位数，或者写成了分"
    return f"不到{said}的千分之一；单位是元，核对是否写成了万元" if paid * _SLIP <= due else ""


_CHECKS: dict[tuple[str, ...], Callable[[str, Mapping[str, object]], str]] = {
    ("uscc",): _uscc,
    ("id_number",): _id_number,
    ("phone", "contact_phone"): _phone,
    ("amount",): _amount,
}
CHECKED = frozenset(name for names in _CHECKS for name in names)
