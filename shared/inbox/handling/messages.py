"""Chinese words of pausing, more time, reassigning and standing in; moves are labelled by the policy."""

from collections.abc import Mapping

from shared.domain.referral.moves import Move, Party
from shared.platform.wording import Wording

HANDLING_WORDINGS: Mapping[str, Wording] = {
    "unknown_ground": Wording(
        title="不能以这个理由暂缓",
        detail="这类事项没有这一项暂缓理由。紧急事项和追访不得暂缓。",
        what_now=("从名单里另选理由", "确实来不及的，在时限前申请延期"),
    ),
    "pause_needs_later_date": Wording(
        title="请填写下次日期", detail="暂缓要写明下次办理的日期，最早从明天起。"
    ),
    "paused_already": Wording(
        title="已经暂缓", detail="这件事已在暂缓中，到下次日期自动恢复。", what_now=("也可以现在就恢复办理",)
    ),
    "not_paused": Wording(title="没有在暂缓", detail="这件事现在没有暂缓，时限正常计算。"),
    "paused_too_often": Wording(
        title="暂缓次数已用完",
        detail="这件事已暂缓 {times} 次，最多 {at_most} 次。",
        what_now=("继续办理，或在时限前申请延期",),
    ),
    "paused_too_long": Wording(
        title="暂缓时间太长",
        detail="还可以暂缓 {at_most} 天，您填了 {days} 天。",
        what_now=("改一个较早的日期",),
    ),
    "limit_passed": Wording(
        title="已经超过时限",
        detail="暂缓和延期都要在时限之前提出，超期以后不能补办。",
        what_now=("尽快办理，并在「记录进展」里说明原因",),
    ),
    "no_more_time": Wording(title="这类事项不能延期", detail="紧急事项和追访没有延期。"),
    "asked_already": Wording(title="已经申请过延期", detail="申请正在等批准，请在时限前联系批准单位。"),
    "extended_already": Wording(title="延期次数已用完", detail="这件事已延期 {times} 次，不能再延。"),
    "nothing_asked": Wording(
        title="没有待批的延期", detail="申请可能已经批过，或已超过时限自动失效。", what_now=("查看办理进程",)
    ),
    "second_person_needed": Wording(
        title="要由另一个人批准", detail="申请延期的人不能自己批准。", what_now=("请本单位其他同事批准",)
    ),
    "holds_it_already": Wording(title="已经由这位同事办理", detail="请另选一位同事。"),
    "not_a_colleague": Wording(
        title="请从名单里选择同事",
        detail="只能交给承办单位的在岗人员。",
        what_now=("单位刚有变动的，请账号管理员更新人员",),
    ),
    "delegation_days": Wording(
        title="请检查委托日期", detail="委托要有起止日期，从今天或以后开始，结束不早于开始。"
    ),
    "delegation_gap": Wording(
        title="中间会没有人代办",
        detail="新的委托会取代现有的委托，开始日期不能晚于 {begins_on}。",
        what_now=("从 {begins_on} 起就请新同事代办", "要分段代办的，等前一段结束后再登记后一段"),
    ),
    "delegation_too_long": Wording(
        title="委托时间太长",
        detail="结束日期须在今天起{days}天以内。",
        what_now=("核对结束日期的年份", "要长期交给这位同事的，请单位负责人转办"),
    ),
    "delegate_to_another": Wording(title="请委托给别的同事", detail="这件事本来就由这位同事办理。"),
    "goes_through_another": Wording(
        title="不能直接交给这个单位",
        detail="按规定，交给它的事项要先经{through}，由其按协助事项清单转交。",
        what_now=("请改选{through}",),
    ),
    "supports_already": Wording(title="已在办这件事", detail="这个单位已是主办或正在协办，请另选单位。"),
    "supporter_asks_nobody": Wording(
        title="协办单位不能再请协办",
        detail="需要别的单位一起办的，请主办单位来请求协办。",
        what_now=("在「记录进展」里告诉主办单位",),
    ),
    "supporters_open": Wording(
        title="协办单位还没有办完",
        detail="还有 {count} 个协办单位没有办结，主办单位暂时不能报办结。",
        what_now=("查看协办进展，必要时催办", "确实不需要的，请协办单位退单或由您撤回"),
    ),
    "no_breach_to_explain": Wording(title="没有待说明的超期", detail="本单位在这件事上没有未写原因的超期。"),
    "unknown_reason": Wording(title="请从名单里选择退单原因", detail="这类事项没有这一项退单原因。"),
    "unknown_cause": Wording(title="请从名单里选择原因", detail="这里没有这一项超期原因。"),
    "feedback_needed": Wording(
        title="请先问一问老人",
        detail="这类事项由老人反馈确认：老人（或家属）说已解决，才能确认办结。",
        what_now=("问过老人后，选择老人怎么说", "老人说没有解决的，退回重办"),
    ),
    "level_needed": Wording(
        title="请选择评估等级",
        detail="已评估的，要选评估得出的等级；没有评估的，不填等级。",
        what_now=("按评估报告选择等级",),
    ),
    "receipt_needed": Wording(
        title="请填写报警时间和接警人",
        detail="强制报告只能凭报警时间和接警人（或回执编号）办结，时间不能晚于现在。",
        what_now=("还没有报警的，现在就拨打110", "报警后回到这里填写"),
    ),
    "report_stands": Wording(
        title="强制报告不能撤回",
        detail="报告已经提出，只能以报警时间和接警人办结。",
        what_now=("经核实不属于的，由两个单位各一名指定人员在进展里注明",),
    ),
    "urged_lately": Wording(
        title="刚刚催办过",
        detail="{holder}已于 {time} 催办，{minutes}分钟内只催一次。",
        what_now=("等承办单位办理，到期会自动提级", "需要补充情况时，在「记录进展」里写明"),
    ),
    "holds_enough": Wording(
        title="您手上的事项太多",
        detail="一个人最多同时办理 {at_most} 件一般事项。",
        what_now=("先办结或放回几件", "请单位负责人指派给其他同事"),
    ),
    "appointed_cannot_decline": Wording(
        title="指定承办，不能退单",
        detail="统筹单位已指定本单位承办，不能再退。",
        what_now=("确有困难时，在「记录进展」里说明，请统筹单位协调",),
    ),
    "ends_by_fact_only": Wording(
        title="不能直接办结，也不能撤回",
        detail="这类事项要等见到老人本人，或查实老人的情况，才会自动办结。",
        what_now=("去登记一次探访", "或登记老人住院、外出等情况"),
    ),
    "unknown_outcome": Wording(title="请选择办理结果", detail="这类事项没有这个办理结果。"),
    "ended_before": Wording(
        title="这件事已经结束",
        detail="已于 {time} 结束（{how}），办理情况没有再变动。",
        what_now=("需要补充说明，请在转介页面写留言", "还有新的需要，重新转介"),
    ),
    "process_ended": Wording(
        title="这件事已经结束",
        detail="您提交之前，它刚刚办结或撤回，办理情况没有再变动。",
        what_now=("回到列表，查看最新状态", "还有新的需要，重新转介"),
    ),
}
"""Refusals by their code."""

HANDLING_DONE: Mapping[str, str] = {
    Move.PAUSE: "已暂缓，到下次日期自动恢复。",
    Move.GO_ON: "已恢复办理，时限接着计算。",
    Move.ASK_TIME: "延期申请已提交，请在时限前等批准。",
    Move.GRANT_TIME: "已同意延期，承办人会收到通知。",
    Move.REFUSE_TIME: "已答复不同意延期，承办人会收到通知。",
    Move.REASSIGN: "已转办，两位同事都会收到通知。",
    Move.ASK_SUPPORT: "已请求协办，协办单位会收到通知。",
    Move.TELL_ELDER: "已记下回告。",
    Move.NAME_CAUSE: "已记下超期原因。超期记录仍然保留。",
    Move.DELEGATE: "已登记委托，到时由这位同事代办。",
}
"""What is said after each of these moves."""

PAUSED = "{words}：{ground}，至 {until}"
DELEGATED = "{from_on}至{to_on}"
IN_PLACE_OF = "{who}，代 {holder} 办理"
DAY = "{on.month}月{on.day}日"
MORE_TIME = "可延长 {amount}{unit}，要在时限之前批准；没有批准就按原时限。"
REPORTER_HIDDEN = "报告人信息受限"
"""Stands for who reported, to whom that is not known (X-11)."""

RECEIPT = "报警时间：{at.year}年{at.month}月{at.day}日 {at:%H:%M}；接警人（回执）：{receipt}"

PARTY_WORDS: Mapping[Party, str] = {
    Party.RECEIVER: "承办单位",
    Party.HOLDER: "承办人",
    Party.REQUESTER: "派出单位",
    Party.COORDINATOR: "统筹单位",
    Party.LEADER: "承办单位负责人",
    Party.GRANTOR: "批准延期的单位",
    Party.PROCESS: "系统",
}
"""Whose a move is, to whom it is not."""

OR = "或"
RECORD_KEPT = "台账已保存，转介没有随之报办结：{why}"
"""The end of a referral was refused to whoever saved its record."""
