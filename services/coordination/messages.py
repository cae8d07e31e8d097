"""What coordination says, in Chinese; the labels of codes come from the policy."""

from collections.abc import Mapping
from types import MappingProxyType

from services.coordination.figures import Concern
from shared.domain.calendars import LimitUnit
from shared.domain.indicators import Standing
from shared.domain.plan import Period
from shared.platform.wording import Wording
from shared.policies.forms import CellPart
from shared.policies.places import Selector

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

POLICY_SECTIONS = (
    "对象与佐证",
    "分类分级",
    "探访频次",
    "计入规则",
    "叠加探访与节日",
    "时间与提示",
    "状态",
    "追访与提级",
    "转介时限",
    "暂缓、延期与可见内容",
    "交办与其他协助事项",
    "预警与值班报告",
    "成员单位",
    "探访力量",
    "表格",
    "工作日历",
)

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
        "rung": "{name} 第{number}级：{after}后，{whom}：{action}",
        "lead": "{unit}负责人",
        "kind": "{name}：认领 {accept}，办结 {complete}；{handling}；{word}",
        "basis": "（依据：{clause}）",
        "external": "{name}：{what} {limit}（外部法定时限）",
        "unit": "{name}：{duties}",
        "circumstance": "{name}：{text}（佐证：{evidence}）",
        "passing": "阶段性临时困难：每{review}天复核，最长{most}天",
        "tier": "{name} → {tier}",
        "tier_presumptive": "{name} → {tier}（待核实：{verify}）",
        "group": "{name} → {group}",
        "check": "{name}：{verify}",
        "verify": "{name}：{within}内",
        "override": "人工调整：写理由，第二人{within}内复核，{days}天后重看",
        "counting": "{name}：{modes}",
        "scale": "{name}（{version}版）：等级只在本量表内有意义，不换算",
        "extra_once": "{name}：{who}另加{times}次（{modes}）{first}",
        "extra_daily": "{name}：{who}每天另加{times}次（{modes}）{first}",
        "first_within": "，首次在{within}内",
        "first_modes": "，首次须{modes}",
        "who_first": "符合条件的",
        "who_rest": "其他对象",
        "nothing_extra": "{name}：提醒关爱团队，不另加次数",
        "festival": "{name}：前{before}天至后{after}天",
        "shares": "叠加探访可与日常探访合并计次",
        "may_share": "叠加探访另计（方案写“适当”，本地未开启合并）",
        "adds": "叠加探访另计，不得合并",
        "pause": "暂缓理由「{name}」：最长{days}天",
        "handling": "{name}：最多暂缓{times}次、共{days}天；延期{extensions}次，每次{by}",
        "handling_none": "{name}：不得暂缓，不得延期",
        "view": "{name}：可见{fields}",
        "handing": "从{origin}到{to}：{how}{terms}",
        "anybody": "任何单位",
        "directly": "直接交办",
        "through": "经{whom}",
        "list_item": "，须在协助事项清单内",
        "refusable": "，可说明理由退回",
        "assistance": "{unit}：{text}（认领 {accept}，办结 {complete}）",
        "severity": "{name}：应答 {answer}，电话 {phone}，到场 白天{day}、夜间{night}",
        "signal": "{name}：{severity}",
        "merging": "同一老人同类信号{minutes}分钟内并为一件",
        "storm": "{minutes}分钟内超过{percent}%的设备报警，按网络中断、停水处置",
        "report": "{name}：电话首报 {phone}（不迟于{latest}），书面 {written}，续报每{again}，终报 {final}",
        "report_for": "{name}：须报的情形：{triggers}",
        "force": "{name}：{text}",
        "participant": "{name}：其探访按{force}记录",
        "sheet": "{name}（{format}）：{columns}",
        "sheet_with_foot": "{name}（{format}）：{columns}；表尾：{foot}",
        "class_cell": "“类别”一栏填{cell}；备注填{remark}",
        "known_until": "放假安排公布至 {until}；其后按周末和法定节日推算，时限标“暂定”",
        "forecast": "推算的放假日：{days}",
        "town": "{area}：{name} {period}不少于{times}次",
        "no_duty": "方案未载职责",
        "no_limit": "不设时限",
        "and": "；",
        "comma": "、",
        "landscape": "横向",
        "portrait": "纵向",
    }
)

CELL_PARTS: Mapping[CellPart, str] = MappingProxyType(
    {CellPart.CIRCUMSTANCES: "困难类别", CellPart.TIER: "分级", CellPart.GROUPS: "关爱分组"}
)

SELECTORS: Mapping[Selector, str] = MappingProxyType(
    {
        Selector.ASSIGNEE: "探访人",
        Selector.HOLDER: "承办人",
        Selector.RESPONSIBLE_UNIT: "责任单位",
        Selector.COMMITTEE: "居（村）委",
        Selector.TOWN: "镇（街道）",
        Selector.RECEIVING_UNIT: "承接单位",
        Selector.PARENT_UNIT: "上级单位",
        Selector.COORDINATOR: "统筹单位",
        Selector.WORKING_GROUP: "工作组",
        Selector.DUTY_ROOM: "值班室",
    }
)

STORY: Mapping[str, str] = MappingProxyType(
    {
        "moment": "{month}月{day}日（周{weekday}）{clock}",
        "warn": "{when} 提醒{whom}（{what}还差{missing}次）",
        "close": "{when} 截止：{what}还差{missing}次，届时未完成即为未达标并开始追访",
        "close_chased": "{when} 截止：{what}还差{missing}次，届时未完成并入正在进行的追访",
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
        "policy_not_found": Wording(
            title="找不到这一版方案", detail="可能没有发布过。", what_now=("查看现行方案",)
        ),
        "notice_not_found": Wording(title="找不到这条通知", detail="可能已经处理，请刷新总览。"),
    }
)

REFUSALS = {
    "has_left": "老人已退出名单库。",
    "enrolment_not_found": "名单库里找不到这位老人。",
    "second_person_needed": "要由另一个人核实，办理和核实不能是同一人。",
    "already_decided": "这件事已经有人核实过。",
    "removal_requested": "已有人申请退出，正待核实。",
    "state_already_open": "已登记有同样的状态。",
    "state_not_open": "登记的状态已经结束。",
}
"""Why what should have followed from the end of some work was refused, by the code of the rule."""

REFUSED = "与登记的规则不符。"
"""The same for every other rule."""
