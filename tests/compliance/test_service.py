"""Service: receipts, order of methods, consent (R11.2, R27.1, R27.2, R27.3, P61.1)."""

import pytest

from tests.compliance.told import found, outcomes, script

PAPER = "  - {at: 2026-03-02, file: penalty_decision, as: 决定书, issued: true}\n"
SERVED = "  - {at: 2026-03-03, serve: 决定书, %s}\n"
WHOLE = "method: 直接, place: 某公司, recipient: 张某, servers: [甲, 乙], proofs: [回证.png]"


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (WHOLE, "met"),
        (WHOLE.replace(", proofs: [回证.png]", ""), "violated"),
        (WHOLE.replace("[甲, 乙]", "[甲]"), "violated"),
        (WHOLE.replace("[甲, 乙]", "[甲, 甲]"), "violated"),
        (WHOLE.replace("place: 某公司, ", ""), "violated"),
        (WHOLE.replace("recipient: 张某, ", ""), "violated"),
        ("method: 直接, what: attempted, reason: 无人", "na"),
    ],
)
def test_a_receipt_names_place_recipient_and_two_servers_and_is_signed_r27_1(step: str, outcome: str) -> None:
    assert outcomes("R27.1", script(PAPER + SERVED % step)).get("决定书", "na") == outcome


def test_what_an_outside_source_leaves_out_is_unknown_but_one_server_is_one_r27_1() -> None:
    bare, single = SERVED % "method: 直接", SERVED % "method: 直接, servers: [甲]"
    assert outcomes("R27.1", script(PAPER + bare), outside=True) == {"决定书": "unknown"}
    assert outcomes("R27.1", script(PAPER + single), outside=True) == {"决定书": "violated"}


def test_the_receipt_may_be_a_paper_of_its_own_r27_1() -> None:
    receipt = (
        "  - {at: 2026-03-03, file: service_receipt, values: {documents: [{title: 行政处罚决定书}]}, "
        "signed: {recipient: 张某}}\n"
    )
    told = script(PAPER + SERVED % WHOLE.replace(", proofs: [回证.png]", "") + receipt)
    assert outcomes("R27.1", told) == {"决定书": "met"}


LEFT = "method: 留置, place: 某公司, servers: [甲, 乙], reason: 拒绝签收"


@pytest.mark.parametrize(
    ("step", "more", "outcome"),
    [
        (LEFT + ", witness: 居委会李某", "", "met"),
        (LEFT, "", "violated"),
        (LEFT, "  - {at: 2026-03-03, record: {what: 留置送达录像, document: 决定书}}\n", "met"),
        (LEFT.replace(", reason: 拒绝签收", ", witness: 居委会李某"), "", "violated"),
    ],
)
def test_leaving_a_paper_wants_the_reason_and_a_witness_or_film_r27_1(
    step: str, more: str, outcome: str
) -> None:
    assert outcomes("R27.1", script(PAPER + SERVED % step + more)) == {"决定书": outcome}


TRIED = "  - {at: 2026-03-02, serve: 决定书, method: 直接, what: attempted, reason: 无人办公}\n"
STATED = (
    "  - {at: 2026-03-02, state: direct_service_failed, document: 决定书, "
    "values: {at: 2026-03-02 10:00, document: 决定书, place: 某公司, reason: 无人办公}}\n"
)
POSTED = SERVED % "method: 邮寄, what: posted, tracking: EX0001"
ARRIVED = "  - {at: 2026-03-05, serve: 决定书, method: 邮寄, what: delivered%s}\n"


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        (POSTED, "violated"),
        (TRIED + POSTED, "met"),
        (STATED + POSTED, "met"),
        (STATED.replace("03-02", "03-09") + POSTED, "violated"),
        (TRIED + POSTED + ARRIVED % "", "violated"),
        (TRIED + POSTED + ARRIVED % ", proofs: [回执.png]", "met"),
        (
            TRIED
            + POSTED
            + ARRIVED % ""
            + "  - {at: 2026-03-06, file: postal_proof, values: {document: 决定书}}\n",
            "met",
        ),
    ],
)
def test_post_comes_after_a_recorded_failure_and_keeps_its_receipt_r27_2(steps: str, outcome: str) -> None:
    assert outcomes("R27.2", script(PAPER + steps)) == {"决定书": outcome}


@pytest.mark.parametrize(
    ("steps", "says", "ways"),
    [
        (POSTED, "没有直接送达未成的记载", ["state:direct_service_failed"]),
        (TRIED + POSTED + ARRIVED % "", "没有挂号或者特快专递回执", ["file:postal_proof"]),
        (STATED + POSTED + ARRIVED % "", "没有挂号或者特快专递回执", ["file:postal_proof"]),
        (STATED.replace("03-02", "03-09") + POSTED, "直接送达未成记载在交寄以后", []),
    ],
)
def test_only_what_is_lacking_is_offered_r27_2(steps: str, says: str, ways: list[str]) -> None:
    answer = found("R27.2", script(PAPER + steps))["决定书"]
    assert says in answer.message
    assert [way.does for way in answer.ways] == ways


def test_the_failure_to_serve_one_paper_is_not_that_of_another_r27_2() -> None:
    other = "  - {at: 2026-03-01, file: penalty_notice, as: 告知书, issued: true}\n"
    tried = TRIED.replace("serve: 决定书", "serve: 告知书")
    assert outcomes("R27.2", script(other + PAPER + tried + POSTED))["决定书"] == "violated"


RETURNED = "  - {at: 2026-03-05, serve: 决定书, method: 邮寄, what: returned, reason: 查无此人}\n"
PUBLISHED = (
    "  - {at: 2026-03-09, serve: 决定书, method: 公告, what: published, carrier: 公告栏, "
    "reason: 直接、邮寄均未送达, proofs: [公告栏照片.png]}\n"
)
FILMED = "  - {at: 2026-03-09, record: {what: 张贴公告录像, document: 决定书}}\n"
MISSING = (
    "  - {at: 2026-03-06, file: service_course_note, "
    "values: {document: 决定书, missing: true, missing_ground: 派出所证明}}\n"
)


@pytest.mark.parametrize(
    ("steps", "outcome", "says"),
    [
        (TRIED + RETURNED + PUBLISHED + FILMED, "met", ""),
        (MISSING + PUBLISHED + FILMED, "met", ""),
        (TRIED + PUBLISHED + FILMED, "violated", "没有邮寄送达未成的记载"),
        (PUBLISHED + FILMED, "violated", "没有直接、邮寄送达未成的记载"),
        (TRIED + PUBLISHED + FILMED + RETURNED.replace("03-05", "03-20"), "violated", "邮寄"),
        (MISSING + PUBLISHED, "violated", "没有音像记录"),
        (
            MISSING + PUBLISHED.replace(", proofs: [公告栏照片.png]", ""),
            "violated",
            "没有留存报纸、照片或者截图",
        ),
        (MISSING + PUBLISHED.replace("carrier: 公告栏, ", "") + FILMED, "violated", "没有写明载体"),
    ],
)
def test_public_notice_is_the_last_way_and_leaves_proof_r27_3(steps: str, outcome: str, says: str) -> None:
    answer = found("R27.3", script(PAPER + steps))["决定书"]
    assert answer.outcome == outcome
    assert says in answer.message


def test_of_a_public_notice_only_what_is_lacking_is_offered_r27_3() -> None:
    def ways(steps: str) -> list[str]:
        return [way.does for way in found("R27.3", script(PAPER + steps))["决定书"].ways]

    assert ways(PUBLISHED + FILMED) == ["file:service_course_note"]
    assert ways(MISSING + PUBLISHED) == ["deposit"]
    assert ways(PUBLISHED) == ["file:service_course_note", "deposit"]


CONSENT = "  - {at: %s, file: service_address_confirmation, values: {e_consent: %s}%s}\n"
REACHED = SERVED % "method: 电子, what: reached"


@pytest.mark.parametrize(
    ("consent", "outcome"),
    [
        ("", "violated"),
        (CONSENT % ("2026-03-01", "true", ", signed: {party: 张某}"), "met"),
        (CONSENT % ("2026-03-01", "true", ", signed: {party: {name: 张某, refused: 不签}}"), "violated"),
        (CONSENT % ("2026-03-01", "true", ""), "violated"),
        (CONSENT % ("2026-03-01", "false", ", signed: {party: 张某}"), "violated"),
        (CONSENT % ("2026-03-09", "true", ", signed: {party: 张某}"), "violated"),
    ],
)
def test_electronic_service_wants_signed_consent_first_p61_1(consent: str, outcome: str) -> None:
    assert outcomes("P61.1", script(PAPER + consent + REACHED)) == {"决定书": outcome}


LETTER = "  - {at: 2026-03-02, file: case_transfer_letter, as: 移送函, issued: true}\n"


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        (", proofs: [回证.png]", "met"),
        ("", "violated"),
    ],
)
def test_the_receipt_of_a_transfer_is_signed_on_both_sides_r11_2(more: str, outcome: str) -> None:
    step = WHOLE.replace(", proofs: [回证.png]", more)
    told = script(LETTER + (SERVED % step).replace("决定书", "移送函"))
    assert outcomes("R11.2", told) == {"移送函": outcome}
    assert outcomes("R27.1", told) == {}


@pytest.mark.parametrize(
    ("signed", "outcome"), [("recipient: 李某", "violated"), ("recipient: 李某, server: [甲, 乙]", "met")]
)
def test_a_receipt_signed_by_the_receiver_alone_is_half_r11_2(signed: str, outcome: str) -> None:
    receipt = (
        "  - {at: 2026-03-03, file: service_receipt, values: {documents: [{title: 案件移送函}]}, "
        f"signed: {{{signed}}}}}\n"
    )
    step = (SERVED % WHOLE.replace(", proofs: [回证.png]", "")).replace("决定书", "移送函")
    assert outcomes("R11.2", script(LETTER + step + receipt)) == {"移送函": outcome}
