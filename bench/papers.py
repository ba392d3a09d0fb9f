"""P1, P4, P5: papers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import typst

from bench import machine
from bench.place import ROOT, folder, processes
from bench.shape import DOCUMENTS, Absent, Bench, Duel, at_once
from liuhen.measures import DOCUMENTS as KINDS
from liuhen.papers import Opinion, PaperContext, render, typesetter
from liuhen.papers.plan import plan

FORM = "case_source_form"
TEMPLATE = Path(typesetter.__file__).parent / "typst" / "main.typ"
CONTEXT = PaperContext(
    bureau="大连金普新区发展和改革局",
    authority_code="大金普发改",
    number="大金普发改案源〔2026〕6号",
    date="2026-03-06",
    document="d-0123456789",
    commitment="0123456789abcdef" * 4,
    opinions=[Opinion("S", "同意立案，请依法调查。", "同意", "丁某", "2026-03-06")],
)
TEXT = "第2号仓储存玉米，货位卡载明入库日期，仓内无当日出库作业，负责人𬸚某称检验报告由质检员𫖯某保管。\n"
numbers = count(1)


def values(n: int) -> dict[str, Any]:
    """A filled form that differs in all its text from every other."""
    return {
        "case_no": f"LC-P-2026-{n:04}",
        "registered_at": f"2026-03-06T{n % 24:02}:{n % 60:02}",
        "source_kind": "监督检查",
        "discovered_at": f"2026-03-05T{n % 24:02}:{n % 60:02}",
        "is_named": False,
        "content": "".join(f"第{n}次、第{line}段：{TEXT}" for line in range(6)),
    }


def paper(n: int) -> bytes:
    """One paper, as the acts make it."""
    return render(KINDS[FORM], values(n), CONTEXT).pdf


def several() -> None:
    """As many papers as one run has, none the same as another before."""
    for _ in range(DOCUMENTS):
        paper(next(numbers))


@contextmanager
def forms() -> Iterator[Duel]:
    """P1: the peer compiles plans that lie ready, with a compiler of its own."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[typesetter.fonts_folder()]
    )
    present = set(fonts.families())
    families = {style: [n for n in names if n in present] for style, names in typesetter.FAMILIES.items()}
    compiler = typst.Compiler(input=TEMPLATE, root=TEMPLATE.parent, font_paths=fonts)

    def ready(n: int) -> str:
        return json.dumps(plan(KINDS[FORM], values(n), CONTEXT) | {"fonts": families}, ensure_ascii=False)

    def peer() -> Any:
        plans = [ready(next(numbers)) for _ in range(DOCUMENTS)]
        return lambda: [bare(compiler, data) for data in plans]

    yield Duel(liuhen=at_once(several), peer=peer, version=machine.of("typst"), amount=DOCUMENTS)


def bare(compiler: typst.Compiler, data: str) -> object:
    """One compilation, with the options that papers have."""
    return compiler.compile(
        format="pdf", sys_inputs={"data": data}, pdf_standards=["a-2b"], timestamp=1_767_196_800
    )


FIRST = "from bench.papers import paper; paper(0)"
FLAT = """<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>{paragraphs}</office:text>
</office:body></office:document>"""


@contextmanager
def first() -> Iterator[Duel]:
    """P4: both start from nothing."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise Absent("本机没有 LibreOffice（soffice），未与它对照")
    with folder() as place:
        letter = place / "form.fodt"
        paragraphs = "".join(f"<text:p>{TEXT}</text:p>" for _ in range(12))
        letter.write_text(FLAT.format(paragraphs=paragraphs), encoding="utf-8")
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        convert = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(place), str(letter)]

        def call(command: list[str]) -> None:
            subprocess.run(
                command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )

        yield Duel(
            liuhen=at_once(lambda: call([sys.executable, "-c", FIRST])),
            peer=at_once(lambda: call(convert)),
            version=machine.program("soffice", "--version"),
        )


@contextmanager
def two_and_one() -> Iterator[Duel]:
    """P5."""
    with processes(1) as one, processes(2) as two:
        for pool in (one, two):
            list(pool.map(_batch, range(8)))
        yield Duel(
            liuhen=at_once(lambda: list(two.map(_batch, range(8)))),
            peer=at_once(lambda: list(one.map(_batch, range(4)))),
            version=machine.of("typst"),
            amount=8 * BATCH,
            peer_amount=4 * BATCH,
        )


BATCH = max(1, DOCUMENTS // 4)


def _batch(n: int) -> None:
    for _ in range(BATCH):
        paper(n * 1_000 + next(numbers))


BENCHES = (
    Bench(
        id="P1",
        title=f"制作表格文书（每次 {DOCUMENTS} 份，文字各不相同）",
        peer="直接以 typst 编译同样的版式和数据",
        unit="秒",
        compare="time",
        floor=1.5,
        aim=1.15,
        stage=forms,
    ),
    Bench(
        id="P4",
        title="新进程的第一份文书",
        peer="LibreOffice 冷启动转换一份",
        unit="秒",
        compare="time",
        floor=1 / 2,
        aim=1 / 4,
        stage=first,
    ),
    Bench(
        id="P5",
        title="两个进程制作文书",
        peer="一个进程制作文书",
        unit="份/秒",
        compare="speed",
        floor=1.6,
        aim=1.75,
        stage=two_and_one,
    ),
)
