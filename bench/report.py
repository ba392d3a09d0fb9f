"""The words and the table: what is printed, and what docs/performance.md says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bench import machine
from bench.place import ROOT
from bench.runner import Result

PAGE = ROOT / "docs" / "performance.md"
COMPARED = {"speed": "速度", "time": "用时", "share": "份额"}
SPENT = {"秒": 1_000.0}  # times are told in thousandths
HEAD = """# 性能

本页由 `make bench` 生成，不手工修改。留痕一侧只用公开的函数，做完整件事；对照一侧是同一台机器、同一次运行里的现成工具或者最省的空循环。
两侧轮流各跑一次为一对，取各对比值的中位数，括号里是最小与最大。没有达到下限的，以加倍的对数重测一次，以重测为准。
计时期间停用垃圾回收（与 timeit 相同），每次计时之前先收一次。

“速度”是留痕的速度除以对照的速度，不得低于下限；“用时”是留痕的用时除以对照的用时，不得高于下限；“份额”没有对照。
受磁盘左右的几项只列出，不作合格与否的条件。案卷包不与原件库共用磁盘上的文件，所以制作时总要复制。

运行环境：{machine}。测于 {day}。

"""
COLUMNS = ("编号", "内容", "留痕", "对照", "对照物", "比较", "比值（最小–最大）", "下限", "目标", "结果")


def figure(value: float, unit: str) -> str:
    """A number with its unit, in three digits."""
    if unit == "份额":
        return f"{value:.1%}"
    value, unit = (value * SPENT[unit], "毫秒") if unit in SPENT else (value, unit)
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def verdict(result: Result) -> str:
    """What came of it, in a word or two."""
    if result.skipped:
        return f"未测：{result.skipped}"
    words = "达到目标" if result.reached_aim else "合格" if result.passed else "未达下限"
    return words + ("（重测）" if result.again else "") + ("" if result.bench.gates else "，只列出")


def cells(result: Result) -> tuple[str, ...]:
    """A result as the cells of its row."""
    bench = result.bench
    peer = f"{bench.peer}（{result.version}）" if result.version else bench.peer
    if result.skipped:
        figures = ("—", "—", peer, COMPARED[bench.compare], "—")
    elif bench.compare == "share":
        figures = (
            figure(result.liuhen, bench.unit),
            "—",
            peer,
            COMPARED[bench.compare],
            f"{result.ratio:.3g}",
        )
    else:
        spread = f"{result.ratio:.3g}（{result.lowest:.3g}–{result.highest:.3g}）"
        ours, theirs = figure(result.liuhen, bench.unit), figure(result.peer, bench.unit)
        figures = (ours, theirs, peer, COMPARED[bench.compare], spread)
    sign = "≤" if bench.compare == "time" else "≥"
    marks = (f"{sign} {bench.floor:.3g}", f"{sign} {bench.aim:.3g}")
    return (bench.id, bench.title, *figures, *marks, verdict(result))


def line(result: Result) -> str:
    """A result in one line, for the terminal."""
    id, title, ours, theirs, peer, compared, ratio, floor, aim, words = cells(result)
    return f"{id:<4}{title}｜留痕 {ours}｜{peer} {theirs}｜{compared}之比 {ratio}｜下限 {floor} 目标 {aim}｜{words}"


def page(results: Sequence[Result], day: date) -> str:
    """The whole page, in Markdown."""
    rows = [COLUMNS, ("---",) * len(COLUMNS), *map(cells, results)]
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return HEAD.format(machine=machine.words(), day=day.isoformat()) + table
