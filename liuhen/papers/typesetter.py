"""One Typst compiler a process: fonts, lock, errors in Chinese, and what must never happen before a fork.

A process that has compiled and then forks leaves its child hanging, so workers compile only after the fork.
"""

from __future__ import annotations

import json
import os
import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from liuhen.papers.context import NoFonts, NoGlyph, PaperError

_TEMPLATES = Path(__file__).parent / "typst"
_BESIDE = Path(__file__).parents[2] / "var" / "fonts"
_LOCK = threading.Lock()
_DISPLAY = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_SONG = ("Noto Serif CJK SC", "HanaMinA", "HanaMinB")
# The office's own licensed families stand first; they are used when their files are in the folder.
FAMILIES: dict[str, tuple[str, ...]] = {
    "fang": (
        "FangSong_GB2312",
        "仿宋_GB2312",
        "FZFangSong-Z02",
        "方正仿宋_GBK",
        "FangSong",
        "FandolFang R",
        *_SONG,
    ),
    "title": ("FZXiaoBiaoSong-B05", "方正小标宋_GBK", "方正小标宋简体", *_SONG),
    "hei": ("SimHei", "FZHei-B01", "方正黑体_GBK", "FandolHei", "Noto Sans CJK SC", *_SONG),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "FandolKai", *_SONG),
    "song": ("SimSun", "FZShuSong-Z01", "FandolSong", *_SONG),
}
# Papers made again must be the same bytes; when a paper was made is told by the record, not by its metadata.
_FIXED_TIME = 1_767_196_800


@dataclass(frozen=True)
class _Press:
    compiler: typst.Compiler
    families: dict[str, list[str]]
    process: int


def fonts_folder() -> Path:
    """The folder of fonts: ``LIUHEN_FONTS``, else ``var/fonts`` beside the program."""
    return Path(os.environ.get("LIUHEN_FONTS") or _BESIDE).resolve()


@lru_cache(maxsize=1)
def _press(folder: Path) -> _Press:
    if not folder.is_dir() or not any(folder.iterdir()):
        raise NoFonts(f"缺少排版字体：字体文件夹 {folder} 不存在或是空的，请先运行 make fonts")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    present = set(fonts.families())
    families = {style: [name for name in names if name in present] for style, names in FAMILIES.items()}
    if not all(families.values()):
        raise NoFonts(f"字体文件夹 {folder} 里没有可用的宋体或仿宋字体，请先运行 make fonts")
    compiler = typst.Compiler(input=_TEMPLATES / "main.typ", root=_TEMPLATES, font_paths=fonts)
    return _Press(compiler, families, os.getpid())


def ready() -> None:
    """Raises NoFonts when papers could not be typeset for want of fonts."""
    with _LOCK:
        _press(fonts_folder())


def forget() -> None:
    """Drop the compiler, so that fonts added to the folder are seen by the next paper."""
    with _LOCK:
        _press.cache_clear()


def compile_plan(
    plan: dict[str, Any],
    form: Literal["pdf", "png", "svg"] = "pdf",
    *,
    standard: str = "a-2b",
    ppi: float = 96,
) -> list[bytes]:
    """Lay out ``plan``: one PDF, or one image a page.

    The same plan and fonts give the same bytes. Raises NoFonts, NoGlyph (PDF only; which field, when known,
    is found by the caller), RuntimeError in a process forked after a compilation.
    """
    with _LOCK:
        press = _press(fonts_folder())
        if press.process != os.getpid():
            raise RuntimeError("本进程在排版之后分叉而来，不能再排版；请先分叉，再排版")
        data = json.dumps(plan | {"fonts": press.families}, ensure_ascii=False)
        try:
            made = press.compiler.compile(
                format=form,
                ppi=ppi,
                sys_inputs={"data": data},
                pdf_standards=[standard] if form == "pdf" else [],  # type: ignore[list-item]
                timestamp=_FIXED_TIME,
            )
        except typst.TypstError as error:
            raise _explain(error) from error
    return made if isinstance(made, list) else [made or b""]


def _explain(error: typst.TypstError) -> Exception:
    found = _DISPLAY.search(error.message)
    if not found:
        return PaperError(f"排版失败：{error.message}")
    text = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), found[1])
    return NoGlyph(text, "", "")
