"""The Chinese words of visits; labels of the plan's own codes come from the policy files."""

from collections.abc import Mapping

from services.visits.codes import AssignmentKind, EntryConsent, Gap
from shared.domain.codes import Reach, VisitMode
from shared.domain.late_entry import Lateness
from shared.domain.rounds import Flag
from shared.platform.wording import Wording

WORDINGS: Mapping[str, Wording] = {
    "enrolment_not_found": Wording(
        title="没有找到这位老人",
        detail="名单库里没有这条记录，或不在您负责的区域内。",
        what_now=("返回今日探访重新选择", "如果应当由您探访，请联系统筹员调整"),
    ),
    "has_left": Wording(
        title="这位老人已退出名单库",
        detail="{left_at}退出，原因：{why}。探访已停止，不再安排探访人。",
        what_now=("退出登记有误、或老人又符合条件的，请先到名单库重新纳入",),
    ),
    "no_such_form": Wording(title="没有这种表", detail="本地方案没有附这种表格。"),
    "contact_not_found": Wording(
        title="没有找到这次记录", detail="它可能不在您负责的区域内。", what_now=("返回今日探访",)
    ),
    "batch_not_found": Wording(
        title="没有找到这一批登记", detail="它可能不在您负责的区域内。", what_now=("返回今日探访",)
    ),
    "contact_id_taken": Wording(
        title="这次记录没有保存",
        detail="记录编号已被使用。",
        what_now=("返回老人页面，重新点“记录”",),
    ),
    "unknown_void_reason": Wording(title="请选择作废原因", detail="请从列出的原因中选一项。"),
    "already_voided": Wording(
        title="这次记录已经作废", detail="{who}已于 {at} 作废。", what_now=("页面上有作废人、时间和原因",)
    ),
    "void_too_late": Wording(
        title="不能再作废",
        detail="探访过去{hours}小时以后，这一期的结果不再改变，记录保持原样。",
        what_now=("内容不实的，请告诉统筹员，由抽查核实处理",),
    ),
    "void_needs_another": Wording(
        title="请统筹员作废",
        detail="登记{hours}小时以后，本人不能作废自己的记录。",
        what_now=("请没有参与这次探访和登记的统筹员作废",),
    ),
    "void_not_yours": Wording(
        title="不能作废别人的记录",
        detail="只有探访人、登记人本人和统筹员可以作废。",
        what_now=("请告诉探访人或统筹员",),
    ),
    "contact_voided": Wording(
        title="这次记录已经作废", detail="作废的记录不能再补充。", what_now=("需要时另行登记一次",)
    ),
    "completing_too_late": Wording(
        title="不能再补充", detail="探访过去{hours}小时以后，记录保持原样。", what_now=("下次见面时问到即可",)
    ),
    "completing_not_yours": Wording(
        title="请探访人补充", detail="只有去探访的人和登记的人可以补充这次记录。", what_now=("请告诉探访人",)
    ),
    "already_answered": Wording(
        title="这项已经记下",
        detail="已经记下的内容不能改写，只能补充缺的部分。",
        what_now=("刷新页面，看看还缺什么", "原来记错了，请作废后另行登记"),
    ),
    "nothing_to_add": Wording(title="还没有填写补充的内容", detail="请至少补充一项。"),
    "report_needs_unit": Wording(
        title="这次记录没有保存",
        detail="您还没有所属单位，不能单独汇报。",
        what_now=("情况紧急，先拨110", "取消单独汇报后先保存探访，再请本单位同事汇报"),
    ),
    "unknown_finding": Wording(title="选项不正确", detail="“{finding}”没有这个选项，请重新选择。"),
    "unknown_code": Wording(title="选项不正确", detail="有本地方案没有的服务项目或危险迹象：{codes}。"),
    "unknown_visitor": Wording(
        title="不能选这位探访人", detail="这个账号不存在或已停用。", what_now=("请重新选择探访人",)
    ),
    "visitor_cannot_go": Wording(
        title="不能选这位探访人",
        detail="只能选责任区包含老人住址的探访员或村（居）干部。",
        what_now=("请重新选择探访人", "由管理员调整这个账号的岗位或责任区"),
    ),
    "begins_too_far": Wording(title="开始日期不正确", detail="开始日期须在今天前后{days}天以内。"),
    "force_not_theirs": Wording(
        title="探访力量与探访人不符",
        detail="方案要求由“{force}”本人完成的探访，只能记在任此职的人名下。",
        what_now=("核对探访人，或改选实际的探访力量",),
    ),
    "reach_does_not_fit": Wording(
        title="方式与结果对不上",
        detail="方式是“{mode}”，结果不会是“{reach}”。",
        what_now=("核对方式和结果，改正后再提交",),
    ),
    "ends_before_it_begins": Wording(title="日期不正确", detail="结束日期不能早于开始日期。"),
    "next_contact_out_of_reach": Wording(
        title="下次联系日期不合适",
        detail="请约在今天起{days}天之内，到期没有联系上会再次提醒。",
        what_now=("返回上一页，改一个近一点的日期",),
    ),
    "visitor_not_found": Wording(title="没有找到这个人", detail="这个账号不在本辖区。"),
    "nobody_to_hand_over": Wording(
        title="没有要交接的老人", detail="这位探访人从那天起没有负责的老人，不用交接。"
    ),
    "hands_over_to_themselves": Wording(title="请选择另一位探访人", detail="不能交接给本人。"),
    "substitute_needs_an_end": Wording(
        title="请填写顶岗的结束日期", detail="顶岗须有结束日期，且不超过{days}天；长期更换请选“更换探访人”。"
    ),
}
"""What a refusal says, by code."""

HOW: Mapping[tuple[VisitMode, Reach], str] = {
    (VisitMode.AT_HOME, Reach.SPOKEN_WITH): "进门见到本人",
    (VisitMode.AT_DOOR, Reach.SPOKEN_WITH): "在门口说上话",
    (VisitMode.PHONE, Reach.SPOKEN_WITH): "电话里说上话",
    (VisitMode.VIDEO, Reach.SPOKEN_WITH): "视频、微信说上话",
    (VisitMode.CHANCE_MEETING, Reach.SPOKEN_WITH): "路上遇见，说上话",
    (VisitMode.AT_HOME, Reach.SEEN): "进门看到本人，未能交谈",
    (VisitMode.AT_HOME, Reach.NO_ANSWER_DOOR): "敲门没人应",
    (VisitMode.PHONE, Reach.NO_ANSWER_PHONE): "电话没人接",
    (VisitMode.AT_HOME, Reach.OTHERS_ANSWERED): "家人应门，没见到本人",
    (VisitMode.PHONE, Reach.OTHERS_ANSWERED): "家人接电话，没和本人说话",
    (VisitMode.CHANCE_MEETING, Reach.SEEN): "远远看到，没说上话",
}
"""How it went, in one tap: mode and reach together. What is not here is said by the plan's labels."""

CONSENTS: Mapping[EntryConsent, str] = {
    EntryConsent.ORAL: "本人当面同意",
    EntryConsent.SUPPORTER: "赡养人同意",
    EntryConsent.STANDING: "长期约定",
    EntryConsent.MISSING: "未取得",
    EntryConsent.NOT_NEEDED: "不需要",
}

GAPS: Mapping[Gap, str] = {
    Gap.FINDINGS: "情况没有问全",
    Gap.CONSENT: "缺入户同意",
    Gap.LATE_REASON: "缺补录原因",
}

LATENESS: Mapping[Lateness, str] = {Lateness.LATE: "补录", Lateness.TOO_LATE: "逾期补录，不计入"}

FLAGS: Mapping[Flag, tuple[str, str]] = {
    Flag.NOT_SEEN: ("未见到老人", "bad"),
    Flag.UNSEEN_LONG: ("久未见到", "bad"),
    Flag.CHASED: ("追访中", "warn"),
    Flag.AGREED_TODAY: ("约定今天", "info"),
    Flag.POOR_HEALTH: ("身体欠佳", "warn"),
}
"""Flag -> words and tone."""

ASSIGNMENT_KINDS: Mapping[AssignmentKind, str] = {
    AssignmentKind.REGULAR: "更换探访人",
    AssignmentKind.SUBSTITUTE: "临时顶岗",
}

TOO_LATE = "超过{hours}小时才补录：记录保留，不计入探访"
CLOCK_OFF = "手机时间不准，已按收到的时间记录"
OWED = "{period}还差{missing}，{closes}截止"
MISSING = "{obligation}{missing}次"
COUNTS_FOR = "计入{obligations}"
COUNTS_FOR_NONE = "只记联系，不计入探访"
COUNTS_NOTHING_OWED = "记为联系"
NOT_SEEN_LINE = "{since}起没见到，已试{tries}次，{by}前要上门"
NOT_SEEN_LATE = "{since}起没见到，已试{tries}次，应在{by}前上门，已超时"
UNCHANGED_ALL = "{count}项均无变化"
AGE = "{years}岁"
NEVER_SEEN = "还没有见过"
SEEN_TODAY = "今天见过"
SEEN_DAYS_AGO = "{days}天没见到"
AGREED_DAYS = "约定{days}"
WEEKDAYS = "一二三四五六日"
NEAR_DAYS: Mapping[int, str] = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"}
SEMICOLON = "；"
ADDED = "{what}：{said}"
WEEKDAY = "周{day}"
DAY_OF_YEAR = "{month}月{day}日"

FIELD_LABELS: Mapping[str, str] = {
    "mode": "方式",
    "reach": "结果",
    "entry_consent": "入户同意",
    "service_items": "服务项目",
    "voucher_name": "说明人",
    "voucher_phone": "说明人电话",
    "next_contact_on": "下次联系日期",
    "occurred_on": "日期",
    "occurred_time": "时间",
    "late_reason": "补录原因",
    "note": "备注",
    "report_separately": "需单独汇报",
    "report_words": "汇报内容",
    "account_id": "探访人",
    "from_on": "开始日期",
    "to_on": "结束日期",
    "reason": "作废原因",
    "on": "日期",
    "at": "大致时间",
    "visitor_id": "实际探访人",
    "rows": "勾选老人",
}
"""Field -> what a person calls it, for the list of what must be changed."""

NOBODY_TICKED = "请至少勾选一位老人，一次最多{max}位"
LATE_REASON_NEEDED = "补录请写原因"
OTHERWISE = "{state}，这一期请用{modes}问候一次"
NOT_A_PHONE = "请填写能打通的电话号码：没有说明人的电话，不能代替见到本人"
VOUCHER_INCOMPLETE = "请把说明人、电话和下次联系日期填全，或都不填"
NOT_IN_FUTURE = "不能是将来的时间"
TIME_NEEDED = "补录请填写时间"
COUNTED: Mapping[int, str] = {2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九"}

FORM_PLACE = "{town}镇（街道）{village}村（社区）"
FORM_BLANK = "_____"
FORM_TOWN_ENDINGS = ("人民政府", "办事处", "街道", "镇")
FORM_VILLAGE_ENDINGS = ("民委员会", "社区", "居", "村")
FORM_ELDER = "老年人姓名：{name}"
FORM_TICK = "√"
FORM_VOIDED = "作废：{why}"
