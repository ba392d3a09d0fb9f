"""``audit`` names the very entry or file that was altered, lost or added (R34.3), whoever did it."""

import json
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from liuhen.acts import bureau as registers
from liuhen.acts import cases, documents, fixity, media
from liuhen.acts.storage import vault
from liuhen.ledger import chain, commitment, notes
from liuhen.office.models import User
from liuhen.records import clock
from liuhen.records.append import New, append
from liuhen.records.audit import audit, faults_of
from liuhen.records.models import Body, CaseRow, Checkpoint, Entry, FindingRow, Leaf, TreeNode
from liuhen.records.naming import recorded_files
from liuhen.records.project import project
from liuhen.records.read import header
from liuhen.records.seal import seal, signing_key
from liuhen.vault.models import VaultObject
from tests.remembered import remembered

triggers = import_module("liuhen.records.migrations.0002_triggers")


def path_of(digest):
    return vault().first.path(digest)


SOURCE = {
    "source_kind": "监督检查",
    "discovered_at": "2026-03-02T09:00",
    "is_named": False,
    "content": "检查时发现没有经营台账。",
}


@pytest.fixture
def case(bureau):
    return remembered(begun, bureau)


def begun(bureau):
    case = cases.open_case(bureau["jia"], title="某粮食有限公司没有经营台账")
    documents.file_document(case, bureau["jia"], "case_source_form", SOURCE)
    media.deposit(case, bureau["jia"], b"photograph", "现场.jpg", what="现场照片")
    return case


@pytest.fixture
def attacker(case):
    """Someone with the database's own password: the triggers are gone."""
    triggers.drop(apps, SimpleNamespace(connection=connection))
    return case


def faults(outside=()):
    return [(fault.code, fault.where) for fault in audit(vault(), outside).faults]


def of(case, kind):
    return Entry.objects.get(stream=f"case/{case}", kind=kind)


def where(row):
    return f"{row.stream} 第 {row.position} 条"


def test_an_untouched_record_is_whole(case):
    assert faults() == []


@pytest.mark.parametrize(
    "table", ["records_entry", "records_body", "records_leaf", "records_treenode", "records_checkpoint"]
)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_the_database_refuses_update_and_delete_of_the_record(case, table, statement):
    column = {"records_body": "seed", "records_checkpoint": "root"}.get(table, "hash")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column))


def test_an_edited_body_is_named(attacker):
    filed = of(attacker, "Filed")
    body = Body.objects.get(entry=filed)
    Body.objects.filter(entry=filed).update(content=body.content.replace("没有经营台账", "一切正常"))

    assert ("BODY_ALTERED", where(filed)) in faults()


def test_what_is_altered_in_one_case_is_told_of_that_case(attacker):
    """案卷评查 V10 asks one case only."""
    filed = of(attacker, "Filed")
    body = Body.objects.get(entry=filed)
    assert faults_of(attacker) == []
    Body.objects.filter(entry=filed).update(content=body.content.replace("没有经营台账", "一切正常"))

    assert [(fault.code, fault.where) for fault in faults_of(attacker)] == [("BODY_ALTERED", where(filed))]
    assert faults_of("another") == []


def test_an_edited_header_is_named(attacker):
    filed = of(attacker, "Filed")
    Entry.objects.filter(pk=filed.pk).update(at="2026-01-01")

    assert ("ENTRY_ALTERED", where(filed)) in faults()


def test_an_edit_with_recomputed_hashes_is_found_by_the_log(attacker):
    """Someone who knows the formats recomputes commitment, hash and the rest of the chain, but not the log."""
    rewrite(attacker)

    named = faults()
    assert ("ENTRY_LOST", where(of(attacker, "Filed"))) in named


def rewrite(case):
    """Change the source form and recompute everything behind it in its stream."""
    filed = of(case, "Filed")
    body = Body.objects.get(entry=filed)
    content = body.content.replace("没有经营台账", "一切正常")
    Body.objects.filter(entry=filed).update(content=content)
    filed.commitment = commitment.commitment(json.loads(content), bytes.fromhex(body.seed))
    previous = filed.previous
    for row in Entry.objects.filter(stream=filed.stream, position__gte=filed.position).order_by("position"):
        row.commitment = filed.commitment if row.pk == filed.pk else row.commitment
        row.previous = previous
        row.hash = chain.entry_hash(header(row))
        row.save()
        previous = row.hash


def test_the_dropped_tail_of_a_case_is_named(attacker):
    last = Entry.objects.filter(stream=f"case/{attacker}").order_by("-position").first()
    place = where(last)
    Body.objects.filter(entry=last).delete()
    last.delete()

    assert ("ENTRY_LOST", place) in faults()


def test_a_dropped_case_is_named(attacker):
    rows = Entry.objects.filter(stream=f"case/{attacker}")
    places = {where(row) for row in rows}
    number = CaseRow.objects.get(case=attacker).case_no
    Body.objects.filter(entry__in=rows).delete()
    rows.delete()

    named = faults()
    assert {place for code, place in named if code == "ENTRY_LOST"} >= places
    assert ("PROJECTION", f"案件 {number}") in named


def test_an_inserted_entry_is_named(attacker):
    row = of(attacker, "Rendered")
    last = Entry.objects.filter(stream=f"case/{attacker}").order_by("-position").first()
    forged = Entry(
        **{
            f.attname: getattr(row, f.attname)
            for f in Entry._meta.concrete_fields
            if f.attname not in ("id", "hash")
        }
    )
    forged.position, forged.previous = last.position + 1, last.hash
    forged.pk = row.pk - 10_000
    forged.hash = chain.entry_hash(header(forged))
    forged.save(force_insert=True)
    Body.objects.create(
        entry=forged, content=Body.objects.get(entry=row).content, seed=Body.objects.get(entry=row).seed
    )

    assert ("ENTRY_ADDED", where(forged)) in faults()


def test_a_truncated_log_is_found_by_its_last_checkpoint(attacker, bureau):
    cases.mark(attacker, bureau["ding"], "重大复杂", True, "影响大")
    last = Leaf.objects.order_by("-index").first()
    Leaf.objects.filter(pk=last.pk).delete()
    TreeNode.objects.filter(level=0, index=last.index).delete()

    assert "LOG_TRUNCATED" in {code for code, _ in faults()}


def test_a_log_rewritten_and_signed_anew_shows_only_against_an_outside_checkpoint(attacker):
    """The holder of the log's key rewrites everything: inside it is whole; the witness's checkpoint tells (R34.3)."""
    outside = Checkpoint.objects.order_by("-size").first().note
    assert faults([outside]) == []
    rewrite(attacker)
    for table in (Checkpoint, TreeNode, Leaf):
        table.objects.all().delete()
    seal()
    project(attacker)

    assert faults() == []
    report = audit(vault())
    assert any("只有见证人" in note for note in report.notes)
    assert [code for code, _ in faults([outside])] == ["OUTSIDE_REWRITTEN"]


def test_a_lost_tail_of_the_whole_log_shows_against_an_outside_checkpoint(attacker):
    outside = Checkpoint.objects.order_by("-size").first()
    for table in (Checkpoint, TreeNode, Leaf):
        table.objects.all().delete()
    last = Entry.objects.filter(stream=f"case/{attacker}").order_by("-position").first()
    Body.objects.filter(entry=last).delete()
    last.delete()
    seal()

    assert "OUTSIDE_TRUNCATED" in {code for code, _ in faults([outside.note])}


def test_an_altered_and_a_lost_file_are_named(attacker):
    deposited = of(attacker, "Deposited")
    rendered = of(attacker, "Rendered")
    for row, harm in ((deposited, alter), (rendered, lose)):
        harm(path_of(json.loads(Body.objects.get(entry=row).content)["digest"]))

    assert ("FILE_ALTERED", where(deposited)) in faults()
    assert ("FILE_LOST", where(rendered)) in faults()


def test_a_file_that_the_disk_does_not_give_is_named_and_the_audit_goes_on(attacker):
    deposited, rendered = of(attacker, "Deposited"), of(attacker, "Rendered")
    unreadable, lost = (
        path_of(json.loads(Body.objects.get(entry=row).content)["digest"]) for row in (deposited, rendered)
    )
    lose(unreadable)
    unreadable.mkdir()
    lose(lost)

    assert ("FILE_UNREADABLE", where(deposited)) in faults()
    assert ("FILE_LOST", where(rendered)) in faults()


def alter(path):
    path.chmod(0o644)
    path.write_bytes(b"photographed otherwise")


def lose(path):
    path.unlink()


def test_an_edited_row_of_the_case_list_is_named(attacker):
    row = CaseRow.objects.get(case=attacker)
    CaseRow.objects.filter(case=attacker).update(flags=99)

    assert ("PROJECTION", f"案件 {row.case_no}") in faults()


def test_a_row_from_an_older_state_of_the_office_is_stale_and_not_tampered(case, bureau):
    registers.certify(registers.SYSTEM, "bing", "示例-0099", date(2026, 1, 1), date(2027, 1, 1))

    assert clock.now()
    assert faults() == []


def test_a_number_that_was_never_reserved_and_a_series_with_a_gap_are_named(case):
    """Appended past the acts by someone who can call the program's own functions (A35)."""
    document = json.loads(Body.objects.get(entry=of(case, "Filed")).content)["document"]
    issued = {
        "document": document,
        "revision": 1,
        "number": "大金普发改罚决〔2026〕9号",
        "date": "2026-03-02",
        "sealed": True,
    }
    issued |= {"authority": "本局", "reservation": "0" * 64}
    append(f"case/{case}", "jia", [New("Issued", issued)])
    taken = {
        "series": "罚决",
        "year": 2026,
        "n": 3,
        "number": "大金普发改罚决〔2026〕3号",
        "date": "2026-03-02",
    }
    append("office/number-罚决-2026", "jia", [New("NumberReserved", taken | {"for": "0" * 64, "case": case})])
    seal()
    project(case)

    assert set(faults()) == {
        ("NUMBER_UNRESERVED", where(of(case, "Issued"))),
        ("NUMBER_GAP", "office/number-罚决-2026"),
    }


def test_a_checkpoint_from_outside_that_is_none_is_named(case):
    assert faults(["没有签名的文字"]) == [("OUTSIDE_BAD", "外部检查点")]


def test_a_checkpoint_that_another_key_signed_is_named(attacker):
    last = Checkpoint.objects.order_by("-size").first()
    stranger = notes.SigningKey.generate("liuhen.jinpu-fgj", notes.LOG)
    note = notes.sign_checkpoint(last.size, bytes.fromhex(last.root), stranger)
    Checkpoint.objects.filter(pk=last.pk).update(note=note)
    assert faults() == [("CHECKPOINT_ALTERED", f"检查点 {last.size}")]


def test_another_root_signed_by_the_logs_own_key_is_named(attacker):
    last = Checkpoint.objects.order_by("-size").first()
    note = notes.sign_checkpoint(last.size, bytes(32), signing_key())
    Checkpoint.objects.filter(pk=last.pk).update(note=note, root="00" * 32)
    assert faults() == [("LOG_ALTERED", f"检查点 {last.size}")]


def test_what_cannot_be_read_does_not_keep_the_rest_from_being_checked(attacker):
    """A body that is no JSON and a file that is gone: both are named."""
    rendered = of(attacker, "Rendered")
    path_of(json.loads(Body.objects.get(entry=rendered).content)["digest"]).unlink()
    filed = of(attacker, "Filed")
    Body.objects.filter(entry=filed).update(content="{")

    assert {("BODY_ALTERED", where(filed)), ("FILE_LOST", where(rendered))} <= set(faults())


def test_an_account_that_differs_from_the_office_register_is_named(case):
    """R34.3: whoever writes the account table gives a post that nobody appointed to."""
    User.objects.filter(username="jia").update(roles=["officer", "principal_leader"], section="价格科")
    User.objects.create(username="stranger", name="某人", roles=["archivist"])

    named = [(fault.code, fault.where, fault.message.split("：")[0]) for fault in audit(vault()).faults]
    assert named == [
        ("ACCOUNT", "账号 jia", "科室与任职记录不符、岗位与任职记录不符"),
        ("ACCOUNT", "账号 stranger", "没有任职记录"),
    ]


def lost(body, kind="Happened"):
    """The faults after an entry past the acts names a file, which is lost."""
    scan = vault().put(b"a scan").digest
    text = json.loads(json.dumps(body).replace("%s", scan))
    case = Entry.objects.filter(stream__startswith="case/").first().stream
    append(case, "jia", [New(kind, text)])
    seal()
    project(case.removeprefix("case/"))
    assert faults() == []
    path_of(scan).unlink()
    return {code for code, _ in faults()}


def test_a_file_that_stands_only_among_the_values_or_proofs_of_an_entry_must_be_there(case):
    """Scans of old paper, of signatures, of advices of delivery: no Deposited names them."""
    marked = {
        "fact": "payment_made",
        "values": {"files": [{"digest": "%s", "name": "票据.pdf"}]},
        "proofs": ["%s"],
    }
    assert lost(marked) == {"FILE_LOST"}


def test_a_file_on_the_device_or_given_up_need_not_be_there(case):
    digest = f"sha256:{'ab' * 32}"
    on_device = {
        "digest": digest,
        "size": 1,
        "name": "a.mp4",
        "media_type": "video/mp4",
        "place": "device",
        "what": "像",
    }
    handed = {"to": "复议机关", "purpose": "复议", "copy": f"sha256:{'cd' * 32}", "withheld": []}
    append(f"case/{case}", "jia", [New("Deposited", on_device), New("Handed", handed)])
    gone = vault().put(b"wrong attachment").digest
    wrong = on_device | {"digest": gone, "place": "vault"}
    (receipt,) = append(f"case/{case}", "jia", [New("Deposited", wrong)])
    append(f"case/{case}", "jia", [New("Voided", {"entry": receipt.hash, "reason": "附件放错"})])
    path_of(gone).unlink()
    seal()
    project(case)
    assert faults() == []


def test_time_that_runs_back_within_a_stream_is_named_and_over_the_log_noted(case):
    with clock.at(datetime(2020, 1, 1, tzinfo=UTC)):
        append(
            "office/other",
            "system",
            [New("SettingSet", {"name": "x", "value": 1, "basis": "无", "from": "2020-01-01"})],
        )
    seal()
    assert faults() == []
    assert any("倒退 5 分钟以上" in note for note in audit(vault()).notes)

    mark = {"mark": "重大复杂", "set": True, "reason": "影响大"}
    with clock.at(datetime(2020, 1, 2, tzinfo=UTC)):
        append(f"case/{case}", "ding", [New("Marked", mark)])
    seal()
    project(case)
    assert faults() == [("TIME_BACKWARDS", where(of(case, "Marked")))]


def test_plays_of_a_demonstration_bureau_take_numbers_in_several_pasts(bureau, monkeypatch):
    """README: play a script in the demonstration bureau. Elsewhere a number taken before the one before it is a fault."""
    for year_day in ("2026-03-02 09:00", "2026-01-05 09:00"):
        with clock.at(datetime.fromisoformat(f"{year_day}+08:00")):
            cases.open_case(bureau["jia"], title="某公司未按规定建立台账")
    seal()
    assert "TIME_BACKWARDS" not in {fault.code for fault in audit(vault()).faults}
    monkeypatch.setattr("liuhen.records.audit._played", lambda: False)
    assert {fault.code for fault in audit(vault()).faults} == {"TIME_BACKWARDS"}


def stamped(case, **other):
    """Somebody deletes the findings of a case and writes another stamp, so that the row seems merely outdated."""
    row = CaseRow.objects.get(case=case)
    FindingRow.objects.create(case=row, code="R9.1", severity="flag", message="假的", cites=[])
    CaseRow.objects.filter(case=case).update(stamp=row.stamp | other)
    return [fault.message for fault in audit(vault()).faults]


@pytest.mark.parametrize("other", [{}, {"measures": "1999-1"}, {"calendar": "1999"}, {"position": 1}])
def test_a_forged_stamp_does_not_hide_that_rows_were_changed(case, other):
    assert stamped(case, **other) == ["待办或者问题表被改动"]


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"software": "9.9.9"}, "案件表自称由没有发布过的版本 9.9.9 算出"),
        ({"as_of": "2020-01-01T00:00:00Z"}, "案件表自称算出的时间早于最后一条"),
        ({"head": "0" * 64}, "案件表与最后一条不符"),
    ],
)
def test_a_stamp_that_claims_what_cannot_be_is_a_fault(case, other, message):
    assert stamped(case, **other) == [message]


def test_rows_that_are_merely_outdated_are_noted_for_rebuilding(case, bureau):
    assert not [note for note in audit(vault()).notes if "待重建" in note]
    registers.certify(registers.SYSTEM, "bing", "示例-0099", date(2026, 1, 1), date(2027, 1, 1))

    report = audit(vault())
    assert report.faults == []
    assert [note for note in report.notes if note.startswith("待重建：1 个案件")]


def test_one_number_on_two_papers_is_named_however_it_is_written(case):
    """A35: recorded past the acts."""
    issued = {
        "document": "a",
        "revision": 1,
        "number": "大金普发改罚决〔2026〕9号",
        "date": "2026-03-02",
        "sealed": True,
    }
    issued |= {"authority": "本局"}
    other = issued | {"document": "b", "number": "大金普发改罚决[2026]第9号"}
    append(f"case/{case}", "jia", [New("Issued", issued, origin="backfilled"), New("Issued", other)])
    seal()
    project(case)

    last = Entry.objects.filter(stream=f"case/{case}", kind="Issued").last()
    assert faults() == [("NUMBER_TWICE", where(last))]


def test_a_number_that_was_taken_and_never_used_is_named(case):
    taken = {
        "series": "罚决",
        "year": 2026,
        "n": 1,
        "number": "大金普发改罚决〔2026〕1号",
        "date": "2026-03-02",
    }
    append("office/number-罚决-2026", "jia", [New("NumberReserved", taken | {"for": "0" * 64, "case": case})])
    seal()
    assert faults() == []
    with clock.at(clock.now() + timedelta(days=3)):
        assert faults() == [("NUMBER_UNUSED", "office/number-罚决-2026")]


@pytest.fixture
def second(case, settings, tmp_path):
    """A second place that has what the case holds."""
    (tmp_path / "elsewhere").mkdir()
    settings.LIUHEN_VAULT_SECOND = str(tmp_path / "elsewhere")
    fixity.run(vault())


def test_what_is_not_whole_in_the_second_place_is_named_with_the_place(second, case):
    deposited = of(case, "Deposited")
    assert faults() == []
    vault().second.path(json.loads(Body.objects.get(entry=deposited).content)["digest"]).unlink()
    (fault,) = audit(vault()).faults
    assert (fault.code, fault.where) == ("FILE_LOST", where(deposited))
    assert fault.message.startswith("第二处的文件不见了")


def test_what_still_waits_for_the_second_place_is_no_loss(case, settings, tmp_path):
    second_place = tmp_path / "elsewhere"
    second_place.mkdir()
    settings.LIUHEN_VAULT_SECOND = str(second_place)
    digest = json.loads(Body.objects.get(entry=of(case, "Deposited")).content)["digest"]
    assert ("FILE_LOST", where(of(case, "Deposited"))) in faults()
    for named, _ in recorded_files():
        VaultObject.objects.create(digest=named, place="second", state="waiting", since=clock.now())
    report = audit(vault())
    assert report.faults == []
    assert any("个文件还没有存到第二处" in note for note in report.notes)
    assert digest in set(VaultObject.objects.values_list("digest", flat=True))


def test_what_was_restored_is_told_and_its_evidence_must_stay(second, case):
    digest = json.loads(Body.objects.get(entry=of(case, "Deposited")).content)["digest"]
    path = path_of(digest)
    path.chmod(0o644)
    path.write_bytes(b"forged")
    fixity.run(vault())
    report = audit(vault())
    assert report.faults == []
    assert any("有 1 次文件损坏，已经恢复" in note for note in report.notes)

    (kept,) = vault().first.aside()
    (vault().first.path(digest).parents[3] / kept).unlink()
    (fault,) = audit(vault()).faults
    assert (fault.code, fault.where) == ("EVIDENCE_LOST", "office/keeping 第 1 条")
