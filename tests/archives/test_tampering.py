"""Whatever is changed in a package of a whole case is found: 不符, or at least never 完整 (A31, R34.3)."""

import json
import random
import shutil

import pytest

from liuhen.ledger import merkle
from tests.archives import making
from tests.properties.profile import examples

CASE, OFFICE, CHECKPOINT = "data/entries/case.jsonl", "data/entries/office.jsonl", "proof/checkpoint.txt"
# What the log does not vouch for; the report says so in a note.
UNPROVED = ("bag-info.txt", "verify/verify.py", "verify/README.txt")


def flips(path, seed):
    """Offsets to flip: first, middle, last, and one at random."""
    size = path.stat().st_size
    return sorted({0, size // 2, size - 1, random.Random(seed).randrange(size)})


def flipped(path, offset):
    """Flip one bit of the byte at ``offset``; the same again restores it."""
    data = bytearray(path.read_bytes())
    data[offset] ^= 1 << offset % 8
    path.write_bytes(data)


def test_the_untouched_copy_is_whole(codes, copy):
    assert codes(copy) == (0, set())


def test_any_flipped_bit_of_any_file_is_found(build, copy, codes):
    for name in build.files_of(copy):
        for offset in flips(copy / name, name):
            flipped(copy / name, offset)
            assert codes(copy)[0] == 1, (name, offset)
            flipped(copy / name, offset)


@pytest.mark.fuzz
@pytest.mark.django_db
def test_a_bit_flipped_at_random_is_found_and_its_file_named(build, verifier, given, complete):
    """Of the list of lists, which nothing lists, the line that no longer holds."""
    chance = random.Random(1)
    files = build.files_of(complete)
    for _ in range(examples(20, 300)):
        name = chance.choice(files)
        whole = (complete / name).read_bytes()
        place = chance.randrange(8 * len(whole))
        data = bytearray(whole)
        data[place // 8] ^= 1 << place % 8
        (complete / name).write_bytes(data)
        report = verifier.verify(complete, *given.keys)
        line = whole[: place // 8].count(b"\n")
        listed = whole.splitlines()[line].decode().split("  ")[-1] if name == build.TAGMANIFEST else name
        assert {problem.where for problem in report.problems} & {name, listed, f"{name} 第 {line + 1} 行"}, (
            name, place, report.problems,
        )  # fmt: skip
        (complete / name).write_bytes(whole)
    assert verifier.verify(complete, *given.keys).problems == []


def test_any_flipped_bit_is_found_after_the_manifests_are_recomputed(build, copy, codes):
    names = [n for n in build.files_of(copy) if n not in (*UNPROVED, build.MANIFEST, build.TAGMANIFEST)]
    for name in names:
        # A flip in a cosignature's name makes it a stranger's: then the package is unwitnessed, and never 完整.
        allowed = (1, 2) if name == CHECKPOINT else (1,)
        for offset in flips(copy / name, name):
            flipped(copy / name, offset)
            build.reseal(copy)
            assert codes(copy)[0] in allowed, (name, offset)
            flipped(copy / name, offset)


def changed(build, package, change, name=CASE):
    build.edit_lines(package / name, change)
    build.reseal(package)


def without_proof(build, package, lost):
    """Drop the proofs of lost entries too, as a careful forger would."""
    build.edit_json(
        package / "proof/inclusion.json",
        lambda value: value | {"entries": [each for each in value["entries"] if each["hash"] not in lost]},
    )
    build.reseal(package)


@pytest.mark.parametrize("place", [0, 20, -1])
def test_an_entry_removed(build, copy, codes, place):
    lost = set()
    changed(build, copy, lambda lines: lost.add(lines.pop(place)["hash"]))
    without_proof(build, copy, lost)
    verdict, found = codes(copy)
    assert verdict == 1
    assert found & {"POSITION", "ARCHIVED"}


def test_entries_reordered(build, copy, codes):
    def change(lines):
        lines[4], lines[5] = lines[5], lines[4]

    changed(build, copy, change)
    assert codes(copy)[1] >= {"POSITION", "PREVIOUS"}


def forged(build, line, **header):
    whole = {**line["header"], **header}
    return {**line, "header": whole, "hash": build.chain.entry_hash(whole)}


def test_an_entry_added_with_its_chain_made_to_fit(build, copy, codes):
    def change(lines):
        last = lines[-1]
        lines.append(forged(build, last, position=len(lines) + 1, previous=last["hash"]))

    changed(build, copy, change)
    assert codes(copy)[1] >= {"ARCHIVED", "INCLUSION_MISSING"}


def test_an_entry_inserted_with_the_whole_chain_recomputed(build, copy, codes):
    def change(lines):
        lines.insert(10, lines[10])
        for number, line in enumerate(lines, 1):
            links = {"previous": lines[number - 2]["hash"]} if number > 1 else {}
            lines[number - 1] = forged(build, line, position=number, **links)

    changed(build, copy, change)
    assert codes(copy)[1] >= {"ARCHIVED", "INCLUSION_MISSING", "INCLUSION_EXTRA"}


def test_bodies_exchanged(build, copy, codes):
    def change(lines):
        first, second = [line for line in lines if line["header"]["kind"] == "Decided"][:2]
        first["body"], second["body"] = second["body"], first["body"]

    changed(build, copy, change)
    assert "COMMITMENT" in codes(copy)[1]


def test_a_body_dropped_from_a_complete_package(build, complete, codes):
    """To make it look destroyed: the manifest that ``Archived`` names tells."""
    changed(build, complete, lambda lines: lines[3].pop("body") and None)
    assert "ARCHIVED_MANIFEST" in codes(complete)[1]


def test_a_value_changed(build, copy, codes):
    def change(lines):
        fine = next(n for line in lines for n in line["body"] if n.get("path") == "/values/penalties")
        fine["items"][1]["value"]["amount"] = 2_000

    changed(build, copy, change)
    assert "COMMITMENT" in codes(copy)[1]


def test_an_office_entry_removed_from_a_complete_package(build, complete, codes):
    lost = set()
    changed(build, complete, lambda lines: lost.add(lines.pop()["hash"]), OFFICE)
    without_proof(build, complete, lost)
    assert codes(complete)[1] >= {"ARCHIVED_MANIFEST"}


@pytest.mark.parametrize("folder", ["documents", "originals", "forms"])
def test_a_file_left_out(build, complete, codes, folder):
    next((complete / "data" / folder).iterdir()).unlink()
    build.reseal(complete)
    assert "ARCHIVED_MANIFEST" in codes(complete)[1]


def test_a_document_exchanged_for_another_rendition(build, complete, codes):
    documents = complete / "data/documents"
    shutil.copyfile(documents / "0003-docket_approval-r1.pdf", documents / "0001-penalty_decision-r1.pdf")
    build.reseal(complete)
    assert codes(complete)[1] >= {"ARCHIVED_MANIFEST", "NOT_IN_PACKAGE"}


def hashes(package):
    return [each["hash"] for each in json.loads((package / "proof/inclusion.json").read_bytes())["entries"]]


def reproved(build, package, entries, key, witness=None):
    """Prove every entry of the package anew in a log of the forger's own making."""
    store = {}
    merkle.append(store, [merkle.leaf_hash(bytes.fromhex(each)) for each in entries])
    root = merkle.root([merkle.leaf_hash(bytes.fromhex(each)) for each in entries])
    note = build.notes.sign_checkpoint(len(entries), root, key)
    (package / CHECKPOINT).write_text(build.notes.cosign(note, witness, 5) if witness else note)
    proofs = [
        build.proof(each, entries.index(each) if each in entries else 0, len(entries), store)
        for each in hashes(package)
    ]
    told = {"origin": key.name, "size": len(entries), "root": root.hex(), "entries": proofs}
    build.edit_json(package / "proof/inclusion.json", lambda _: told)
    build.reseal(package)


def test_a_checkpoint_from_another_log(build, copy, codes):
    """The whole log made anew under a key of the same name, cosigned by a witness of the same name."""
    witness = build.notes.SigningKey.generate(making.WITNESS.name, build.notes.WITNESS)
    reproved(build, copy, hashes(copy), build.FORGED_KEY, witness)
    assert codes(copy) == (1, {"LOG_SIGNATURE", "LOG_KEY"})


def test_a_package_forged_as_a_whole_is_told_by_the_key_alone(build, verifier, copy, codes):
    reproved(build, copy, hashes(copy), build.FORGED_KEY)
    keys = {"log": [str(build.FORGED_KEY.verifier)], "witnesses": []}
    build.edit_json(copy / "proof/keys.json", lambda _: keys)
    build.reseal(copy)
    assert codes(copy) == (1, {"LOG_KEY"})
    assert verifier.verify(copy).verdict == 2


def test_a_truncated_log(build, copy, codes):
    """The log's last entry is ``Archived`` of the case; cut off, its proof leads nowhere."""
    entries = hashes(copy)
    archived = json.loads((copy / "proof/archived.json").read_bytes())["hash"]
    reproved(build, copy, [each for each in entries if each != archived], build.FORGED_KEY)
    assert "INCLUSION_PROOF" in codes(copy)[1]


def test_an_older_checkpoint_that_does_not_cover_the_case(build, copy, codes):
    note = (copy / CHECKPOINT).read_text()
    name, size, *rest = note.split("\n")
    (copy / CHECKPOINT).write_text("\n".join([name, str(int(size) - 1), *rest]))
    build.reseal(copy)
    assert codes(copy)[1] >= {"INCLUSION", "LOG_SIGNATURE", "COSIGNATURE"}
