"""What coordination says, in Chinese; the labels of codes come from the policy."""

from collections.abc import Mapping
from types import MappingProxyType

from services.coordination.figures import Concern
from shared.domain.calendars import LimitUnit
from shared.domain.indicators import Standing
from shared.domain.plan import Period
from shared.web.messages import Wording

NOBODY = "无人负责"

STANDINGS: Mapping[Standing, str] = MappingProxyType(
    {Standing.MET: "达标", Standing.DUE: "待访", Standing.AT_RISK: "临期", Standing.MISSED: "未达标"}
)

STANDING_TONES: Mapping[Standing, str] = MappingProxyType(
    {Standing.MET: "good", Standing.DUE: "info", Standing.AT_RISK: "warn", Standing.MISSED: "bad"}
)

CONCERNS: Mapping[Concern, tuple[str, str]] = MappingProxyType(
    {
        Concern.NOT_SEEN: ("未见到", "敲门、电话都没有见到本人，今天必须有结果"),
        Concern.NOBODY: ("无人负责", "没有探访人，或提级时找不到可通知的人"),
        Concern.CHASE: ("追访中", "上一期未达标，按级追访，直到见到本人"),
        Concern.LONG_UNSEEN: ("久未见到", "无论本期是否达标，已经很久没有人见到本人"),
        Concern.TO_PHONE: ("待电话通知", "通知已发出但没有人确认，请打电话"),
    }
)

OBLIGATIONS: Mapping[str, str] = MappingProxyType(
    {"first_visit": "首次探访", "return_check": "返回回访", "extra_visit": "加访"}
)
"""Windows that come once; those of a plan are named by the policy."""

LIMIT_UNITS: Mapping[LimitUnit, str] = MappingProxyType(
    {
        LimitUnit.MINUTES: "分钟",
        LimitUnit.HOURS: "小时",
        LimitUnit.DAYS: "天",
        LimitUnit.WORKING_MINUTES: "个工作分钟",
        LimitUnit.WORKING_HOURS: "个工作小时",
        LimitUnit.WORKING_DAYS: "个工作日",
    }
)

PERIODS: Mapping[Period, str] = MappingProxyType(
    {Period.WEEK: "每周", Period.MONTH: "每月", Period.QUARTER: "每季度", Period.DAYS: "每期"}
)

POLICY_SECTIONS = ("探访频次", "时间与提示", "状态", "追访与提级", "转介时限", "成员单位")

POLICY: Mapping[str, str] = MappingProxyType(
    {
        "owed": "{name}：{period}不少于{times}次",
        "owed_in_principle": "{name}：原则上{period}不少于{times}次",
        "distinct_days": "{name}：须在不同的日子",
        "warning": "{name}：本期第{day}天 {time} 提醒",
        "first_visit": "首次探访：纳入后{days}天内",
        "return_check": "返回回访：状态结束后{hours}小时内",
        "acknowledge": "通知未确认满{within}，改打电话",
        "unseen": "超过{days}天未见到本人，提示“久未见到”",
        "state": "{name}：一般{days}天，第二人须在{within}内核实",
        "rung": "{name} 第{number}级：{after}后，{action}",
        "kind": "{name}：认领 {accept}，办结 {complete}",
        "external": "{name}：{what} {limit}（外部法定时限）",
        "unit": "{name}：{duties}",
        "no_duty": "方案未载职责",
        "no_limit": "不设时限",
        "and": "；",
    }
)

STORY: Mapping[str, str] = MappingProxyType(
    {
        "moment": "{month}月{day}日（周{weekday}）{clock}",
        "warn": "{when} 提醒{whom}（{what}还差{missing}次）",
        "close": "{when} 截止：{what}还差{missing}次，届时未完成即为未达标并开始追访",
        "open": "{when} 开始新一期：{what}",
        "contact": "{mode}：{reach}",
        "counted": "{who} · 计入{what}",
        "not_counted": "{who} · 已联系，不计入探访",
        "not_reached": "{who} · 未见到本人",
        "window": "{what}：{outcome}",
        "window_turned": "{what}：{outcome}（原为{was}）",
        "done": "应{required}次，实{done}次",
        "done_excused": "应{required}次，实{done}次，状态期间，调整后不计",
        "referral": "{kind}：{line}",
        "assignee": "探访人",
        "and": "、",
    }
)

WEEKDAYS = "一二三四五六日"

DONE: Mapping[str, str] = MappingProxyType({"extra": "已安排加访，探访人会在今日探访中看到。"})

AGREES = "一致：办理进程与页面显示的相同。"
DIFFERS = "不一致：办理进程已有新的变化，页面即将更新，请刷新。"
NO_PROCESS = "还没有办理进程。系统会自动补建；如长时间没有，请联系运维。"

WORDINGS: Mapping[str, Wording] = MappingProxyType(
    {
        "enrolment_not_found": Wording(
            title="找不到这位老人", detail="可能不在您负责的区域，或已移出名单。", what_now=("回到总览",)
        ),
        "extra_in_the_past": Wording(
            title="加访的日期已过", detail="请选择今天或以后的日期。", what_now=("重新选择日期",)
        ),
        "notice_not_found": Wording(title="找不到这条通知", detail="可能已经处理，请刷新总览。"),
    }
)
