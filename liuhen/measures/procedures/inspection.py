"""Administrative inspection 行政检查: from the plan to the result and what follows from it (R2.1; A3, A9, A14; 罚 42, 55)."""

from __future__ import annotations

from liuhen.measures.documents.inspection import CLUE, ELSEWHERE, NOTHING_FOUND, TO_CURE
from liuhen.measures.procedures.steps import ARCHIVE, CARRY_OUT, DECIDE, INVESTIGATE, START, files
from liuhen.measures.vocabulary import A, Ending, L, Procedure, Step


def _found(handling: str) -> str:
    return f"filed:inspection_form[handling={handling}]"


_TOLD = "served:inspection_result_notice"
UNANNOUNCED = "approved:inspection_plan[announced=不事先通知]"
GIVEN_UP = "fact:inspection_given_up"

STEPS = (
    files(
        "inspection_plan", "报批检查计划", START, A(3), A(9),
        why="检查谁、查什么、依据什么、由谁去，先经批准，不随意上门。",
    ),
    Step(
        code="second_officer", title="指派执法人员", cites=(A(13), L("罚", 42)), stage=START, does="assign", needs=(),
        only=("opened",), done=("paired",), unless=("filed:inspection_form", GIVEN_UP), role="section_head",
        why="检查由两名以上执法人员进行。",
    ),
    files(
        "inspection_notice", "通知检查", START, A(3), L("罚", 55), needs=("approved:inspection_plan",),
        only=("filed:inspection_plan[announced=事先通知]",), unless=("filed:inspection_form", GIVEN_UP),
        why="事先通知的，写明时间、地点、内容和需要准备的材料。",
    ),
    Step(
        code="inspection_given_up", title="登记检查没有进行", cites=(A(3), A(9)), stage=START,
        does="state:inspection_given_up", needs=("filed:inspection_plan",), done=("fact:inspection_given_up",),
        unless=("filed:inspection_form",), optional=True, why="计划没有批准、不再检查或者找不到人的，写明原因，到此结束。",
    ),
    files(
        "inspection_form", "现场检查并记录", INVESTIGATE, A(14), L("罚", 42),
        needs=("approved:inspection_plan", f"sent:inspection_notice|{UNANNOUNCED}"),
        unless=(GIVEN_UP,),
        why="两名以上执法人员到场，出示证件，逐项记录，同时音像记录。",
    ),
    files(
        "inspection_result_notice", "告知检查结果", DECIDE, A(3), needs=("signed:inspection_form",),
        limit="TL-53", why="有没有问题、怎么处理，都书面告知被检查人。",
    ),
    files(
        "cure_order", "责令改正", DECIDE, A(28), L("罚", 28), needs=("signed:inspection_form",),
        only=(_found(TO_CURE),), why="写明改正内容和期限，到期复查。",
    ),
    files(
        "cure_check_record", "复查改正情况", CARRY_OUT, A(28), only=("served:cure_order",), limit="TL-46",
        why="改正期满到现场核查，同时音像记录。",
    ),
    Step(
        code="clue_taken_up", title="登记为案件来源", cites=(A(9), L("罚", 54)), stage=CARRY_OUT, does="take_up",
        needs=("signed:inspection_form",), only=(_found(CLUE),), done=("fact:clue_handed_on",),
        why="涉嫌违法的，由本案另立处罚案件；案源的内容由检查记录带入，两案互相注明。",
    ),
    Step(
        code="clue_handed_on", title="登记线索去向", cites=(A(9), L("罚", 54)), stage=CARRY_OUT,
        does="state:clue_handed_on", needs=("signed:inspection_form",), only=(_found(ELSEWHERE),),
        done=("fact:clue_handed_on",), why="不属本局管辖的，移送有管辖权的机关，登记移送到哪里。",
    ),
    Step(
        code="clue_registered", title="登记线索去向", cites=(A(9), L("罚", 54)), stage=CARRY_OUT,
        does="state:clue_handed_on", needs=("signed:inspection_form",), only=(_found(CLUE),),
        done=("fact:clue_handed_on",), optional=True, why="已经另行登记为案件来源的，写明案号。",
    ),
    Step(
        code="archive", title="归档", cites=(A(31), L("档", 14)), stage=ARCHIVE, does="archive",
        needs=("ended",), done=("archived",), limit="TL-38", role="archivist",
        why="检查终结之日起三十日内收集齐全、整理归档。",
    ),
)  # fmt: skip

INSPECTION = Procedure(
    code="inspection",
    title="行政检查",
    letter="J",
    cites=(A(2), A(3), A(9), L("罚", 42), L("罚", 55)),
    steps=STEPS,
    stage_begins=(
        (START, ("opened",)),
        (INVESTIGATE, ("filed:inspection_form",)),
        (DECIDE, ("signed:inspection_form",)),
        (CARRY_OUT, (_TOLD, "served:cure_order")),
        (ARCHIVE, ("ended",)),
    ),
    when="要上门检查守法情况，还不知道有没有违法",
    states=(
        ("没有进行", GIVEN_UP),
        ("已告知结果", _TOLD),
        ("已检查", "signed:inspection_form"),
        ("已批准", "approved:inspection_plan"),
        ("未批准", "opened"),
    ),
    endings=(
        Ending(event=GIVEN_UP, outcome="检查没有进行"),
        Ending(event=f"{_found(NOTHING_FOUND)}+{_TOLD}", outcome="检查未发现问题"),
        Ending(event=f"{_found(TO_CURE)}+{_TOLD}+signed:cure_check_record", outcome="已责令改正并复查"),
        Ending(event=f"{_found(CLUE)}+{_TOLD}+fact:clue_handed_on", outcome="转入处罚程序"),
        Ending(event=f"{_found(ELSEWHERE)}+{_TOLD}+fact:clue_handed_on", outcome="移送"),
    ),
    also=(
        "identity_evidence",
        "evidence_copy_sheet",
        "refusal_record",
        "recusal_application",
        "recusal_decision",
        "reconsideration_or_suit_notice",
    ),
    rules=("R13.1", "R13.2", "R14.2", "R14.3", "R14.4", "R28.1", "P55.1", "K1"),
)
