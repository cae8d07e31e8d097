"""The inbox's own Chinese words; states, moves, kinds, reasons and outcomes are worded by the policy."""

from collections.abc import Mapping

from shared.domain.calendars import LimitUnit
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.rows import LedgerCode
from shared.inbox.codes import Consent, SendBackReason, View, WithdrawReason, Word
from shared.inbox.filing.messages import FILE_DONE, FILE_WORDINGS
from shared.inbox.handling.messages import HANDLING_DONE, HANDLING_WORDINGS
from shared.platform.wording import Wording

WORDINGS: Mapping[str, Wording] = {
    **HANDLING_WORDINGS,
    "taken_already": Wording(
        title="已被认领",
        detail="{holder}已于 {time} 认领，您可查看进展，或申请转办、协办。",
        what_now=("在下面查看办理进程", "需要转办或协办时，在「记录进展」里写给承办人"),
    ),
    "move_not_possible": Wording(
        title="这一步现在不能办",
        detail="事项现在是「{status_words}」，不能{move_words}。",
        what_now=("您现在可以：{can_do}",),
    ),
    "move_not_permitted": Wording(
        title="这一步不由您办理",
        detail="「{move_words}」要由{who}来办。",
        what_now=("您现在可以：{can_do}",),
    ),
    "reason_needed": Wording(title="请选择原因", detail="「{move_words}」要写明原因。"),
    "words_needed": Wording(title="请写几句话", detail="「{move_words}」要有文字说明。"),
    "not_of_a_party": Wording(
        title="这一步不由您的单位办理",
        detail="只有承办、派出和统筹单位的人员可以办理，您现在只能查看。",
        what_now=("单位刚有变动的，请账号管理员更新您的单位",),
    ),
    "not_this_unit": Wording(
        title="这是别的单位的收件箱",
        detail="这个网址只供一个单位使用，您不是该单位人员。",
        what_now=("返回工作首页，从您自己的收件箱进入",),
    ),
    "notice_not_found": Wording(title="没有找到这条通知", detail="它可能不是发给您的。"),
    "referral_not_found": Wording(
        title="没有找到这件事项",
        detail="它可能已经转到别的单位，或不在您的办理范围内。",
        what_now=("返回收件箱查看其他事项",),
    ),
    "referral_on_its_way": Wording(title="转介已保存，正在送达", detail="请稍等几秒再查看。"),
    "process_not_found": Wording(
        title="事项还不能办理",
        detail="后台没有找到这件事的办理进程，这次操作没有生效。刚刚提交的，稍等几秒就可以办理。",
        what_now=("几秒后刷新页面再试", "一直这样的，请把页面下方的编号告诉系统管理员"),
    ),
    "seen_is_old": Wording(
        title="情况已经变化",
        detail="您打开页面之后，这件事又有了新进展，现在是「{status_words}」。这次操作没有生效。",
        what_now=("看过最新进展后再决定",),
    ),
    "malformed_command": Wording(
        title="没有办成",
        detail="提交的内容不完整，系统无法处理，没有任何改动。",
        what_now=("刷新页面后重新填写", "仍然不行，请联系系统管理员"),
    ),
    **FILE_WORDINGS,
    "unknown_receiving_unit": Wording(title="没有这个单位", detail="请从名单里选择承办单位。"),
    "unknown_origin": Wording(
        title="转介的来源不对",
        detail="来源（origin_id）应当是这位老人的一次探访记录或一件转介，而且是您能看到的；作废的记录不算。",
        what_now=("从这位老人的探访记录或转介页面重新进入", "没有来源的，可以不填"),
    ),
    "unknown_kind": Wording(title="没有这类事项", detail="请从名单里选择要转介的事项。"),
    "elder_unknown": Wording(title="没有找到这位老人", detail="可能不在您负责的范围内，请从探访页面进入。"),
    "elder_has_left": Wording(
        title="这位老人已退出名单库",
        detail="{left_at}退出，原因：{why}。退出后不再转介，紧急事项除外。",
        what_now=("如果老人重新符合条件，请先重新纳入",),
    ),
    "no_requesting_unit": Wording(
        title="您还没有所属单位", detail="转介要以单位名义提出。", what_now=("请账号管理员登记您的单位",)
    ),
    "word_needed": Wording(
        title="请写明依据", detail="这类事项一般要老人同意。不需要同意的，要写明依据的条款或紧急情形。"
    ),
    "proxy_needs_name_and_reason": Wording(
        title="请写明代为同意的人", detail="代为同意的，要写清是谁、为什么由他（她）代为同意。"
    ),
    "elder_does_not_agree": Wording(
        title="老人本人不同意，没有转介",
        detail="这项需求应记为「暂不需要」，以后探访时再问。",
        what_now=("记为「暂不需要」", "下次探访时再征求老人意见"),
    ),
}

STATUS_TONES: Mapping[Status, str] = {
    Status.OFFERED: "warn",
    Status.TO_RULE: "bad",
    Status.ACCEPTED: "info",
    Status.COMPLETED: "info",
    Status.CLOSED: "good",
    Status.WITHDRAWN: "",
}

LEDGER_WORDS: Mapping[str, str] = {
    LedgerCode.OFFERED: "派发到",
    LedgerCode.REMINDED: "已提醒",
    LedgerCode.BREACHED: "超过",
    LedgerCode.CLIMBED: "提级",
    LedgerCode.VACANT: "这一级无人可通知，已报警",
    LedgerCode.NEEDS_RULING: "请统筹单位指定承办单位",
    LedgerCode.RECKONED: "放假安排公布，时限重新推算",
    LedgerCode.PAUSE_OVER: "暂缓到期，自动恢复办理",
    LedgerCode.LAPSED: "延期申请到时限未批，自动失效",
    LedgerCode.LEFT_IDLE: "多日没有进展，退回待认领",
    LedgerCode.UNMANNED: "派发到的单位没有在岗人员，已报警",
    LedgerCode.HOLDER_LEFT: "承办人已离岗，退回待认领",
    LedgerCode.NOBODY_TO_CONFIRM: "派出单位没有在岗人员，请统筹单位代为确认",
    Move.SUSPEND: "暂缓办理",
    Move.RESUME: "恢复办理",
    Move.CONCLUDE: "已有结果，自动办结",
    Move.JOIN: "协办单位已办结",
}
"""Ledger lines that are no move by a person; those are worded by the policy."""

REMINDED_WORDS = "已提醒：{clock}已过 {percent}%"
CLIMBED_WORDS = "第 {number} 级 · {action}"

LEDGER_TONES: Mapping[str, str] = {
    LedgerCode.BREACHED: "bad",
    LedgerCode.CLIMBED: "bad",
    LedgerCode.VACANT: "bad",
    LedgerCode.REMINDED: "warn",
    LedgerCode.NEEDS_RULING: "warn",
    LedgerCode.UNMANNED: "bad",
    LedgerCode.LEFT_IDLE: "warn",
    LedgerCode.HOLDER_LEFT: "warn",
    LedgerCode.LAPSED: "warn",
    Move.DECLINE: "warn",
    Move.SEND_BACK: "warn",
    Move.URGE: "warn",
    Move.ACCEPT: "good",
    Move.COMPLETE: "good",
    Move.CONFIRM: "good",
    Move.CONCLUDE: "good",
}

VIEW_WORDS: Mapping[View, tuple[str, str, str]] = {
    View.POOL: ("待认领", "没有待认领的事项", "新的转介派来时会出现在这里，并通知您。"),
    View.MINE: ("我的", "您手上没有事项", "到「待认领」里认领一件，就会出现在这里。"),
    View.UNIT: (
        "本单位在办",
        "本单位没有在办的事项",
        "同事认领的事项会出现在这里，可以看到谁在办、办到哪一步。",
    ),
    View.SENT: (
        "已发出",
        "本单位没有发出的转介",
        "从老人页面发起转介后，可以在这里看到办理进程，并确认办结。",
    ),
    View.WATCHING: ("关注", "您没有关注的事项", "在事项页面关注后，每一步进展都会通知您。"),
    View.OVERDUE: ("超期", "没有超期的事项", "都在时限内，很好。"),
    View.DONE: ("已办结", "还没有办结的事项", "办结和撤回的事项会留在这里备查。"),
}
"""Tab, what an empty list says, and what to expect of it."""

CONSENT_WORDS: Mapping[Consent, str] = {
    Consent.AGREED: "本人同意",
    Consent.BY_PROXY: "代为同意",
    Consent.NOT_NEEDED: "无需同意",
}

COURTESY: Mapping[str, str] = {"female": "{surname}阿姨", "male": "{surname}老伯"}
COURTESY_OF_ANYBODY = "{surname}老人"
"""How an elder is addressed by those who need not know the given name."""

WORD_WORDS: Mapping[Word, str] = {
    Word.AGREED: "本人同意",
    Word.BY_PROXY: "代为同意",
    Word.NOT_NEEDED: "无需同意",
    Word.DISAGREES: "本人不同意",
}

SEND_BACK_WORDS: Mapping[SendBackReason, str] = {
    SendBackReason.NOT_SOLVED: "问题没有解决",
    SendBackReason.ELDER_NOT_TOLD: "结果没有告知老人",
    SendBackReason.UNCLEAR: "结果写得不清楚",
}

WITHDRAW_WORDS: Mapping[WithdrawReason, str] = {
    WithdrawReason.SOLVED_OTHERWISE: "需求已经解决",
    WithdrawReason.ELDER_DECLINES: "老人不再需要",
    WithdrawReason.MISTAKE: "转错了",
}

FIELD_LABELS: Mapping[str, str] = {
    "code": "选项",
    "text": "文字",
    "kind": "事项",
    "consent": "老人意愿",
    "who": "代为同意的人",
    "why": "代为同意的原因",
    "clause": "无需同意的依据",
    "ground": "暂缓理由",
    "cause": "超期原因",
    "reported_at": "报警时间",
    "receipt": "接警人（回执）",
    "until_on": "下次日期",
    "account_id": "同事",
    "from_on": "开始日期",
    "to_on": "结束日期",
    "wanted": "要补充的信息",
}

LIMIT_UNITS: Mapping[LimitUnit, str] = {
    LimitUnit.MINUTES: "分钟",
    LimitUnit.HOURS: "小时",
    LimitUnit.DAYS: "日",
    LimitUnit.WORKING_MINUTES: "个工作分钟",
    LimitUnit.WORKING_HOURS: "个工作小时",
    LimitUnit.WORKING_DAYS: "个工作日",
}

TIME = "{at:%H:%M}"
DAY_AND_TIME = "{at.month}月{at.day}日 {at:%H:%M}"
"""When somebody was first: today, and on another day."""

YOU = "您"
"""The holder, to themselves."""

NOBODY = "有人"
"""A holder whose account has no name any more."""
CAN_ONLY_LOOK = "查看进展"
DONE_WORDS: Mapping[str, str] = {
    **HANDLING_DONE,
    **FILE_DONE,
    Move.ACKNOWLEDGE: "已签收。",
    Move.ACCEPT: "已认领，这件事现在由您办理。",
    Move.RELEASE: "已放回待认领，本单位同事可以认领。",
    Move.DECLINE: "已退单。",
    Move.NOTE: "已记录。",
    Move.COMPLETE: "办理结果已提交。",
    Move.CONFIRM: "已确认办结。",
    Move.SEND_BACK: "已退回重办。",
    Move.WITHDRAW: "已撤回。",
    Move.APPOINT: "已指定承办单位。",
    Move.URGE: "已催办，承办单位会收到通知。",
    Move.INSTRUCT: "批示已送达承办单位。",
    "offered": "转介已提交，承办单位会收到通知。",
}
"""What is said at the top of the page after a move has been made."""
