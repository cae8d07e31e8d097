"""What the page about the policy says, in Chinese; the labels of codes come from the policy."""

from collections.abc import Mapping
from types import MappingProxyType

from shared.domain.calendars import LimitUnit
from shared.domain.conditions import CriterionName
from shared.domain.justice.codes import Step
from shared.domain.plan import Period
from shared.policies.forms import CellPart
from shared.policies.places import Selector

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
    "登记与作废",
    "追访与提级",
    "转介时限",
    "暂缓、延期与可见内容",
    "交办与其他协助事项",
    "预警与值班报告",
    "人口信息与派出所",
    "家庭医生与家庭病床",
    "法律援助与家庭赡养",
    "本地设置",
    "成员单位",
    "探访力量",
    "表格",
    "工作日历",
)

POLICY: Mapping[str, str] = MappingProxyType(
    {
        "owed": "{name}：{who}，{period}不少于{times}次",
        "owed_in_principle": "{name}：{who}，原则上{period}不少于{times}次",
        "distinct_days": "{name}：须在不同的日子",
        "warning": "{name}：本期第{day}天 {time} 提醒{whom}",
        "first_visit": "首次探访：纳入后{days}天内",
        "return_check": "返回回访：状态结束后{hours}小时内",
        "acknowledge": "通知未确认满{within}，改打电话",
        "unseen": "{who}超过{days}天未见到本人，提示“久未见到”",
        "state": "{name}：一般{days}天，最长{most}天，第二人须在{within}内核实{again}{modes}{quiet}",
        "rung": "{name} 第{number}级：{after}后，{whom}：{action}",
        "lead": "{unit}负责人",
        "kind": "{name}：{handling}；承接单位可见内容：{view}；{word}",
        "basis": "（依据：{clause}）",
        "external": "{name}：{what} {limit}，约束{body}（外部法定时限，不算本单位超期）",
        "unit": "{name}：{duties}",
        "circumstance": "{name}：{text}（佐证：{evidence}）",
        "passing": "阶段性临时困难：每{review}天复核，最长{most}天",
        "tier": "{name} → {tier}（{who}）",
        "tier_presumptive": "{name} → {tier}（{who}；待核实：{verify}）",
        "group": "{name} → {group}（{who}）",
        "check": "{name}（{who}）：{verify}",
        "verify": "{name}：{within}内",
        "override": "人工调整：写理由，第二人{within}内复核，{days}天后重看",
        "counting": "{name}（{who}）：{modes}",
        "scale": "{name}（{version}版）：等级只在本量表内有意义，不换算",
        "extra_once": "{name}：{who}另加{times}次（{modes}）{first}",
        "extra_daily": "{name}：{who}每天另加{times}次（{modes}）{first}",
        "first_within": "，首次在{within}内",
        "first_modes": "，首次须{modes}",
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
        "signal": "{name}（{who}）：{severity}",
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
        "everybody": "全部对象",
        "the_rest": "其他对象",
        "same_day": "当天",
        "next_day": "次日",
        "day_after": "第{days}天",
        "also": "且",
        "or": "，或",
        "one_of": "（{some}）",
        "none_of": "不属于（{who}）",
        "gap": "{name}：两次之间至少隔{hours}小时",
        "first_window": "{name}：首个不完整的一期至少还剩{days}天才计",
        "adjusted": "{name}：一期在册满{days}天才计入调整后的分母",
        "answers": "{name}：由{whom}负责",
        "responsible": "{who}：由{whom}负责",
        "floor": "底线：{name}，{who}，{period}不少于{times}次",
        "late_notice": "一般通知迟到超过{minutes}分钟的，等到办公时间再发",
        "overtaken": "因停机等错过超过{minutes}分钟的提醒和提级，只留痕，不补发",
        "ruling": "退单满{declines}次，由统筹单位在{within}内指定承办单位",
        "held": "一人手上最多{most}件一般事项；认领后{idle}没有进展的退回本单位",
        "unwanted": "本人不同意或暂不需要的，{days}天后再问",
        "substitution": "顶岗最长{days}天",
        "breach_causes": "超期须写明原因：{causes}",
        "asked_again": "，每{days}天再问一次",
        "instead": "，期间可改用{modes}",
        "no_contact": "，期间不打电话、不敲门",
        "finding": "每次记录{name}：{options}",
        "red_flags": "危险迹象：{flags}",
        "late_reason": "补录：{after}以后登记的，须写明原因",
        "late_counts": "补录：{hours}小时以内的计入，之后不改变已关闭的窗口",
        "clock_off": "手机时间与服务器相差超过{minutes}分钟的，按收到的时间记",
        "voiding": "作废：{hours}小时内由本人作废，之后由未参与的统筹员；理由：{reasons}",
        "clock": "{name}{who}：{clock} {words}",
        "for_whom": "（{who}）",
        "reminders": "，用去{percents}时提醒",
        "climbs": "，超时按“{ladder}”提级",
        "route": "{name}：{who}，转{whom}",
        "outcomes": "{name}：办结结果有{outcomes}",
        "effect": "{name}：办结为“{outcome}”时，{does}",
        "as": "（{what}）",
        "other_outcomes": "其他结果",
        "emergency": "{name}：紧急时先拨{numbers}",
        "attachments": "附件：最多{files}个，每个不超过{size}MB，图片不超过{pixels}百万像素",
        "counting_forces": "{name}：须由{forces}作出",
        "night": "夜间指 {since} 至 {until}",
        "area": "{name}：辖区代码 {area}",
        "hours": "办公时间：{hours}",
        "notice_hours": "一般通知只在工作日 {hours} 发出",
        "unit_hours": "{name}：办公时间 {hours}",
        "coordinator": "统筹单位：{coordinator}；工作组：{group}",
        "phones": "本地固定电话：区号 {code}，号码{digits}位",
        "second_person": "，由第二人复核",
        "meanwhile": "；复核前按“{state}”处理",
        "news": "{name}：名单库须在{within}内核实{second}{meanwhile}",
        "arrive": "上门查看：接报后{within}到场",
        "contract": "家庭医生签约：{months}个月，到期前{days}天列入续签",
        "programme": "{name}：每{months}个月一次",
        "follow_up_reminder": "随访到期前{days}天列入待办",
        "home_bed": "家庭病床：{first}内首次上门，再过{agreement}内签协议；每{round}天查床，每{review}天评估",
        "vital": "{name}：{least}至{most}以外视为笔误，保留{decimals}位小数",
        "threshold": "{name} {bounds}：{sign}{urgent}",
        "at_least": "达到{value}",
        "at_most": "不超过{value}",
        "urgent": "（紧急）",
        "early_start": "时效不足{days}天的，法律援助可先行提供",
        "protection_order": "人身安全保护令有效期不超过{months}个月",
        "order": "人身安全保护令",
        "duty_asked": "每{months}个月逐一了解家庭成员是否履行赡养扶养义务",
        "duty_stage": "督促赡养，{name}：{within}",
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

CRITERIA: Mapping[CriterionName, tuple[str, str]] = MappingProxyType(
    {
        CriterionName.AGE_AT_LEAST: ("满{values}周岁", ""),
        CriterionName.AGE_BELOW: ("不满{values}周岁", ""),
        CriterionName.BIRTH_KNOWN: ("出生日期已知", "出生日期不明"),
        CriterionName.CIRCUMSTANCE_ANY: ("困难类别为{values}", ""),
        CriterionName.CIRCUMSTANCE_KNOWN: ("有困难类别", "没有困难类别"),
        CriterionName.DISABILITY_LEVEL_IN: ("{values}", ""),
        CriterionName.DISABILITY_LEVEL_KNOWN: ("残疾等级已知", "残疾等级不明"),
        CriterionName.ABILITY_IN: ("评估为{values}", ""),
        CriterionName.ASSESSED: ("已评估", "未评估"),
        CriterionName.ASSESSED_DAYS_AGO_OVER: ("评估已超过{values}天", ""),
        CriterionName.MOBILITY_IN: ("{values}", ""),
        CriterionName.HEALTH_IN: ("健康状况为{values}", ""),
        CriterionName.SURVEYED_HEALTHY: ("摸底为身体健康", "摸底不为身体健康"),
        CriterionName.CARE_LEVEL_AT_LEAST: ("{values}及以上", ""),
        CriterionName.HARDSHIP_ANY: ("遇到{values}", ""),
        CriterionName.HOUSEHOLD_ABOVE: ("家中超过{values}人", ""),
        CriterionName.YOUNGEST_BELOW: ("家中最年轻者不满{values}周岁", ""),
        CriterionName.TIER_IN: ("{values}", ""),
        CriterionName.GROUP_IN: ("{values}", ""),
        CriterionName.AREA_IN: ("住在{values}", ""),
    }
)
"""Each test in words; of a yes-or-no test, the words for yes and those for no."""

DUTY_STEPS: Mapping[Step, str] = MappingProxyType(
    {Step.REMINDED: "提醒沟通", Step.PERSUADED: "规劝约束", Step.MEDIATED: "调解（人民调解）"}
)
