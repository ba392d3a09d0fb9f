"""Print 排印: a volume of an archived file as one PDF for its reader, logged as read, kept nowhere (A31, A32; domain §8, §10).

The PDF is made in a hidden folder and appears whole or not at all.
"""

from __future__ import annotations

from pathlib import Path

from liuhen.acts.archiving import archived_row, building, finish, place
from liuhen.acts.situation import invalid
from liuhen.acts.storage import vault
from liuhen.archives import printing
from liuhen.archives.bag import PackageError
from liuhen.casefile.moments import ZONE
from liuhen.office.policy import Actor
from liuhen.records import clock
from liuhen.records.reveal import consulted


def volumes(case: str, supplement: int = 0) -> dict[str, str]:
    """The volumes of an archived file, or of a supplement to it: name by code. Raises Invalid, PackageError."""
    archived_row(case, supplement)
    finish(case)
    return {str(each["code"]): str(each["name"]) for each in printing.volumes_of(place(case, supplement))}


def print_volume(case: str, reader: Actor, volume: str, target: Path, supplement: int = 0) -> int:
    """Write a volume to ``target`` and return how many pages it has; who asks may see it (the caller's matter). Raises Invalid,
    PackageError."""
    names = volumes(case, supplement)
    if volume not in names:
        raise invalid("volume", "没有这一卷，本案有：" + "、".join(names.values()))
    if target.exists():
        raise PackageError(f"{target.name} 已经存在，换一个名字")
    consulted(
        reader, f"case/{case}", f"打印{names[volume]}" + (f"（第 {supplement} 次补充）" if supplement else "")
    )
    said = f"{reader.name} {clock.now().astimezone(ZONE):%Y-%m-%d %H:%M} 打印"
    target.parent.mkdir(parents=True, exist_ok=True)
    with building(target) as root:
        pages = printing.printed(place(case, supplement), volume, vault(), said, root / "volume.pdf")
        (root / "volume.pdf").rename(target)
    return pages
