"""F5 to F7: packages, against the reference implementation of BagIt."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

import bagit

from bench import machine, world
from bench.files import MIB, SMALL, stocked
from bench.place import folder
from bench.shape import BIG_MIB, FILES, Bench, Duel, Work, at_once
from liuhen.acts.storage import vault
from liuhen.archives import package
from liuhen.archives.bag import Payload
from liuhen.archives.sheets import Filing
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.records import read
from liuhen.records.append import New, append
from liuhen.records.seal import seal
from verifier.verify import DIFFERS, verify

TOGETHER = 100  # files that one document names
PROCESSES = 2


@dataclass(frozen=True)
class Subject:
    """A case whose documents name many files, and the same files in a folder of their own."""

    case: CaseFile
    files: Path
    bytes: int

    def build(self, root: Path) -> Payload:
        """Everything that the ``Archived`` entry vouches for, into an empty folder."""
        lines = package.case_lines(self.case.id)
        office = package.office_lines(self.case, read.last_id())
        filing = Filing("000-ZY·2026-D30-LC-0001", date(2026, 4, 1), "档案员癸")
        return package.write_payload(root, self.case, lines, office, vault(), {}, filing)[0]

    def prove(self, root: Path, payload: Payload) -> None:
        """Record the payload as archived, seal, and write the proofs."""
        head = read.case_entries(self.case.id)[-1]
        body = {
            "cut_at": head.position,
            "head": head.hash,
            "manifest": payload.manifest,
            "files": payload.files,
            "bytes": payload.bytes,
        }
        append(f"case/{self.case.id}", "bench", [New("Archived", body)])
        seal(all_of_it=True)
        row, told = read.rows(f"case/{self.case.id}")[-1]
        package.write_proof(root, package.line(row, told))


@contextmanager
def subject(files: int, size: int) -> Iterator[Subject]:
    """A bureau with a case to package."""
    with world.bureau() as model, folder() as place:
        seal(all_of_it=True)
        (case,) = world.fill(model, 1)
        _, digests = stocked(world.data_folder() / "vault", files, size)
        filed = next(e for e in read.case_entries(case) if e.kind == "Filed")
        assert filed.body is not None
        news = [
            New("Filed", {**filed.body, "document": f"bench{n}", "values": {"files": named(digests[n : n + TOGETHER])}})
            for n in range(0, files, TOGETHER)
        ]  # fmt: skip
        append(f"case/{case}", "bench", news)
        settled = settle(read.case_entries(case), read.office())
        copies = place / "files"
        copies.mkdir()
        for digest in digests:
            with vault().open(digest) as stream, (copies / digest[7:]).open("wb") as copied:
                shutil.copyfileobj(stream, copied)
        os.sync()
        yield Subject(settled, copies, files * size)


def named(digests: list[str]) -> list[dict[str, str]]:
    """What a document says of its files."""
    return [{"digest": digest, "name": f"{digest[7:19]}.jpg"} for digest in digests]


def bagged(root: Path) -> bagit.Bag:
    """Make a folder a bag, as bagit.py does, in place."""
    return bagit.make_bag(str(root), checksums=["sha256"], processes=PROCESSES)


@contextmanager
def build(files: int, size: int) -> Iterator[Duel]:
    """F5, F6: both copy the files, so that no package shares its bytes with the vault; both end when all is on the disk."""
    with subject(files, size) as it, folder() as place:
        names = (place / str(n) for n in count())
        made: list[Path] = []

        def fresh() -> Path:
            for old in made:
                shutil.rmtree(old)
            made[:] = [next(names)]
            os.sync()
            return made[0]

        def liuhen() -> Work:
            root = fresh()
            root.mkdir()
            return lambda: (it.build(root), os.sync())

        def peer() -> Work:
            root = fresh()
            return lambda: (shutil.copytree(it.files, root), bagged(root), os.sync())

        yield Duel(liuhen=liuhen, peer=peer, version=machine.of("bagit"), amount=it.bytes / MIB)


@contextmanager
def validate(files: int, size: int) -> Iterator[Duel]:
    """F7, F7S: the offline verifier checks entries and proofs besides the files."""
    with subject(files, size) as it, folder() as place:
        root, bag = place / "package", place / "bag"
        root.mkdir()
        it.prove(root, it.build(root))
        shutil.copytree(it.files, bag)
        theirs = bagged(bag)

        def liuhen() -> None:
            report = verify(root)
            assert report.verdict != DIFFERS, report.problems[:3]

        yield Duel(
            liuhen=at_once(liuhen),
            peer=at_once(lambda: theirs.validate(processes=PROCESSES)),
            version=machine.of("bagit"),
            amount=it.bytes / MIB,
        )


def _build(id: str, what: str, files: int, size: int, pairs: int) -> Bench:
    return Bench(
        id=id,
        title=f"制作案卷包：{what}，全部落盘",
        peer="复制后 bagit.py 成包，2 个进程，全部落盘",
        unit="MiB/秒",
        compare="speed",
        floor=1.1,
        aim=1.5,
        stage=partial(build, files, size),
        gates=False,
        pairs=pairs,
    )


BENCHES = (
    _build("F5", f"{FILES:,} 个小文件", FILES, SMALL, 5),
    _build("F6", f"{BIG_MIB:,} MiB 一个文件", 1, BIG_MIB * MIB, 7),
    Bench(
        id="F7",
        title=f"校验案卷包：{BIG_MIB:,} MiB 一个文件",
        peer="bagit.py 校验，2 个进程（没有条目和证明）",
        unit="MiB/秒",
        compare="speed",
        floor=0.95,
        aim=1,
        stage=partial(validate, 1, BIG_MIB * MIB),
    ),
    Bench(
        id="F7S",
        title=f"校验案卷包：{FILES:,} 个小文件",
        peer="bagit.py 校验，2 个进程（没有条目和证明）",
        unit="MiB/秒",
        compare="speed",
        floor=1.5,
        aim=2.5,
        stage=partial(validate, FILES, SMALL),
    ),
)
