"""The Chinese words of the care register: its problems, its own codes, and what has just been done."""

from collections.abc import Mapping

from shared.platform.wording import Wording

WORDINGS: Mapping[str, Wording] = {
    "enrolment_not_found": Wording(
        title="没有找到这位老人",
        detail="可能不在您负责的片区，或已经不在名单库。",
        what_now=("回到名单库重新查找", "如果是辖区外的老人，请联系当地街道（镇）"),
    ),
    "no_such_form": Wording(title="没有这种表", detail="本地方案没有附这种表格。"),
    "nobody_here": Wording(
        title="没有可以导出的老人",
        detail="这个片区不归您负责，或还没有在册的老人。",
        what_now=("请另选片区",),
    ),
    "has_left": Wording(
        title="这位老人已退出名单库",
        detail="{left_at}退出，此后不能再修改，历史记录仍可查看。",
        what_now=("如果老人重新符合条件，请重新纳入",),
    ),
    "id_number_wrong": Wording(title="身份证号不对", detail="{why}。"),
    "too_young": Wording(
        title="这位老人还没有到年龄", detail="{why}。", what_now=("核对身份证号和出生日期",)
    ),
    "phone_wrong": Wording(
        title="电话号码不对", detail="手机应当是 11 位；座机可以不带区号。", what_now=("没有电话可以不填",)
    ),
    "already_enrolled": Wording(
        title="这位老人已有一条记录",
        detail="同一身份证号（无号的按姓名、性别和住址）只能有一条记录，在册或已退出。",
        what_now=("在名单库中查找那一条，直接修改", "现有两条的，多出的一条按「录入有误」申请退出"),
    ),
    "known_elsewhere": Wording(
        title="这位老人已在辖区外登记",
        detail="同一身份证号（无号的按姓名、性别和住址）只能有一条记录。为保护隐私，这里看不到登记在哪里。",
        what_now=("核对身份证号是否填错", "如果老人搬来本地，请联系区级统筹员办理交接"),
    ),
    "born_in_future": Wording(title="出生日期不对", detail="出生日期不能晚于今天。"),
    "enrolled_in_future": Wording(title="纳入时间不对", detail="纳入时间不能晚于现在。"),
    "state_not_found": Wording(title="没有找到这条状态", detail="可能不在您负责的片区。"),
    "state_already_open": Wording(
        title="这个状态已经登记过",
        detail="已于 {at} 登记（{who}），还没有结束，不能重复登记。",
        what_now=("打开老人页面，查看已登记的状态",),
    ),
    "state_in_future": Wording(title="开始日期不对", detail="开始日期不能晚于今天。"),
    "state_begins_too_early": Wording(
        title="开始日期不对",
        detail="开始日期须在{days}天以内，请核对年份。确实更早开始的，在说明里写明。",
    ),
    "state_ends_before_start": Wording(title="预计结束日期不对", detail="预计结束日期不能早于今天。"),
    "state_too_long": Wording(
        title="预计时间太长",
        detail="这种状态最长 {max_days} 天。到期后如仍未结束，可重新登记。",
        what_now=("把预计结束日期改早一些",),
    ),
    "hardship_too_long": Wording(
        title="临时困难时间太长",
        detail="阶段性临时困难最长 {max_days} 天。到期后仍未缓解的，可再次登记。",
        what_now=("把“临时困难到哪天”改早一些",),
    ),
    "state_not_open": Wording(title="这条状态已经结束", detail="已于 {at} 结束，办理人：{who}。"),
    "unknown_level": Wording(title="评估等级不在量表里", detail="请按评估报告核对等级后手工更正。"),
    "second_person_needed": Wording(
        title="需要另一个人核实",
        detail="登记人不能核实自己登记的内容。",
        what_now=("请同事登录后，在“待核实”里确认",),
    ),
    "already_decided": Wording(
        title="已经有人处理过",
        detail="{who}已于 {at} 作出决定，这次提交没有生效。",
        what_now=("刷新页面查看结果",),
    ),
    "classification_not_found": Wording(title="没有找到这条分类", detail="可能不在您负责的片区。"),
    "no_class_to_keep": Wording(
        title="还没有可以保留的类别",
        detail="这是第一个建议的类别，不能只说不要；不同意的，请写明理由，提出人工调整。",
        what_now=("打开老人页面，在“类别”中选择“人工调整类别”",),
    ),
    "class_not_in_plan": Wording(title="本地方案没有这个类别", detail="请从列出的类别中选择。"),
    "rules_say_so": Wording(
        title="按规则就是这个类别",
        detail="不需要人工调整。",
        what_now=("如果有待确认的建议，直接确认即可",),
    ),
    "below_floor": Wording(
        title="低于底线",
        detail="调整后，这位老人的探访次数会低于{clause}规定的下限，不能这样调整。",
        what_now=("选择探访更多的类别",),
    ),
    "change_not_found": Wording(title="没有找到这条信息", detail="可能不在您负责的片区。"),
    "reason_missing": Wording(title="请写明原因", detail="这项操作会留痕，必须写明原因。"),
    "exception_ends_before_start": Wording(title="截止日期不对", detail="截止日期不能早于开始日期。"),
    "exception_begins_too_far": Wording(
        title="开始日期不对", detail="例外的开始日期须在今天前后{days}天以内。"
    ),
    "exception_too_long": Wording(
        title="截止日期太远",
        detail="例外最长{days}天，截止日期须在开始日期起{days}天以内。",
        what_now=("到期仍需要的，届时重新批准",),
    ),
    "no_exception_allowed": Wording(
        title="方案不允许例外",
        detail="只有方案写明“原则上”的探访要求，才可以批准例外。",
        what_now=("如果老人住院或外出，请登记状态",),
    ),
    "removal_requested": Wording(title="已经申请退出", detail="正在等待另一个人核实。"),
    "removal_not_requested": Wording(title="还没有人申请退出", detail="请先申请退出并写明依据。"),
    "not_a_workbook": Wording(
        title="读不了这个文件",
        detail="它不是 xlsx 表格，或已损坏。",
        what_now=("在表格软件中打开，另存为 xlsx 后再上传",),
    ),
    "no_table": Wording(
        title="没有找到表头",
        detail="表格前 15 行里，没有认出“姓名”“身份证号”等列名。",
        what_now=("确认表头在最上面的工作表里，列名与原表一致",),
    ),
    "too_many_rows": Wording(title="表格太长", detail="一次最多导入 {most} 行，请分成几个文件。"),
    "several_tables": Wording(
        title="几张工作表里都有名单",
        detail="一次只读一张工作表，这个文件里有名单的有：{sheets}。为免漏掉老人，没有读取。",
        what_now=("把每张工作表另存为一个文件，分别上传", "不要的工作表可以删除或隐藏"),
    ),
    "no_rows": Wording(title="名单里没有人", detail="找到了表头，但下面没有一行写着姓名或身份证号。"),
    "no_area": Wording(title="没有责任区", detail="您的账号没有责任区，请联系管理员设置后再导入。"),
    "upload_running": Wording(title="这个文件正在上传", detail="请稍后刷新，查看导入记录。"),
    "batch_not_found": Wording(title="没有找到这次导入", detail="可能不是您所在单位上传的。"),
    "area_unknown": Wording(
        title="没有这个片区",
        detail="区划代码没有登记过，划过去就没有人看得到这位老人。",
        what_now=("从名单里选择片区",),
    ),
    "area_not_yours": Wording(title="不能划到这个片区", detail="它不在您负责的范围内。"),
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "enrolment_status": {
        "lead": "线索",
        "survey": "摸底中",
        "awaiting_consent": "意愿待核",
        "active": "在册",
        "left": "已退出",
    },
    "sex": {"male": "男", "female": "女", "unknown": "未填"},
    "said_by": {
        "elder": "老人本人",
        "family": "家属",
        "neighbour": "邻居",
        "committee": "居（村）委",
        "institution": "医院或养老机构",
        "police": "派出所",
        "visitor": "探访员亲见",
        "roster": "名单上注明",
    },
    "consent_item": {
        "phone": "电话联系",
        "home_entry": "入户探访",
        "health_data": "健康信息",
        "device_data": "设备数据",
        "sharing": "向志愿者、物业等提供信息",
        "photo": "拍照",
        "emergency_entry": "紧急破门与钥匙托管",
    },
    "consent_method": {
        "oral": "当面口头",
        "signed": "书面签字",
        "witnessed": "有人见证",
        "recorded": "录音录像",
    },
    "field": {
        "name": "姓名",
        "id_number": "身份证号",
        "sex": "性别",
        "birth_on": "出生日期",
        "phone": "电话",
        "address": "住址",
        "contacts": "联系人",
        "door_note": "上门提示",
        "notes": "备注",
        "ability": "身体能力",
        "care_level": "照护等级",
        "disability_level": "残疾等级",
        "mobility": "行动",
        "health": "健康",
    },
    "proposal_status": {
        "proposed": "待确认",
        "confirmed": "已确认",
        "refused": "未采纳",
        "superseded": "已被新结果取代",
    },
    "source": {"survey": "摸底", "hand": "人工录入", "roster": "名单"},
}
"""The register's own codes; those of the plans are in the policy files."""

NOTICES: Mapping[str, str] = {
    "enrolled": "已纳入名单库，从现在起安排探访。",
    "state_reported": "已登记，立即生效：提醒和追访已暂停，请另一位同事在两个工作日内核实。",
    "state_confirmed": "已核实。",
    "state_refused": "已标记为不属实，提醒和追访恢复。",
    "state_ended": "状态已结束，已安排返回后探访。",
    "facts_corrected": "已保存。如果类别需要调整，已提出建议，请确认。",
    "person_corrected": "已保存。",
    "class_override_asked": "已提出人工调整，请另一位同事核实。核实前按现在的类别探访。",
    "classification_confirmed": "类别已确认，从下一期起按新要求探访。",
    "classification_refused": "已保留原类别。",
    "classifications_confirmed": "本页类别已全部确认。",
    "exception_approved": "例外已批准并留痕。",
    "consent_recorded": "已记录。",
    "wish_settled": "已转为在册。",
    "removal_requested": "已申请退出，请另一位同事核实。核实前探访照常进行。",
    "removal_confirmed": "已退出名单库，探访已停止。",
    "removal_refused": "已撤销退出申请。",
    "area_assigned": "已划片。",
    "change_confirmed": "已采用新内容。",
    "change_refused": "已保留原内容。",
    "news_confirmed": "已核实并更新名单库。去世、迁出的老人已停止探访，未办结的转介已随之办结。",
    "news_refused": "已标记为不属实，名单库不变；没有同类通报待核实的，因此暂停的提醒和追访已恢复。",
}

VALUE_KINDS: Mapping[str, str] = {
    "ability": "abilities",
    "care_level": "care_levels",
    "disability_level": "disability_levels",
    "mobility": "mobility",
    "health": "health",
}
"""Fields whose values are codes of the plan -> the kind of label that says them."""

FIELD_LABELS: Mapping[str, str] = {
    "kind": "什么情况",
    "starts_on": "从哪天起",
    "expected_end_on": "预计到哪天",
    "said_by": "谁说的",
    "note": "说明",
    "reason": "原因",
    "why": "为什么要看",
    "tier": "调整为",
    "groups": "重点关爱",
    "why_class": "调整理由",
    "until_on": "到哪天为止",
    "obligation": "哪项要求",
    "circumstances": "困难类别",
    "area_code": "片区",
    **WORDS["field"],
}
