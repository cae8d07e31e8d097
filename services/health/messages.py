"""The Chinese words of the health centre; labels of codes come from the policy files."""

from collections.abc import Mapping

from services.health.handlers.working import Section
from shared.domain.health.sheet import FaultCode
from shared.platform.wording import Wording

WORDINGS: Mapping[str, Wording] = {
    "elder_unknown": Wording(
        title="没有找到这位老人",
        detail="名单库里没有这条记录，或不在您负责的区域内，也没有正在办理的转介。",
        what_now=("返回本单位台账重新选择",),
    ),
    "bed_unknown": Wording(
        title="没有找到这张家庭病床", detail="它不是本单位建立的。", what_now=("返回本单位台账重新选择",)
    ),
    "not_this_unit": Wording(
        title="这里只供社区卫生服务中心使用",
        detail="您不是承担健康管理的单位人员。",
        what_now=("返回工作首页，从您自己的收件箱进入",),
    ),
    "day_in_future": Wording(title="日期不正确", detail="不能是将来的日期"),
    "phone_wrong": Wording(title="电话号码不对", detail="手机应当是 11 位；座机可以不带区号"),
    "before_last_step": Wording(title="日期不正确", detail="不能早于上一步（{last_on}）"),
    "unknown_programme": Wording(title="请选择随访项目", detail="本地方案没有这个随访项目"),
    "impossible_reading": Wording(title="数值不正确", detail="应当在 {least} 到 {most} 之间，请核对后重填"),
    "pressure_swapped": Wording(title="数值不正确", detail="收缩压应当高于舒张压，请核对是否填反"),
    "signed_already": Wording(
        title="已经签约，还没到续签的时候",
        detail="{who}已于 {at} 登记签约（{team}），到 {ends_on} 到期。",
        what_now=("到期前 {renew_days} 天起可以续签", "团队有变动的，请在续签时更新"),
    ),
    "signed_elsewhere": Wording(title="没有保存", detail="这次签约已由其他单位登记。"),
    "followed_up_already": Wording(
        title="这一天已经登记过这项随访",
        detail="{who}已于 {at} 登记 {on} 的这项随访，内容与这次不同。",
        what_now=("在老人的健康页查看那次记录", "日期填错的，改成实际随访的日期再保存"),
    ),
    "followed_up_elsewhere": Wording(title="没有保存", detail="这次随访已由其他单位登记。"),
    "followed_up_voided": Wording(
        title="同样的记录已经作废",
        detail="{who}已于 {at} 作废内容相同的这次随访。",
        what_now=("核对后改成正确的内容再保存",),
    ),
    "record_unknown": Wording(
        title="没有找到这条记录", detail="它不是本单位登记的。", what_now=("返回本单位台账重新选择",)
    ),
    "later_step_stands": Wording(
        title="后面还有记录，不能先作废这一步",
        detail="{who}已于 {at} 登记后一步「{move_words}」。",
        what_now=("从最后一步开始，依次作废",),
    ),
    "void_reason_needed": Wording(title="请写原因", detail="须写明哪里登记错了"),
    "nothing_to_refer": Wording(
        title="没有待转医的异常", detail="同事可能刚刚处理过。", what_now=("在老人的健康页查看",)
    ),
    "bed_open_already": Wording(
        title="已有一张家庭病床在办",
        detail="现在是「{status_words}」，{who}已于 {at} 登记上一步。",
        what_now=("在老人的健康页接着办", "撤床后才能再次申请"),
    ),
    "bed_cannot": Wording(
        title="这一步现在不能办",
        detail="家庭病床现在是「{status_words}」，{who}已于 {at} 登记上一步。",
        what_now=("您现在可以：{can_do}",),
    ),
    "step_recorded_already": Wording(
        title="这一天已经登记过这一步",
        detail="{who}已于 {at} 登记 {on} 的这一步，内容与这次不同。",
        what_now=("在老人的健康页查看那次记录",),
    ),
    "bed_words_needed": Wording(title="请写记录", detail="「{move_words}」须写明经过，不能空着"),
    "record_missing": Wording(
        title="还不能这样办结",
        detail="这个办理结果须有：{missing}。",
        what_now=("先登记缺的记录，再来办结", "或选择与实际相符的办理结果"),
    ),
    "no_headings": Wording(
        title="没有认出表头",
        detail="前十行里没有找到“姓名、身份证号、随访项目、随访日期、随访方式、随访结果”这些列。",
        what_now=("下载空表，按它的列名填写",),
    ),
    "not_a_sheet": Wording(
        title="文件打不开",
        detail="请上传 xlsx 或 csv 文件（csv 用 UTF-8 或 GB18030 编码）。",
        what_now=("在表格软件里另存为 xlsx 再上传",),
    ),
    "too_many_rows": Wording(title="行数太多", detail="一次最多 {most} 行，请分几次上传。"),
}
"""What a refusal says, by code; one that belongs to a field stands beside it."""

SECTIONS: Mapping[Section, str] = {
    Section.SIGNS: "异常待转医",
    Section.HOME_BEDS: "家庭病床",
    Section.FOLLOW_UPS: "随访",
    Section.RENEWALS: "续签",
    Section.UNSIGNED: "未签约",
}

LATE: Mapping[Section, str] = {
    Section.SIGNS: "",
    Section.HOME_BEDS: "已逾期",
    Section.FOLLOW_UPS: "已逾期",
    Section.RENEWALS: "已到期",
    Section.UNSIGNED: "",
}

EMPTY: Mapping[Section, str] = {
    Section.SIGNS: "没有等着转医的异常读数。",
    Section.HOME_BEDS: "没有在办的家庭病床。",
    Section.FOLLOW_UPS: "近期没有到期的随访。",
    Section.RENEWALS: "近期没有到期的签约。",
    Section.UNSIGNED: "名单里的老人都有过签约。",
}

FAULTS: Mapping[FaultCode, str] = {
    FaultCode.MISSING: "{column}：没有填",
    FaultCode.UNKNOWN_WORD: "{column}：不认得这个写法，请写：{known}",
    FaultCode.BAD_DAY: "{column}：不是日期，请写成 2026-11-21",
    FaultCode.DAY_IN_FUTURE: "{column}：是将来的日期",
    FaultCode.NOT_A_NUMBER: "{column}：不是数字",
    FaultCode.IMPOSSIBLE: "{column}：应当在 {known} 之间，请核对",
    FaultCode.PRESSURE_SWAPPED: "{column}：应当高于舒张压，请核对是否填反",
    FaultCode.BAD_ID: "{column}：请填完整的身份证号，或末四位",
    FaultCode.NOBODY: "{column}：名单库里没有姓名和身份证号都相符的老人，或不在您负责的区域内",
    FaultCode.SEVERAL: "{column}：有几位老人同名且末四位相同，请逐个登记",
    FaultCode.VOIDED: "{column}：这一行以前登记过，已作废",
    FaultCode.DIFFERS: "{column}：这一天已有内容不同的同项随访，请核对",
}
"""What is wrong in a row, and what to do."""

DONE: Mapping[str, str] = {
    "signed": "签约已登记。",
    "followed_up": "随访已登记。",
    "referred": "已转医。",
    "elder_declines": "已记下：本人暂不转医。",
    "moved": "已登记。",
    "voided": "已作废，请重新登记正确的内容。",
    "named": "联系人已登记。",
    "plan_ended": "已停止这项随访。",
    "closed": "办理结果已提交。",
}
"""What a page says when it is opened after something was done."""

FIELD_LABELS: Mapping[str, str] = {
    "team": "家庭医生团队",
    "signed_on": "签约日期",
    "programmes": "纳入随访",
    "programme": "随访项目",
    "done_on": "日期",
    "applied_on": "日期",
    "way": "随访方式",
    "result": "随访结果",
    "systolic": "收缩压",
    "diastolic": "舒张压",
    "glucose": "空腹血糖",
    "pulse": "脉搏",
    "note": "记录",
    "is_agreed": "本人意愿",
    "outcome": "办理结果",
    "text": "办理情况",
    "file": "表格",
    "reason": "原因",
    "enrolment_id": "老人",
    "post": "岗位",
    "name": "姓名",
    "phone": "电话",
}
"""Field -> what a person calls it, for the list of what must be changed."""

IS_A_VISIT = "保存后自动记为家庭医生的一次入户探访，不必在探访台账再登记。"
CHANGES_WHAT_IS_OWED = "保存后，老人的探访要求随之更新：签协议的次周起须按时查床，撤床即止。"

RECORDS_OPEN = "登记签约、随访、家庭病床"
RECORD_CONTRACT = "签约（{team}）"
RECORD_STATE = "{day}登记"
RECORD_BED = "家庭病床"
ONLY_LOOK = "查看记录"
SOMEBODY = "同事"
