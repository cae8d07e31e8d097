"""What coordination says, in Chinese; the labels of codes come from the policy."""

from collections.abc import Mapping

from services.coordination.figures import Concern, RatePart
from shared.domain.indicators import Standing
from shared.domain.plan import Period
from shared.platform.wording import Wording

NOBODY = "无人负责"

STANDINGS: Mapping[Standing, str] = {
    Standing.MET: "达标",
    Standing.DUE: "待访",
    Standing.AT_RISK: "临期",
    Standing.MISSED: "未达标",
}

STANDING_TONES: Mapping[Standing, str] = {
    Standing.MET: "good",
    Standing.DUE: "info",
    Standing.AT_RISK: "warn",
    Standing.MISSED: "bad",
}

CONCERNS: Mapping[Concern, tuple[str, str]] = {
    Concern.NOT_SEEN: ("未见到", "敲门、电话都没有见到本人，今天必须有结果"),
    Concern.NOBODY: ("无人负责", "没有探访人，或提级时找不到可通知的人"),
    Concern.CHASE: ("追访中", "上一期未达标，按级追访，直到见到本人"),
    Concern.LONG_UNSEEN: ("久未见到", "无论本期是否达标，已经很久没有人见到本人"),
    Concern.TO_PHONE: ("待电话通知", "通知已发出但没有人确认，请打电话"),
}

RATE_PARTS: Mapping[RatePart, str] = {
    RatePart.MET: "达标",
    RatePart.UNMET: "未达标",
    RatePart.LEFT_OUT: "未达标，调整后不计",
}

OBLIGATIONS: Mapping[str, str] = {
    "first_visit": "首次探访",
    "return_check": "返回回访",
    "extra_visit": "加访",
}
"""Windows that come once; those of a plan are named by the policy."""

STORY: Mapping[str, str] = {
    "moment": "{month}月{day}日（周{weekday}）{clock}",
    "warn": "{when} 提醒{whom}（{what}还差{missing}次）",
    "close": "{when} 截止：{what}还差{missing}次，届时未完成即为未达标并开始追访",
    "close_chased": "{when} 截止：{what}还差{missing}次，届时未完成并入正在进行的追访",
    "close_quiet": "{when} 截止：{what}还差{missing}次；届时仍为“{state}”的不追访，调整后的达标率不计",
    "chase": "正在追访，已到第{rung}级；见到本人并计入探访后自动结束",
    "chase_climbs": "{when} 追访提到下一级",
    "open": "{when} 开始新一期：{what}",
    "contact": "{mode}：{reach}",
    "counted": "{who} · 计入{what}",
    "not_counted": "{who} · 已联系，不计入探访",
    "not_reached": "{who} · 未见到本人",
    "voided": "作废 {when} 的记录（{mode}：{reach}）",
    "voided_by": "{who} · {why}；原记录留在台账里",
    "window": "{what}：{outcome}",
    "window_turned": "{what}：{outcome}（原为{was}）",
    "done": "应{required}次，实{done}次",
    "done_excused": "应{required}次，实{done}次，状态期间，调整后不计",
    "referral": "{kind}：{line}",
    "owed": "{what}：{period}不少于{times}次",
    "owed_in_principle": "{what}：原则上{period}不少于{times}次",
    "answers": "，由{whom}负责",
    "assignee": "探访人",
    "and": "、",
}

PERIODS: Mapping[Period, str] = {
    Period.WEEK: "每周",
    Period.MONTH: "每月",
    Period.QUARTER: "每季度",
    Period.DAYS: "每{days}天",
}

WEEKDAYS = "一二三四五六日"

DONE: Mapping[str, str] = {"extra": "已安排加访，探访人会在今日探访中看到。"}

AGREES = "一致：办理进程与页面显示的相同。"
DIFFERS = "不一致：办理进程已有新的变化，页面即将更新，请刷新。"
NO_PROCESS = "还没有办理进程。系统会自动补建；如长时间没有，请联系运维。"

WORDINGS: Mapping[str, Wording] = {
    "enrolment_not_found": Wording(
        title="找不到这位老人", detail="可能不在您负责的区域，或已移出名单。", what_now=("回到总览",)
    ),
    "has_left": Wording(
        title="这位老人已退出名单库",
        detail="{left_at}退出，原因：{why}。探访已停止，不能加访。",
        what_now=("退出登记有误、或老人又符合条件的，请先到名单库重新纳入",),
    ),
    "extra_in_the_past": Wording(
        title="加访的日期已过",
        detail="“最迟哪一天”已经过去，请选择今天或以后的日期。",
        what_now=("重新选择日期",),
    ),
    "extra_too_far": Wording(
        title="加访的日期太远",
        detail="“最迟哪一天”须在今天起{days}天以内。",
        what_now=("重新选择日期；更远的，按例行探访或者调整类别",),
    ),
    "extra_asked_already": Wording(
        title="这次加访没有保存",
        detail="这张表单{who}已于{at}提交过，安排的是最迟{due_on}，仍然有效；这次填的内容不同，没有写入。",
        what_now=("要另外再加一次，请回到老人页面刷新后重新填写",),
    ),
    "extra_id_taken": Wording(
        title="这次加访没有保存",
        detail="提交编号已被使用。",
        what_now=("回到老人页面，刷新后重新填写",),
    ),
    "policy_not_found": Wording(
        title="找不到这一版方案", detail="可能没有发布过。", what_now=("查看现行方案",)
    ),
    "notice_not_found": Wording(title="找不到这条通知", detail="可能已经处理，请刷新总览。"),
}

REFUSALS = {
    "has_left": "老人已退出名单库。",
    "enrolment_not_found": "名单库里找不到这位老人。",
    "second_person_needed": "要由另一个人核实，办理和核实不能是同一人。",
    "already_decided": "这件事已经有人核实过。",
    "unknown_level": "评估等级不在量表里。",
    "removal_requested": "已有人申请退出，正待核实。",
    "state_already_open": "已登记有同样的状态。",
    "state_not_open": "登记的状态已经结束。",
}
"""Why what should have followed from the end of some work was refused, by the code of the rule."""

REFUSED = "与登记的规则不符。"
"""The same for every other rule."""
