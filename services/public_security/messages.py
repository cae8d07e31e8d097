"""The Chinese words of the police station; labels of the plan's own codes come from the policy files."""

from collections.abc import Mapping

from services.public_security.codes import BeatKind
from shared.domain.welfare_check import ArrivalState
from shared.platform.wording import Wording

WORDINGS: Mapping[str, Wording] = {
    "not_this_station": Wording(title="您不在派出所", detail="这些台账只有派出所的人员可以查看和登记。"),
    "no_area": Wording(title="没有责任区", detail="您的账号没有责任区，请联系管理员设置后再办理。"),
    "record_not_found": Wording(
        title="没有找到这条台账", detail="它可能属于其他派出所。", what_now=("返回本单位台账",)
    ),
    "record_voided": Wording(
        title="这条台账已作废", detail="作废的台账不能再办。", what_now=("刷新页面后再看",)
    ),
    "voided_already": Wording(
        title="这条台账已经作废", detail="不需要再次作废。", what_now=("刷新页面后再看",)
    ),
    "void_reason_needed": Wording(title="请写明原因", detail="作废要写明哪里登记错了。"),
    "change_on_its_way": Wording(
        title="名单库还没有收到这条变动", detail="正在送出，现在还不能作废。", what_now=("稍等几秒后再作废",)
    ),
    "change_carried_out": Wording(
        title="名单库已按这条变动更新",
        detail="核实过的变动不能作废。",
        what_now=("登记一条正确的变动，由街道（镇）核实后更正", "去世登记错了的，请立即联系街道（镇）"),
    ),
    "feed_not_found": Wording(
        title="没有找到这份名单", detail="它可能属于其他派出所。", what_now=("返回人口变动",)
    ),
    "feed_sent": Wording(title="这份名单已经送出", detail="不需要再送，可以在本页看每一行办到哪里。"),
    "upload_running": Wording(title="这个文件正在上传", detail="请稍后刷新本页。"),
    "not_a_workbook": Wording(
        title="读不了这个文件",
        detail="它不是 xlsx 表格或 CSV 文件，或已损坏。",
        what_now=("在表格软件中打开，另存为 xlsx 后再上传",),
    ),
    "no_table": Wording(
        title="没有找到表头",
        detail="前 15 行里没有同时认出“姓名”“身份证号”“变动类型”“变动日期”四列。",
        what_now=("确认表头在最上面的工作表里",),
    ),
    "too_many_rows": Wording(title="表格太长", detail="一次最多 {most} 行，请分成几个文件。"),
    "change_has_faults": Wording(title="内容有误", detail="请按提示修改后再提交。"),
    "before_birth": Wording(title="变动日期不对", detail="变动日期早于老人的出生日期，请核对年份。"),
    "id_number_wrong": Wording(title="身份证号不对", detail="请核对 18 位身份证号，末位可以是 X。"),
    "not_in_register": Wording(
        title="不在本辖区名单库",
        detail="本辖区的名单库里没有这个身份证号，不能为其登记。",
        what_now=("核对身份证号是否填错", "需要纳入关爱的，请告知街道（镇）统筹员"),
    ),
    "called_in_future": Wording(title="接报时间不对", detail="接报时间不能晚于现在。"),
    "called_too_long_ago": Wording(title="接报时间不对", detail="接报时间须在{days}天以内，请核对年份。"),
    "arrived_already": Wording(title="已登记到场", detail="到场时间以第一次登记为准。"),
    "arrived_before_call": Wording(title="到场时间不对", detail="到场不能早于接报。"),
    "arrived_in_future": Wording(title="到场时间不对", detail="到场时间不能晚于现在。"),
    "check_ended": Wording(title="这次查看已经办结", detail="不能再改。需要补充的，请在转介中写进展。"),
    "not_arrived": Wording(title="请先登记到场", detail="登记到场时间后，才能登记查看结果。"),
    "unknown_choice": Wording(title="选项不对", detail="请从列出的选项中选择。"),
    "not_entered_has_no_time": Wording(title="进入时间不用填", detail="选了“没有进入”，就不填进入时间。"),
    "entered_when": Wording(title="请填进入时间", detail="进入家中的，要写明几点进入。"),
    "entered_out_of_order": Wording(title="进入时间不对", detail="进入应当在到场之后，也不能晚于现在。"),
    "who_decided_and_why": Wording(
        title="请写明谁决定进入、为什么",
        detail="不是老人或家属自己开门的，必须写明决定人和理由。",
    ),
    "result_needed": Wording(title="请选择劝阻结果", detail="这件转介要写明劝阻结果才能办结。"),
    "held_in_future": Wording(title="时间不对", detail="宣传或劝阻的时间不能晚于现在。"),
    "held_too_long_ago": Wording(title="时间不对", detail="宣传或劝阻的时间须在{days}天以内，请核对年份。"),
    "nobody_to_act_for": Wording(
        title="请写明是哪位老人", detail="涉诈线索和走失查找要立即转办，请填写老人的身份证号。"
    ),
    "seen_in_future": Wording(title="最后见到的时间不对", detail="不能晚于现在。"),
    "seen_too_long_ago": Wording(
        title="最后见到的时间不对",
        detail="须在{days}天以内，请核对年份。",
        what_now=("确实更早就没有人见到的，填{days}天以内的日期，并在特征里写明",),
    ),
    "case_ended": Wording(title="这次查找已经结束", detail="不能再改。"),
    "note_needed": Wording(title="请写明经过", detail="在哪里、怎样找到的，必须写明。"),
    "beat_not_found": Wording(title="没有找到这个责任区", detail="它可能已被删除。"),
    "beat_known": Wording(title="这个责任区已经有了", detail="同名、同起点的责任区不能重复。"),
    "lanes_fall": Wording(title="弄号不对", detail="路的责任区要写起止弄号，起号不能大于止号。"),
    "officer_elsewhere": Wording(title="不能分给这个人", detail="责任民警必须是本所在岗人员。"),
}

CHANGE_STATES: Mapping[str, tuple[str, str]] = {
    "sent": ("已送出，名单库接收中", "info"),
    "proposed": ("待名单库核实", "warn"),
    "confirmed": ("已核实，名单库已更新", "good"),
    "refused": ("名单库认定不属实", "bad"),
    "superseded": ("老人已另行退出", ""),
    "not_taken": ("名单库没有收下", "bad"),
}

ARRIVALS: Mapping[str, tuple[str, str]] = {
    ArrivalState.ON_THE_WAY: ("途中", "info"),
    ArrivalState.LATE: ("超时未到", "bad"),
    ArrivalState.IN_TIME: ("按时到场", "good"),
    ArrivalState.ARRIVED_LATE: ("到场超时", "warn"),
}

BEAT_KINDS: Mapping[str, str] = {BeatKind.ROAD: "路（弄号起止）", BeatKind.VILLAGE: "村、小区名"}

OUTCOME_VOIDED = "这件事据以办结的台账已由派出所作废，办理结果不再有依据，请与派出所核实后再用。"
"""What the side that asked reads beside an outcome whose record was voided."""

RECORDS: Mapping[str, str] = {
    "change": "人口变动",
    "change_new": "登记人口变动",
    "check": "入户查看",
    "check_new": "登记入户查看",
    "talk": "劝阻记录",
    "talk_new": "登记劝阻",
    "case": "走失查找",
    "case_new": "登记走失查找",
    "beat": "责任民警",
    "beat_vacant": "空缺，请所长指定",
    "beat_unknown": "责任区表中没有这个地址",
    "under_way": "进行中",
    "voided": "已作废",
}
"""What stands beside a referral."""

DONE: Mapping[str, str] = {
    "told": "已送名单库，由街道（镇）核实。去世、迁出的，提醒和电话已即时暂停。",
    "told_and_closed": "已送名单库核实，转介已办结。",
    "told_and_voided": "内容完全相同的变动已经作废，这次没有再送。确实属实的，请街道（镇）在名单库登记。",
    "not_in_register": "这个身份证号不在本辖区名单库，没有送出，也没有留存内容。",
    "sent": "已送名单库，逐行结果见下。",
    "started": "已开始计时，到场后请登记到场。",
    "arrived": "已登记到场。",
    "ended": "已登记结果。",
    "closed": "已登记结果，转介已办结。",
    "kept": "已登记。",
    "voided": "已作废，原记录保留。请重新登记正确的内容；转介的办理情况不会随之改变。",
    "change_voided": "已作废，已通知名单库撤回：街道（镇）不用再核实，暂停的提醒和电话随即恢复。",
    "warned": "已登记，并已立即转办涉诈劝阻。",
    "opened": "已登记，查找已转办。",
    "beat_put": "责任区已保存。",
    "beat_given": "责任民警已更新。",
    "beat_dropped": "责任区已删除。",
}

FIELD_LABELS: Mapping[str, str] = {
    "name": "姓名",
    "id_number": "身份证号",
    "kind": "变动类型",
    "happened_on": "变动日期",
    "address": "新住址",
    "new_name": "新姓名",
    "new_number": "新身份证号",
    "note": "说明",
    "course": "经过",
    "called_at": "接报时间",
    "caller": "报警人或来电人",
    "arrived_at": "到场时间",
    "entry": "怎样进入",
    "entered_at": "进入时间",
    "decided_by": "谁决定进入",
    "reason": "为什么进入",
    "void_reason": "哪里登记错了",
    "witnesses": "在场人",
    "found": "查看结果",
    "topic": "题目",
    "way": "方式",
    "held_at": "时间",
    "people": "人数",
    "result": "劝阻结果",
    "suspicion": "涉诈线索",
    "last_seen_at": "最后见到的时间",
    "last_seen_place": "最后见到的地点",
    "description": "体貌特征和衣着",
    "contact": "联系人",
    "code": "结果",
    "lane_from": "起始弄号",
    "lane_to": "终止弄号",
    "officer_id": "责任民警",
}

LISTS: Mapping[str, tuple[str, str]] = {
    "checks": ("入户查看", "没有入户查看。从收件箱里的上门查看、未见到老人打开，或点上面的按钮登记。"),
    "missing": ("走失查找", "没有走失查找。"),
    "changes": ("人口变动", "没有人口变动。上传名单，或从人口信息核实的转介里登记。"),
    "fraud-talks": ("反诈宣传与劝阻", "没有反诈宣传记录。"),
}
"""Title of each list of records, and what it says when it is empty."""
