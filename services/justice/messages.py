"""The office's own Chinese words; outcomes, matters, papers and bodies are worded by the policy."""

from collections.abc import Mapping

from shared.domain.justice.codes import Channel, DutyFound, DutyOutcome, RecordKind, Relation, Stage, Step
from shared.platform.wording import Wording

WORDINGS: Mapping[str, Wording] = {
    "record_not_found": Wording(
        title="没有找到这份台账", detail="它可能属于别的单位。", what_now=("返回台账列表",)
    ),
    "claim_first": Wording(
        title="请先认领",
        detail="台账由承办人建立，这件事项现在不在您名下。",
        what_now=("到收件箱认领这件事项，再建台账",),
    ),
    "no_such_record": Wording(title="这类事项没有这种台账", detail="请从事项页面进入。"),
    "channel_needed": Wording(title="请选择咨询方式", detail="电话、到所或上门，选一种。"),
    "matter_needed": Wording(title="请选择援助事项", detail="从名单里选择要申请援助的事项。"),
    "not_of_the_office": Wording(title="请选择本所人员", detail="专人只能从本所现有人员中安排。"),
    "record_over": Wording(title="台账已经结束", detail="结束的台账不能再改。"),
    "choice_needed": Wording(title="请选择一项", detail="「{step_words}」要从名单里选择。"),
    "text_needed": Wording(title="请写明情况", detail="「{step_words}」要有文字记录。"),
    "name_needed": Wording(title="请填写姓名", detail="家庭成员要有姓名。"),
    "phone_wrong": Wording(title="电话号码不对", detail="手机应当是 11 位，座机可以不带区号。"),
    "member_needed": Wording(title="请选择家庭成员", detail="「{step_words}」要写明是对谁。"),
    "member_unknown": Wording(title="没有这位家庭成员", detail="请先登记家庭成员。"),
    "in_the_future": Wording(title="日期还没有到", detail="「{step_words}」只能记已经发生的，请核对日期。"),
    "too_long_ago": Wording(title="日期太早", detail="「{step_words}」的日期须在{days}天以内，请核对年份。"),
    "too_far_ahead": Wording(title="日期太远", detail="「{step_words}」的日期须在{days}天以内，请核对年份。"),
    "before_what_led_here": Wording(
        title="日期前后不对", detail="「{step_words}」不能早于上一步（{since_words}），请核对日期。"
    ),
    "record_changed": Wording(
        title="台账刚有新的记录",
        detail="{holder}在 {time} 写了一条，您看到的不是最新的，这次没有保存。",
        what_now=("看过新的记录后再办",),
    ),
    "step_not_possible": Wording(
        title="这一步现在不能办",
        detail="台账现在是「{stage_words}」，不能{step_words}。",
        what_now=("现在可以：{next_steps}",),
    ),
    "both_sides_must_agree": Wording(
        title="还不能开始调解",
        detail="调解要双方都同意。请先分别征求双方意见，并记下同意。",
        what_now=("记下老人和对方的意见", "一方明确拒绝的，不得调解"),
    ),
    "one_side_refused": Wording(
        title="一方明确拒绝，不能调解",
        detail="当事人一方明确拒绝调解的，不得调解（人民调解法第十七条）。",
        what_now=("告知老人其他途径：法律援助、诉讼", "拒绝记错了，或当事人又愿意调解的，先更正拒绝记录"),
    ),
    "nothing_refused": Wording(
        title="没有可以撤回的记录",
        detail="这份台账里没有有效的拒绝或暂不需要记录。",
        what_now=("刷新页面后再看",),
    ),
    "answer_first": Wording(
        title="请先报办结", detail="派出单位还在等结果；不属本单位职责的，先在转介事项页面退单。"
    ),
    "papers_asked_once": Wording(
        title="所缺材料已经告知过",
        detail="材料只能一次性告知，不能再次补充告知。",
        what_now=("材料补齐后登记「材料已补齐」",),
    ),
    "papers_missing": Wording(
        title="材料还没有补齐",
        detail="已告知所缺材料，补齐后才能转交。",
        what_now=("登记「材料已补齐」", "时效将至的，登记时效届满日，再办「先行提供」"),
    ),
    "limitation_not_near": Wording(
        title="不符合先行提供的条件",
        detail="距法定时效或者期限届满不足七日的，才可以先行提供援助（法律援助法第四十四条）。",
        what_now=("先登记时效届满日", "或按一般程序补齐材料后转交"),
    ),
    "stage_skipped": Wording(
        title="不能越过前面的步骤",
        detail="赡养督促按提醒、规劝、调解、法律途径逐步进行，前一步还没有记录。",
        what_now=("先记下前一步的情况",),
    ),
}

KINDS: Mapping[RecordKind, str] = {
    RecordKind.CONSULTATION: "法律咨询",
    RecordKind.FORWARDING: "法律援助转交",
    RecordKind.MEDIATION: "人民调解",
    RecordKind.PROTECTION: "人身安全保护令协助",
    RecordKind.FAMILY_DUTY: "赡养督促",
}

OPENS: Mapping[RecordKind, str] = {
    RecordKind.CONSULTATION: "登记咨询",
    RecordKind.FORWARDING: "办理转交",
    RecordKind.MEDIATION: "办理调解",
    RecordKind.PROTECTION: "协助申请保护令",
    RecordKind.FAMILY_DUTY: "督促家庭成员赡养",
}

STAGES: Mapping[Stage, str] = {
    Stage.OPEN: "办理中",
    Stage.WAITING_FOR_PAPERS: "等待补齐材料",
    Stage.FORWARDED: "已转交，等待决定",
    Stage.AID_GRANTED: "已决定援助，等待指派",
    Stage.AID_REFUSED: "不予援助",
    Stage.OBJECTED: "已提出异议",
    Stage.MEDIATING: "调解中",
    Stage.SETTLED: "已达成协议",
    Stage.CONFIRMING: "已申请司法确认",
    Stage.FILED: "已向法院申请",
    Stage.ORDER_REFUSED: "申请被驳回",
    Stage.IN_REVIEW: "复议中",
    Stage.IN_FORCE: "保护令有效",
    Stage.ENDED: "已结束",
}

STAGE_TONES: Mapping[Stage, str] = {
    Stage.WAITING_FOR_PAPERS: "warn",
    Stage.AID_REFUSED: "warn",
    Stage.ORDER_REFUSED: "warn",
    Stage.SETTLED: "good",
    Stage.IN_FORCE: "good",
    Stage.ENDED: "",
}

STEPS: Mapping[Step, str] = {
    Step.OPENED: "建立台账",
    Step.NOTED: "记录情况",
    Step.VIOLENCE_SEEN: "发现暴力迹象",
    Step.NO_LONGER_WISHED: "老人暂不需要",
    Step.ENDED: "结束台账",
    Step.PERSON_NAMED: "变更专人",
    Step.VISIT_AGREED: "约定上门",
    Step.ADVISED: "答复并报办结",
    Step.LIMITATION_KNOWN: "登记时效届满日",
    Step.PAPERS_ASKED: "一次性告知所缺材料",
    Step.PAPERS_CAME: "材料已补齐",
    Step.STARTED_EARLY: "先行提供（时效将至）",
    Step.FORWARDED: "转交法律援助机构",
    Step.AID_GRANTED: "决定给予援助",
    Step.AID_REFUSED: "决定不予援助",
    Step.AID_APPOINTED: "已指派援助人员",
    Step.OBJECTED: "提出异议",
    Step.OBJECTION_ANSWERED: "异议已答复（维持）",
    Step.ELDER_AGREED: "老人同意调解",
    Step.OTHER_AGREED: "对方同意调解",
    Step.ELDER_REFUSED: "老人明确拒绝调解",
    Step.OTHER_REFUSED: "对方明确拒绝调解",
    Step.REFUSAL_TAKEN_BACK: "撤回拒绝或暂不需要的记录",
    Step.STARTED: "开始调解",
    Step.SESSION_HELD: "记录一次调解",
    Step.SETTLED: "达成协议",
    Step.NOT_SETTLED: "未达成，已告知其他途径",
    Step.CONFIRMATION_ASKED: "申请司法确认",
    Step.CONFIRMED: "法院已确认",
    Step.EVIDENCE_KEPT: "登记证据",
    Step.FILED: "向法院申请",
    Step.FILED_URGENTLY: "紧急申请",
    Step.ORDER_MADE: "法院作出保护令",
    Step.ORDER_REFUSED: "法院驳回申请",
    Step.REVIEW_ASKED: "申请复议",
    Step.REVIEW_ANSWERED: "复议已答复（维持）",
    Step.MEMBER_NAMED: "登记家庭成员",
    Step.MEMBER_STRUCK: "撤销登记错的家庭成员",
    Step.FAMILY_COMPLETE: "家庭成员已登记齐全",
    Step.ASSESSED: "评估赡养履行情况",
    Step.REMINDED: "提醒",
    Step.PERSUADED: "规劝",
    Step.MEDIATED: "调解",
    Step.WENT_TO_LAW: "法律途径",
    Step.PACK_EXPORTED: "导出证据材料",
}

HINTS: Mapping[Step, str] = {
    Step.ADVISED: "写明答复要点；只在本单位台账里。",
    Step.VIOLENCE_SEEN: "保存后立即发出强制报告；有危险先拨110。派出单位不会看到。",
    Step.STARTED_EARLY: "写明时效届满日和尚缺的材料。",
    Step.FORWARDED: "写明转交给谁、交了哪些材料。",
    Step.SETTLED: "写明协议内容和履行期限。",
    Step.NOT_SETTLED: "写明分歧，以及告知了哪些途径。",
    Step.REFUSAL_TAKEN_BACK: "写明为什么撤回：是记错了，还是当事人改变了意思、由谁说的。原来的记录保留。",
    Step.EVIDENCE_KEPT: "写明证据名称、来源和存放处，如报警回执、伤情照片、病历。",
    Step.MEMBER_NAMED: "负有赡养、扶养义务的家庭成员都要登记。",
    Step.MEMBER_STRUCK: "写明哪里登记错了。原来的记录保留，不再督促，也不列入证据材料。",
    Step.FAMILY_COMPLETE: "核对户口簿、走访邻里后，确认没有遗漏的再登记。",
    Step.ASSESSED: "看望、照料、生活费用等情况，向老人和邻里了解；每季度对每位成员评估一次。",
    Step.ENDED: "不再继续办理时，写明原因，如事项已撤回、老人去世、撤回申请。",
    Step.PACK_EXPORTED: "写明用途；每次导出都会留痕。",
}
"""What the words of a step should say."""

CHANNELS: Mapping[Channel, str] = {Channel.PHONE: "电话", Channel.OFFICE: "到所", Channel.HOME: "上门"}

DUTY_OUTCOMES: Mapping[DutyOutcome, str] = {
    DutyOutcome.FULFILS: "已履行赡养义务",
    DutyOutcome.PROMISES: "承诺履行",
    DutyOutcome.NO_CHANGE: "没有改变",
    DutyOutcome.UNREACHED: "联系不上",
}

DUTY_FOUND: Mapping[DutyFound, str] = {
    DutyFound.FULFILS: "履行到位",
    DutyFound.FALLS_SHORT: "履行不到位",
    DutyFound.UNKNOWN: "还没有了解到",
}

RELATIONS: Mapping[Relation, str] = {
    Relation.SON: "儿子",
    Relation.DAUGHTER: "女儿",
    Relation.SPOUSE: "配偶",
    Relation.GRANDCHILD: "孙辈",
    Relation.SIBLING: "兄弟姐妹",
    Relation.OTHER: "其他",
}

OUR_LIMITS: Mapping[str, str] = {
    "mediation_month": "一般应当调结的期限",
    "order_expires": "保护令有效期最长到",
}
"""Limits that are no other body's."""

FIELD_LABELS: Mapping[str, str] = {
    "kept_by": "专人",
    "channel": "咨询方式",
    "matter": "援助事项",
    "text": "文字记录",
    "on": "日期",
    "detail": "选项",
    "member_id": "家庭成员",
    "reply": "回复派出单位的话",
    "name": "姓名",
    "phone": "电话",
    "reason": "用途",
}

DONE_WORDS: Mapping[str, str] = {
    "opened": "台账已建立。",
    "taken": "已记录。",
    "named": "专人已变更。",
    "taken_back": "原来的记录已撤回，可以继续办理。结果已报给派出单位的，请派出单位退回重办。",
    "closed": "已记录，办理结果已报给派出单位。",
    "reported": "已记录，强制报告已发出。有人身危险请立即拨打110。",
}

DAY = "{on.year}年{on.month}月{on.day}日"
ONLY_LOOK = "查看记录"
NOT_A_STEP = "请从给出的选项中选择"
NO_MEANS_TEST = "（不受经济困难条件限制）"
