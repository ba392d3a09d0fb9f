"""`liuhen fixity` and `liuhen vault`: the originals read again, the places qualified, disposals carried out again."""

import argparse
import signal
import sys
import time
from datetime import timedelta

from django.conf import settings

from liuhen.acts import fixity, keeping, reapplying
from liuhen.acts.storage import vault
from liuhen.casefile.moments import ZONE
from liuhen.records import clock
from liuhen.vault import holdings
from liuhen.vault.addresses import store_at
from liuhen.vault.models import FixityPass
from liuhen.vault.places import FIRST, NAMES, SECOND
from liuhen.vault.qualify import WORDS, Step, exit_code, qualify
from liuhen.vault.store import Store

WHOLE, FAULTY, UNFINISHED = 0, 1, 2
# Seconds between two looks at what waits for the second place.
PAUSE = 60


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    command = subparsers.add_parser("fixity", help="复读核对全部原件，坏了的从另一处恢复")
    command.add_argument(
        "--once", action="store_true", help="核对一遍就结束（没有核对完的接着核对）；不给则一直运行"
    )
    command.add_argument(
        "--rate", type=_positive, default=0, metavar="MB/s", help="每秒最多读多少 MB（默认不限）"
    )
    command.add_argument(
        "--every",
        type=_positive,
        default=keeping.READ_AGAIN,
        metavar="天",
        help="一直运行时，每隔几天全部核对一遍（默认 30）",
    )
    command.set_defaults(run=_fixity)
    parser = subparsers.add_parser(
        "vault", help="原件库：检验存放处、看状况、存到第二处、恢复备份以后重新销毁"
    )
    actions = parser.add_subparsers(title="操作", metavar="操作", dest="action", required=True)
    command = actions.add_parser("check-store", help="逐项检验一个存放处做不做得到留痕所依靠的")
    command.add_argument("url", nargs="?", default="", help="文件夹或者 s3:// 地址；不给则检验设置中的各处")
    command.set_defaults(run=_check_store)
    command = actions.add_parser("state", help="各处有多少、上次核对、待存第二处、剩余空间")
    command.set_defaults(run=_state)
    command = actions.add_parser("copy", help="现在就把待存的文件存到第二处")
    command.set_defaults(run=_copy)
    command = actions.add_parser("replaced", help="某一处换成了新的空磁盘或者存储桶：由另一处重新存满")
    command.add_argument("place", choices=[FIRST, SECOND], help="哪一处")
    command.set_defaults(run=_replaced)
    command = actions.add_parser("reapply-disposals", help="恢复备份以后，重新执行已经决定的销毁")
    command.set_defaults(run=_reapply)


def _positive(text: str) -> float:
    value = float(text)
    if value <= 0:
        raise ValueError(text)
    return value


def _fixity(args: argparse.Namespace) -> int:
    stopped: list[int] = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, _: stopped.append(number))
    if args.once:
        return _read(args.rate, stopped)
    while not stopped:
        if _due(args.every):
            _read(args.rate, stopped)
        carried = holdings.carry(vault(), clock.now())
        if carried.hindrance:
            print(carried.hindrance, file=sys.stderr, flush=True)
        for _ in range(PAUSE):
            if not stopped:
                time.sleep(1)
    return WHOLE


def _due(every: float) -> bool:
    last = FixityPass.objects.order_by("-pk").first()
    return last is None or last.ended_at is None or clock.now() - last.began_at >= timedelta(days=every)


def _read(rate: float, stopped: list[int]) -> int:
    try:
        summary = fixity.run(
            vault(), rate=rate, tell=lambda finding: print(finding, flush=True), stop=lambda: bool(stopped)
        )
    except fixity.Busy as busy:
        print(busy, file=sys.stderr)
        return UNFINISHED
    for told in summary.silent.values():
        print(told, file=sys.stderr)
    print(_summed(summary), flush=True)
    if summary.unmended:
        return FAULTY
    return WHOLE if summary.ended else UNFINISHED


def _summed(summary: fixity.Summary) -> str:
    reading = summary.reading
    parts = [f"核对 {reading.objects_read:,} 个文件、{keeping.amount(reading.bytes_read)}"]
    parts.append(
        f"发现 {reading.faults} 个不完好，恢复 {reading.restored} 个" if reading.faults else "全部完好"
    )
    if reading.unclaimed:
        parts.append(f"{reading.unclaimed} 个文件没有条目列出（扫描件、没有存完的）")
    if summary.carried.done or summary.carried.left:
        parts.append(f"存到第二处 {summary.carried.done} 个，还有 {summary.carried.left} 个")
    return "，".join(parts) + ("" if summary.ended else "；没有核对完，下次接着核对")


def _check_store(args: argparse.Namespace) -> int:
    stores: list[tuple[str, Store]] = (
        [("", store_at(args.url))]
        if args.url
        else [(NAMES[name], store) for name, store in vault().places.items()]
    )
    codes = [_qualified(name, store) for name, store in stores]
    return max(codes, key=lambda code: (0, 2, 1).index(code))


def _qualified(name: str, store: Store) -> int:
    print(f"{name}　{store.address}".strip("　"))
    steps: list[Step] = []
    for step in qualify(store):
        steps.append(step)
        print(f"　{WORDS[step.outcome]:　<4}　{step.title}：{step.told}", flush=True)
    code = exit_code(steps)
    print(("可以使用，全部做到", "不能使用", "可以使用，但有没有做到或者不提供的，见上")[code])
    return code


def _state(args: argparse.Namespace) -> int:
    now = keeping.standing()
    for holding, address in now.places:
        print(
            f"{NAMES[holding.place]}　{address}：{holding.objects:,} 个文件，{keeping.amount(holding.bytes)}"
        )
    last = now.last
    ended = last.ended_at.astimezone(ZONE) if last and last.ended_at else None
    print(f"上次全部核对：{f'{ended:%Y-%m-%d %H:%M}' if ended else '还没有'}")
    print(f"修复过：{now.restored} 次")
    if now.waiting and now.waiting_since:
        print(f"待存第二处：{now.waiting} 个，最早的已等 {keeping.waited(now.waiting_since)}")
    if now.doomed:
        print(f"待销毁（存放处锁定着或者用不了）：{now.doomed} 个")
    print(now.room or "剩余空间：问不到")
    for remark in now.remarks:
        print(f"注意　{remark}")
    return FAULTY if any(holding.faults for holding, _ in now.places) else WHOLE


def _copy(args: argparse.Namespace) -> int:
    if not settings.LIUHEN_VAULT_SECOND:
        print("没有设第二处（LIUHEN_VAULT_SECOND）", file=sys.stderr)
        return UNFINISHED
    carried = holdings.carry(vault(), clock.now())
    print(
        f"存到第二处 {carried.done} 个，还有 {carried.left} 个"
        + (f"：{carried.hindrance}" if carried.hindrance else "")
    )
    return UNFINISHED if carried.left else WHOLE


def _replaced(args: argparse.Namespace) -> int:
    count = holdings.replaced(args.place)
    print(f"{NAMES[args.place]}原有 {count:,} 个文件，下次核对（liuhen fixity）由另一处重新存满")
    return WHOLE


def _reapply(args: argparse.Namespace) -> int:
    done = reapplying.reapply()
    for one in done:
        again = "，补记了销毁" if one.recorded else ""
        held = f"，{one.held} 个文件存放处还锁定着" if one.held else ""
        print(f"{one.case_no}：销毁 {one.bodies} 条内容、{one.files} 个文件{again}{held}")
    print(f"重新执行了 {len(done)} 个案件的销毁" if done else "没有需要重新销毁的")
    return WHOLE
