"""The bag is exactly its manifests: no file unlisted, missing, linked or out of place (RFC 8493, strict)."""

import hashlib
import os
import sys
import tracemalloc
from pathlib import Path

import pytest

MANIFEST, TAGMANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"


def change_manifest(build, root, change):
    """Change the payload manifest as text and make the tag manifest fit."""
    text = (root / MANIFEST).read_text()
    build.reseal(root)
    (root / MANIFEST).write_bytes(change(text).encode())
    files = {
        path: (root / path).read_bytes() for path in build.files_of(root) if not path.startswith("data/")
    }
    del files[TAGMANIFEST]
    (root / TAGMANIFEST).write_bytes(build.manifest(files))


@pytest.mark.parametrize("path", ["data/documents/x.pdf", "proof/more.json", "note.txt", "data/.hidden"])
def test_an_unlisted_file(package, codes, path):
    (package / path).write_bytes(b"")
    verdict, found = codes(package)
    assert (verdict, "UNLISTED" in found) == (1, True)


def test_every_missing_file(verifier, build, package, keys):
    for name in build.files_of(package):
        data = (package / name).read_bytes()
        (package / name).unlink()
        report = verifier.verify(package, *keys)
        (package / name).write_bytes(data)
        assert report.verdict == verifier.DIFFERS
        assert ("MISSING", name) in {(each.code, each.where) for each in report.problems}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("  ", " "),
        lambda text: text.replace("  ", " *"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text[:-1],
        lambda text: text + "\n",
        lambda text: "\ufeff" + text,
        lambda text: text[:64].upper() + text[64:],
        lambda text: "# comment\n" + text,
    ],
    ids=["one space", "star", "CRLF", "no last newline", "empty line", "BOM", "upper case", "comment"],
)
def test_a_manifest_in_another_form(build, package, codes, change):
    change_manifest(build, package, change)
    verdict, found = codes(package)
    assert (verdict, "MANIFEST_FORMAT" in found) == (1, True)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "".join(
            sorted(text.splitlines(keepends=True), key=lambda line: line[66:], reverse=True)
        ),
        lambda text: text + text.splitlines(keepends=True)[-1],
    ],
    ids=["unsorted", "twice"],
)
def test_a_manifest_out_of_order(build, package, codes, change):
    change_manifest(build, package, change)
    verdict, found = codes(package)
    assert (verdict, "MANIFEST_ORDER" in found) == (1, True)


@pytest.mark.parametrize(
    "path",
    [
        "/etc/hostname",
        "data/../bagit.txt",
        "../outside",
        "data/./x",
        "data//x",
        "data/",
        "data\\x",
        "C:/x",
        "data/%41",
    ],
)
def test_paths_that_leave_the_bag_are_not_followed(build, package, codes, path):
    digest = hashlib.sha256(b"").hexdigest()
    change_manifest(build, package, lambda text: f"{text}{digest}  {path}\n")
    verdict, found = codes(package)
    assert (verdict, "MANIFEST_FORMAT" in found) == (1, True)


def test_each_manifest_keeps_to_its_own_files(build, package, codes):
    line = f"{hashlib.sha256((package / 'bagit.txt').read_bytes()).hexdigest()}  bagit.txt\n"
    change_manifest(build, package, lambda text: line + text)
    verdict, found = codes(package)
    assert (verdict, "MANIFEST_SCOPE" in found) == (1, True)


def test_a_linked_file_is_not_read(package, codes, tmp_path):
    target = tmp_path / "elsewhere.pdf"
    document = next(package.glob("data/documents/*.pdf"))
    target.write_bytes(document.read_bytes())
    document.unlink()
    document.symlink_to(target)
    verdict, found = codes(package)
    assert verdict == 1
    assert {"LINK", "MISSING"} <= found


def test_a_linked_folder_is_not_entered(package, codes, tmp_path):
    (package / "data/documents").rename(tmp_path / "documents")
    (package / "data/documents").symlink_to(tmp_path / "documents", target_is_directory=True)
    verdict, found = codes(package)
    assert verdict == 1
    assert {"LINK", "MISSING"} <= found


def test_a_pipe_does_not_stop_the_verifier(package, codes):
    os.mkfifo(package / "data/documents/pipe.pdf")
    assert codes(package) == (1, {"LINK"})


def test_a_file_name_that_is_no_text(verifier, package, keys):
    (package / os.fsdecode(b"data/\xff\x1b[2J")).write_bytes(b"")
    report = verifier.verify(package, *keys)
    assert report.verdict == verifier.DIFFERS
    assert all(each.where.isprintable() for each in report.problems)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Liuhen-Package: partial\n",
        "Liuhen-Package: complete\nLiuhen-Package: redacted\n",
        "Liuhen-Package: complete",
        "Liuhen-Package:complete\n",
        "Liuhen-Package: complete\n folded\n",
        "Liuhen-Package: complete\nNote: \x1b[2J\n",
    ],
)
def test_bag_information_in_another_form(build, package, codes, text):
    (package / "bag-info.txt").write_text(text)
    build.reseal(package)
    verdict, found = codes(package)
    assert (verdict, "BAG_INFO" in found) == (1, True)


def test_another_bagit_version(build, package, codes):
    (package / "bagit.txt").write_text("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n")
    build.reseal(package)
    assert codes(package) == (1, {"BAGIT"})


def test_what_is_no_package_is_said_to_be_none(verifier, build, package, keys, tmp_path):
    for path in (tmp_path / "nowhere", package / "bagit.txt", package / "data"):
        assert verifier.verify(path, *keys).verdict == verifier.NO_PACKAGE


def test_memory_stays_small_however_large_the_file(verifier, build, keys, tmp_path):
    record = build.record_of_a_case()
    video = bytes(16 << 20)
    record.append("case/c1", "Deposited", build.deposited(video))
    files = {f"data/originals/{build.sha256(video)[7:]}.mp4": video}
    root = build.write(build.complete(record, files=files), tmp_path)
    tracemalloc.start()
    report = verifier.verify(root, *keys)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report.verdict == verifier.WHOLE
    assert peak < 4 << 20


def test_a_file_that_cannot_be_read(verifier, package, codes, monkeypatch):
    def fail_on_pdf(path, hash_file=verifier._hash_file):
        if path.suffix == ".pdf":
            raise OSError(5, "Input/output error")
        return hash_file(path)

    monkeypatch.setattr(verifier, "_hash_file", fail_on_pdf)
    verdict, found = codes(package)
    assert (verdict, "UNREADABLE" in found) == (1, True)


def test_every_kind_of_problem_is_used_and_has_words(verifier):
    source = Path(verifier.__file__).read_text("utf-8")
    unused = [code for code in verifier.PROBLEMS if source.count(f'"{code}"') < 2]
    assert unused == []


def test_a_folder_that_cannot_be_read(verifier, package, codes, monkeypatch):
    def refuse_documents(path, scan=os.scandir):
        if isinstance(path, str | Path) and Path(path).name == "documents":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(verifier.os, "scandir", refuse_documents)
    verdict, found = codes(package)
    assert verdict == 1
    assert {"UNREADABLE", "MISSING"} <= found


def test_folders_nested_deeper_than_python_recurses(package, codes):
    folders = [package / "data"]
    for _ in range(sys.getrecursionlimit() + 100):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    extra = folders[-1] / "x"
    extra.write_bytes(b"")
    verdict, found = codes(package)
    extra.unlink()
    for folder in folders[:0:-1]:
        folder.rmdir()
    assert (verdict, "UNLISTED" in found) == (1, True)
