"""Forgeries by hands that know the format: manifests are made to fit again after every change."""

import hashlib
import json

import pytest

DIGEST = f"sha256:{hashlib.sha256(b'scan').hexdigest()}"
CASE, OFFICE, ARCHIVED = "data/entries/case.jsonl", "data/entries/office.jsonl", "proof/archived.json"


@pytest.fixture(params=["complete", "redacted"])
def any_package(request, build, tmp_path):
    """A complete package, and a redacted copy, where no manifest digest of ``Archived`` helps."""
    made = build.complete() if request.param == "complete" else build.redacted()
    return build.write(made, tmp_path)


def forged_entry(build, line, **header):
    """A line with a changed header whose hash is right again."""
    changed = {**line["header"], **header}
    return {**line, "header": changed, "hash": build.chain.entry_hash(changed)}


def test_a_changed_header(build, any_package, codes):
    def change(lines):
        lines[1]["header"]["actor"] = "u8"

    build.edit_lines(any_package / CASE, change)
    build.reseal(any_package)
    verdict, found = codes(any_package)
    assert (verdict, "ENTRY_HASH" in found) == (1, True)


def test_a_changed_header_with_its_hash_made_to_fit(build, any_package, codes):
    def change(lines):
        lines[1] = forged_entry(build, lines[1], actor="u8")

    build.edit_lines(any_package / CASE, change)
    build.reseal(any_package)
    verdict, found = codes(any_package)
    assert verdict == 1
    assert {"PREVIOUS", "INCLUSION_MISSING", "INCLUSION_EXTRA"} <= found


def test_a_changed_value(build, any_package, codes):
    def change(lines):
        lines[0]["body"][-1]["items"][0]["value"] = "未查"

    build.edit_lines(any_package / CASE, change)
    build.reseal(any_package)
    verdict, found = codes(any_package)
    assert (verdict, "COMMITMENT" in found) == (1, True)


def test_a_changed_digest_of_a_withheld_value(build, tmp_path, codes):
    root = build.write(build.redacted(), tmp_path)

    def change(lines):
        lines[1]["body"][0]["digest"] = "0" * 64

    build.edit_lines(root / CASE, change)
    build.reseal(root)
    assert codes(root) == (1, {"COMMITMENT"})


def test_bodies_exchanged(build, any_package, codes):
    def change(lines):
        lines[1]["body"], lines[2]["body"] = lines[2]["body"], lines[1]["body"]

    build.edit_lines(any_package / CASE, change)
    build.reseal(any_package)
    verdict, found = codes(any_package)
    assert (verdict, "COMMITMENT" in found) == (1, True)


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ([1, 2], "POSITION"),
        ([0, 2], "POSITION"),
        ([0, 1], "ARCHIVED"),
        ([0, 2, 1], "POSITION"),
        ([0, 1, 1, 2], "POSITION"),
        ([], "SHAPE"),
    ],
    ids=["first removed", "one removed", "last removed", "reordered", "one twice", "all removed"],
)
def test_entries_removed_or_moved(build, any_package, codes, order, code):
    build.edit_lines(any_package / CASE, lambda lines: [lines[i] for i in order])
    build.reseal(any_package)
    verdict, found = codes(any_package)
    assert (verdict, code in found) == (1, True)


def test_entries_removed_from_the_proofs_too(build, any_package, codes):
    def without_the_second(value):
        del value["entries"][1]

    build.edit_lines(any_package / CASE, lambda lines: [lines[0], lines[2]])
    build.edit_json(any_package / "proof/inclusion.json", without_the_second)
    build.reseal(any_package)
    assert codes(any_package)[0] == 1


def test_an_entry_added(build, any_package, codes):
    def change(lines):
        last = lines[-1]
        lines.append(forged_entry(build, last, position=4, previous=last["hash"]))

    build.edit_lines(any_package / CASE, change)
    build.reseal(any_package)
    verdict, found = codes(any_package)
    assert verdict == 1
    assert {"ARCHIVED", "INCLUSION_MISSING"} <= found


def test_an_office_entry_added(build, any_package, codes):
    build.edit_lines(
        any_package / OFFICE, lambda lines: [*lines, forged_entry(build, lines[0], stream="office/numbers")]
    )
    build.reseal(any_package)
    verdict, found = codes(any_package)
    assert (verdict, "INCLUSION_MISSING" in found) == (1, True)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda lines: [*lines, lines[0]], "DUPLICATE"),
        (lambda lines: [{**lines[0], "header": {**lines[0]["header"], "bureau": "other"}}], "BUREAU"),
        (lambda lines: [{**lines[0], "header": {**lines[0]["header"], "stream": "case/c1"}}], "STREAM"),
        (lambda lines: [{**lines[0], "header": {**lines[0]["header"], "previous": "0" * 64}}], "PREVIOUS"),
    ],
)
def test_office_entries_that_cannot_be(build, any_package, codes, change, code):
    build.edit_lines(any_package / OFFICE, change)
    build.reseal(any_package)
    verdict, found = codes(any_package)
    assert (verdict, code in found) == (1, True)


def test_office_neighbours_must_link(build, codes, tmp_path):
    record = build.record_of_a_case()
    first = record.append("office/numbers", "NumberReserved", {"number": "1"})
    second = record.append("office/numbers", "NumberReserved", {"number": "2"})
    second["header"]["previous"] = build.chain.entry_hash({**first["header"], "actor": "u9"})
    second["hash"] = record.log[-1] = build.chain.entry_hash(second["header"])
    assert codes(build.write(build.complete(record), tmp_path)) == (1, {"PREVIOUS"})


def test_case_entries_of_an_office_stream(build, codes, tmp_path):
    record = build.Record()
    record.append("office/x", "Deposited", build.deposited(build.PHOTO))
    record.streams["case/c1"] = record.streams.pop("office/x")
    package = build.complete(record, [build.DOCUMENT])
    verdict, found = codes(build.write(package, tmp_path))
    assert (verdict, "STREAM" in found) == (1, True)


# ---- the archive's own entry ----


def archived_with(build, tmp_path, body=None, **header):
    """A package whose ``Archived`` entry says something else, sealed by the true log."""
    package = build.complete()
    package.record.streams["case/c1"].pop()
    package.record.log.pop()
    given = build.commitment.body_of(package.archived["body"]) | (body or {})
    package.archived = package.record.append("case/c1", header.pop("kind", "Archived"), given)
    package.archived["header"].update(header)
    package.archived["hash"] = package.record.log[-1] = build.chain.entry_hash(package.archived["header"])
    return build.write(package, tmp_path)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"manifest": "sha256:" + "0" * 64}, "ARCHIVED_MANIFEST"),
        ({"cut_at": 2}, "ARCHIVED_CUT"),
        ({"head": "0" * 64}, "ARCHIVED_CUT"),
        ({"files": 7}, "ARCHIVED_COUNT"),
        ({"bytes": 7}, "ARCHIVED_COUNT"),
    ],
)
def test_archived_names_what_is_there(build, codes, tmp_path, body, code):
    assert codes(archived_with(build, tmp_path, body)) == (1, {code})


@pytest.mark.parametrize(
    "header", [{"kind": "Closed"}, {"position": 5}, {"previous": "0" * 64}, {"stream": "case/c2"}]
)
def test_archived_follows_the_last_entry(build, codes, tmp_path, header):
    assert codes(archived_with(build, tmp_path, **header)) == (1, {"ARCHIVED"})


def test_archived_shows_its_body_in_a_complete_package(build, package, codes):
    def hide(line):
        del line["body"]

    build.edit_json(package / ARCHIVED, hide)
    build.reseal(package)
    assert codes(package) == (1, {"ARCHIVED_BODY"})


# ---- files, with both manifests made to fit: only the digest in Archived is left to find it ----


def test_a_changed_document(build, package, codes):
    (package / build.DOCUMENT).write_bytes(b"%PDF-1.7 another decision")
    build.reseal(package)
    verdict, found = codes(package)
    assert verdict == 1
    assert {"ARCHIVED_MANIFEST", "DOCUMENT_UNRECORDED", "NOT_IN_PACKAGE", "OXUM"} <= found


def test_a_changed_catalogue(build, package, codes):
    (package / "data/catalogue.pdf").write_bytes(b"%PDF-1.7 CATALOGUE")
    build.reseal(package)
    assert codes(package) == (1, {"ARCHIVED_MANIFEST"})


@pytest.mark.parametrize("name", ["DOCUMENT", "ORIGINAL"])
def test_a_file_left_out(build, codes, tmp_path, name):
    root = build.write(build.complete(without=[getattr(build, name)]), tmp_path)
    assert codes(root) == (1, {"NOT_IN_PACKAGE"})


NAMING = [
    ("Signed", {"document": "d1", "means": "scan", "scan": "%s"}),
    ("Filed", {"document": "d2", "values": {"files": [{"digest": "%s", "name": "票据.pdf"}]}}),
    ("ServiceStep", {"document": "d1", "what": "delivered", "proofs": ["%s"]}),
    ("Happened", {"fact": "payment_made", "proofs": ["%s"]}),
]


def naming(build, kind, body, *after):
    record = build.record_of_a_case()
    written = json.loads(json.dumps(body).replace("%s", build.sha256(b"scan")))
    line = record.append("case/c1", kind, written)
    for more, make in after:
        record.append("case/c1", more, make(line))
    return record


@pytest.mark.parametrize(("kind", "body"), NAMING)
def test_a_file_that_any_entry_names_must_be_there(build, codes, tmp_path, kind, body):
    root = build.write(build.complete(naming(build, kind, body)), tmp_path / "without")
    assert codes(root) == (1, {"NOT_IN_PACKAGE"})
    original = {f"data/originals/{build.sha256(b'scan')[7:]}.bin": b"scan"}
    root = build.write(build.complete(naming(build, kind, body), files=original), tmp_path / "with")
    assert codes(root) == (0, set())


@pytest.mark.parametrize(
    "after",
    [
        ("Voided", lambda line: {"entry": line["hash"], "reason": "附件放错"}),
        ("Voided", lambda line: {"entry": "0" * 64, "reason": "附件放错", "objects": [DIGEST]}),
        ("Disposed", lambda line: {"entries": [], "objects": [DIGEST], "reason": "期满", "approval": "1号"}),
        ("Deposited", lambda line: {"digest": DIGEST, "place": "device"}),
    ],
)
def test_what_was_given_up_or_lies_on_the_device_need_not_be_there(build, codes, tmp_path, after):
    record = naming(build, *NAMING[0], after)
    assert codes(build.write(build.complete(record), tmp_path)) == (0, set())


def test_a_copy_that_was_handed_out_is_no_file_of_the_package(build, codes, tmp_path):
    record = naming(build, "Handed", {"to": "复议机关", "copy": "%s"})
    assert codes(build.write(build.complete(record), tmp_path)) == (0, set())


def test_a_file_more(build, codes, tmp_path):
    extra = b"%PDF-1.7 never filed"
    files = {
        "data/documents/0002-notice-r1.pdf": extra,
        f"data/originals/{hashlib.sha256(extra).hexdigest()}.pdf": extra,
        f"data/originals/{'0' * 64}.pdf": build.PHOTO,
        "data/other.txt": b"",
    }
    root = build.write(build.complete(files=files), tmp_path)
    assert codes(root) == (
        1,
        {"DOCUMENT_UNRECORDED", "ORIGINAL_UNRECORDED", "ORIGINAL_NAME", "UNKNOWN_FILE"},
    )


def test_a_file_of_another_kind_in_a_redacted_copy(build, codes, tmp_path):
    package = build.redacted()
    package.files["data/documents/0001-penalty_decision-r1.pdf"] = b"%PDF-1.7 blackened"
    assert codes(build.write(package, tmp_path)) == (1, {"DOCUMENT_UNRECORDED"})


def test_a_complete_package_passed_off_as_redacted_is_named_so(verifier, build, package, keys):
    info = package / "bag-info.txt"
    info.write_text(info.read_text().replace("complete", "redacted"))
    build.reseal(package)
    report = verifier.verify(package, *keys)
    assert report.package == "redacted"
    assert any("遮盖副本" in note for note in report.notes)


# ---- the log ----


def test_a_package_forged_from_the_ground_up_brings_its_own_key(verifier, build, keys, tmp_path):
    package = build.complete()
    package.log_key = build.FORGED_KEY
    root = build.write(package, tmp_path)
    report = verifier.verify(root, *keys)
    assert (report.verdict, [each.code for each in report.problems]) == (1, ["LOG_KEY"])
    unaware = verifier.verify(root)
    assert (unaware.verdict, unaware.log_key) == (2, str(build.FORGED_KEY.verifier))


def test_the_true_keys_listed_beside_a_forged_signature(build, codes, tmp_path):
    package = build.complete()
    package.log_key = build.FORGED_KEY
    root = build.write(package, tmp_path)
    build.edit_json(root / "proof/keys.json", lambda value: value | {"log": [str(build.LOG_KEY.verifier)]})
    build.reseal(root)
    assert codes(root) == (1, {"LOG_SIGNATURE", "LOG_KEY"})


def test_a_checkpoint_of_another_log(build, package, codes, tmp_path):
    other = build.complete()
    other.log_key = build.signing_key("liuhen.other", build.notes.LOG, 7)
    checkpoint = build.write(other, tmp_path / "other") / "proof/checkpoint.txt"
    (package / "proof/checkpoint.txt").write_bytes(checkpoint.read_bytes())
    build.reseal(package)
    assert codes(package) == (1, {"LOG_SIGNATURE", "LOG_KEY", "INCLUSION"})


def test_a_checkpoint_of_a_log_that_tells_another_story(build, package, codes, tmp_path):
    record = build.record_of_a_case()
    record.log.reverse()
    checkpoint = build.write(build.complete(record), tmp_path / "other") / "proof/checkpoint.txt"
    (package / "proof/checkpoint.txt").write_bytes(checkpoint.read_bytes())
    build.reseal(package)
    assert codes(package) == (1, {"INCLUSION", "INCLUSION_PROOF"})


@pytest.mark.parametrize("size", [1, 3, 4])
def test_a_log_cut_short(build, codes, tmp_path, size):
    package = build.complete()
    package.size = size
    assert codes(build.write(package, tmp_path)) == (1, {"INCLUSION_PROOF"})


def test_a_later_checkpoint_of_the_same_log(verifier, build, keys, tmp_path):
    package = build.complete()
    for number in "12345":
        package.record.append("office/numbers", "NumberReserved", {"number": number})
    assert verifier.verify(build.write(package, tmp_path), *keys).verdict == verifier.WHOLE


def test_a_bad_cosignature_is_no_missing_one(build, package, codes):
    path = package / "proof/checkpoint.txt"
    body, _, tail = path.read_text().partition("\n\n")
    other = build.notes.checkpoint_body(build.LOG_KEY.name, 9, bytes(32))
    foreign = build.notes.cosign(build.notes.sign_note(other, build.LOG_KEY), build.WITNESS_KEY, 5)
    path.write_text(f"{body}\n\n{tail.splitlines()[0]}\n{foreign.splitlines()[-1]}\n")
    build.reseal(package)
    assert codes(package) == (1, {"COSIGNATURE"})


def test_a_bad_signature_of_a_known_key(build, package, codes):
    path = package / "proof/checkpoint.txt"
    body, _, tail = path.read_text().partition("\n\n")
    other = build.notes.sign_checkpoint(9, bytes(32), build.LOG_KEY)
    path.write_text(f"{body}\n\n{tail}{other.splitlines()[-1]}\n")
    build.reseal(package)
    assert codes(package) == (1, {"LOG_SIGNATURE", "LOG_KEY"})


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value | {"log": []},
        lambda value: value | {"log": value["witnesses"]},
        lambda value: value | {"witnesses": value["log"]},
        lambda value: value | {"log": [7]},
        lambda value: value | {"more": []},
        lambda value: {"log": value["log"]},
        lambda value: value["log"],
    ],
)
def test_keys_that_the_package_cannot_claim(build, package, codes, change):
    build.edit_json(package / "proof/keys.json", change)
    build.reseal(package)
    assert codes(package)[0] == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda value: value["entries"].pop(), "INCLUSION_MISSING"),
        (lambda value: value["entries"].append(value["entries"][0]), "INCLUSION_EXTRA"),
        (lambda value: value["entries"][0].update(index=0), "INCLUSION_PROOF"),
        (lambda value: value["entries"][0].update(index=99), "INCLUSION_PROOF"),
        (lambda value: value["entries"][0]["proof"].pop(), "INCLUSION_PROOF"),
        (lambda value: value["entries"][0]["proof"].append("0" * 64), "INCLUSION_PROOF"),
        (lambda value: value.update(size=6), "INCLUSION"),
        (lambda value: value.update(origin="other"), "INCLUSION"),
        (lambda value: value.update(root="0" * 64), "INCLUSION"),
    ],
)
def test_proofs_that_do_not_prove(build, package, codes, change, code):
    def apply(value):
        change(value)

    build.edit_json(package / "proof/inclusion.json", apply)
    build.reseal(package)
    assert codes(package) == (1, {code})


STILL = b"\xff\xd8 still"


def with_a_still(build, **said):
    """A package whose record says, sealed and all, that a picture was taken out of the photograph's recording."""
    record = build.record_of_a_case()
    film = record.streams["case/c1"][-1]
    derived = {
        "digest": build.sha256(build.PHOTO),
        "entry": film["hash"],
        "at": 1500,
        "by": "liuhen 1",
    } | said
    record.append("case/c1", "Deposited", {**build.deposited(STILL), "derived": derived})
    return build.complete(record, files={f"data/originals/{build.sha256(STILL)[7:]}.jpg": STILL})


def test_a_picture_names_its_film_and_the_rest_is_said_to_be_left_to_a_decoder(
    build, verifier, keys, tmp_path
):
    report = verifier.verify(build.write(with_a_still(build), tmp_path), *keys)
    assert (report.verdict, report.problems) == (0, [])
    assert any("1 张画面截取自音像" in note for note in report.notes)


@pytest.mark.parametrize(
    "said", [{"digest": DIGEST}, {"digest": "sha256:nonsense"}, {"digest": 1}, {"entry": "0" * 64}]
)
def test_a_picture_that_names_another_film_is_found(build, verifier, keys, tmp_path, said):
    report = verifier.verify(build.write(with_a_still(build, **said), tmp_path), *keys)
    assert ("DERIVED", "data/entries/case.jsonl 第 4 行") in [(p.code, p.where) for p in report.problems]


def test_in_a_redacted_copy_the_film_may_be_withheld(build, verifier, keys, tmp_path):
    """What is withheld is not compared; what is shown still has to be right."""
    for hidden, said, wrong in (
        (["/digest"], {}, False),
        (["/digest"], {"digest": "sha256:nonsense"}, True),
        (["/size"], {"digest": DIGEST}, True),
    ):
        package = with_a_still(build, **said)
        package.case[-2] = build.withheld(package.case[-2], hidden)
        name = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        name.mkdir()
        report = verifier.verify(build.write(package, name), *keys)
        assert ("DERIVED" in {p.code for p in report.problems}) == wrong
