"""A package as it was made is accepted: 0 with the right keys, 2 when the caller brings none."""

import pytest


def test_whole_with_both_keys(verifier, build, pristine, keys):
    report = verifier.verify(pristine, *keys)
    assert (report.verdict, report.problems) == (verifier.WHOLE, [])
    assert report.log_key == str(build.LOG_KEY.verifier)
    assert report.witness_keys == {str(build.WITNESS_KEY.verifier): 1772415000}
    assert (report.package, report.stream, report.bureau) == ("complete", "case/c1", "jinpu-fgj")
    assert (report.case_entries, report.office_entries, report.size) == (3, 1, 5)


@pytest.mark.parametrize("given", [(False, False), (True, False), (False, True)])
def test_not_witnessed_without_both_keys(verifier, pristine, keys, given):
    report = verifier.verify(pristine, *[k if g else () for k, g in zip(keys, given, strict=True)])
    assert (report.verdict, report.problems) == (verifier.UNWITNESSED, [])
    assert report.log_key_given == given[0]


def test_not_witnessed_without_a_cosignature(verifier, build, package, keys):
    checkpoint = package / "proof/checkpoint.txt"
    lines = checkpoint.read_text().splitlines(keepends=True)
    checkpoint.write_text("".join(lines[:-1]))
    build.reseal(package)
    report = verifier.verify(package, *keys)
    assert (report.verdict, report.problems, report.witness_keys) == (verifier.UNWITNESSED, [], {})
    assert any("没有共签" in note for note in report.notes)


def test_another_witness_does_not_count(verifier, build, pristine, keys):
    stranger = build.signing_key("stranger.example", build.notes.WITNESS, 9)
    report = verifier.verify(pristine, keys[0], [str(stranger.verifier)])
    assert (report.verdict, report.problems) == (verifier.UNWITNESSED, [])


def test_one_of_several_witnesses_is_enough(verifier, build, pristine, keys):
    stranger = build.signing_key("stranger.example", build.notes.WITNESS, 9)
    assert verifier.verify(pristine, keys[0], [str(stranger.verifier), *keys[1]]).verdict == verifier.WHOLE


def test_after_a_change_of_key_the_old_one_may_be_given_too(verifier, build, pristine, keys):
    old = build.signing_key("liuhen.jinpu-fgj", build.notes.LOG, 8)
    assert verifier.verify(pristine, [str(old.verifier), *keys[0]], keys[1]).verdict == verifier.WHOLE


def test_the_log_is_not_its_own_witness(verifier, build, package, keys):
    own = build.signing_key("witness.example", build.notes.WITNESS, 1)
    checkpoint = package / "proof/checkpoint.txt"
    checkpoint.write_text(build.notes.cosign(checkpoint.read_text(), own, 5))
    build.reseal(package)
    report = verifier.verify(package, keys[0], [str(own.verifier)])
    assert (report.verdict, report.problems) == (verifier.UNWITNESSED, [])
    assert any("不算见证" in note for note in report.notes)


def test_a_redacted_copy_is_accepted_and_named_as_one(verifier, build, keys, tmp_path):
    report = verifier.verify(build.write(build.redacted(), tmp_path), *keys)
    assert (report.verdict, report.problems, report.package) == (verifier.WHOLE, [], "redacted")
    assert any("遮盖副本" in note for note in report.notes)
    assert any("遮盖的内容：3 处" in note for note in report.notes)


def test_a_destroyed_body_is_named_and_its_file_is_not_missed(verifier, build, keys, tmp_path):
    record = build.record_of_a_case()
    del record.streams["case/c1"][2]["body"]
    report = verifier.verify(build.write(build.complete(record, [build.ORIGINAL]), tmp_path), *keys)
    assert (report.verdict, report.problems) == (verifier.WHOLE, [])
    assert "案件条目中没有正文的：第 3 条" in report.notes


def test_office_entries_of_several_streams_and_positions(verifier, build, keys, tmp_path):
    record = build.record_of_a_case()
    for number in "123":
        record.append("office/numbers", "NumberReserved", {"number": number})
    del record.streams["office/numbers"][0]
    report = verifier.verify(build.write(build.complete(record), tmp_path), *keys)
    assert (report.verdict, report.problems, report.office_entries) == (verifier.WHOLE, [], 3)


def test_a_voided_file_is_not_missed(verifier, build, keys, tmp_path):
    record = build.record_of_a_case()
    wrong = record.append("case/c1", "Deposited", build.deposited(b"another case's photograph"))
    record.append("case/c1", "Voided", {"entry": wrong["hash"], "reason": "附错"})
    assert verifier.verify(build.write(build.complete(record), tmp_path), *keys).verdict == verifier.WHOLE


def test_a_file_on_the_device_is_not_missed(verifier, build, keys, tmp_path):
    record = build.record_of_a_case()
    record.append("case/c1", "Deposited", build.deposited(b"an hour of video", place="device"))
    assert verifier.verify(build.write(build.complete(record), tmp_path), *keys).verdict == verifier.WHOLE


def test_a_file_that_followed_from_the_device_into_the_vault_is_asked_for(verifier, build, keys, tmp_path):
    record, film = build.record_of_a_case(), b"an hour of video"
    record.append("case/c1", "Deposited", build.deposited(film, place="device"))
    record.append("case/c1", "Deposited", build.deposited(film))
    without = verifier.verify(build.write(build.complete(record), tmp_path / "without"), *keys)
    assert [problem.code for problem in without.problems] == ["NOT_IN_PACKAGE"] * 2
    name = f"data/originals/{build.sha256(film)[7:]}.mp4"
    whole = build.write(build.complete(record, files={name: film}), tmp_path / "whole")
    assert verifier.verify(whole, *keys).verdict == verifier.WHOLE


def test_an_original_may_be_named_by_any_entry(verifier, build, keys, tmp_path):
    record = build.record_of_a_case()
    scan = b"scanned signature page"
    record.append("case/c1", "Signed", {"document": "d1", "scan": build.sha256(scan)})
    package = build.complete(record, files={f"data/originals/{build.sha256(scan)[7:]}.png": scan})
    assert verifier.verify(build.write(package, tmp_path), *keys).verdict == verifier.WHOLE


def test_the_packages_own_verifier_is_not_the_one_to_run(verifier, build, package, monkeypatch, keys):
    monkeypatch.setattr(verifier, "__file__", str(package / "verify/verify.py"))
    report = verifier.verify(package, *keys)
    assert report.verdict == verifier.WHOLE
    assert any("包内自带的校验程序" in note for note in report.notes)


FORM = "data/forms/0000-case_cover.pdf"


def test_forms_printed_from_the_entries_are_proved_by_the_manifest(verifier, build, keys, tmp_path):
    package = build.write(build.complete(files={FORM: b"%PDF-1.7 cover"}), tmp_path)
    assert verifier.verify(package, *keys).verdict == verifier.WHOLE
    (package / FORM).write_bytes(b"%PDF-1.7 another cover")
    build.reseal(package)
    assert {problem.code for problem in verifier.verify(package, *keys).problems} >= {"ARCHIVED_MANIFEST"}


def test_a_redacted_copy_has_no_forms_since_nothing_would_prove_them(verifier, build, keys, tmp_path):
    package = build.redacted()
    package.files[FORM] = b"%PDF-1.7 any cover"
    report = verifier.verify(build.write(package, tmp_path), *keys)
    assert [(problem.code, problem.where) for problem in report.problems] == [("UNKNOWN_FILE", FORM)]
