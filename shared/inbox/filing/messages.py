"""What may be refused around a referral's file, in Chinese."""

from collections.abc import Mapping

from shared.platform.wording import Wording

FILE_WORDINGS: Mapping[str, Wording] = {
    "record_says_it": Wording(
        title="请从本单位台账报办结",
        detail="这个办理结果要以本单位台账为据：台账里还没有，或记的不是这个结果。写的内容已存为草稿。",
        what_now=("打开这件事的本单位台账，登记后从台账报办结",),
    ),
    "no_report_made": Wording(
        title="这里不能作这个认定", detail="只有已经报警办结的强制报告，才能补记“经核查不属于”。"
    ),
    "unit_has_said": Wording(
        title="本单位已经有人认定", detail="还需要另一个单位的人认定，两个单位都认定才算数。"
    ),
    "watcher_of_no_party": Wording(title="不能抄送给这个人", detail="只能抄送给派出、承办和统筹单位的人员。"),
    "watcher_not_found": Wording(title="没有取消", detail="只有本人或添加的人可以取消关注。"),
    "not_the_receiver": Wording(title="这一步由承办单位办理", detail="补充信息由承办单位申请。"),
    "not_the_requester": Wording(title="这一步由派出单位办理", detail="是否提供，由派出单位答复。"),
    "fields_of_open_work": Wording(title="这里不能申请", detail="关于老人的事项，办理中才能申请补充信息。"),
    "fields_need_a_reason": Wording(title="请选择内容并写明用途", detail="要写明申请哪些信息、用来做什么。"),
    "field_request_not_found": Wording(title="没有找到这条申请", detail="它可能属于另一件事项。"),
    "fields_answered_already": Wording(
        title="已经有人答复",
        detail="同事刚刚作了另一种答复，以先答复的为准。",
        what_now=("看过答复后再决定",),
    ),
    "attachment_not_found": Wording(title="没有找到这个附件", detail="它可能属于另一件事项。"),
    "empty_file": Wording(title="文件是空的", detail="请重新选择文件。"),
    "file_kind_refused": Wording(
        title="不能上传这种文件",
        detail="只能上传照片（JPEG、PNG）和 PDF，以文件内容为准，改扩展名没有用。",
        what_now=("Word、Excel 文件请先另存为 PDF",),
    ),
    "file_too_large": Wording(title="文件太大", detail="每个文件不超过 {megabytes} MB，请压缩后再传。"),
    "picture_too_large": Wording(title="照片太大", detail="照片不超过 {megapixels} 百万像素，请缩小后再传。"),
    "too_many_files": Wording(title="附件太多", detail="每件事项最多 {files} 个附件。"),
    "file_unreadable": Wording(title="文件打不开", detail="照片可能没有传完整，请重新拍照或选择。"),
}

FILE_DONE: Mapping[str, str] = {
    "unfounded": "已补记，原来的报告和回执不变。",
    "remark": "已留言，派出、承办和统筹单位都能看到。",
    "watch": "已添加关注人，每一步进展都会通知。",
    "unwatch": "已取消关注。",
    "ask_fields": "已申请，等派出单位答复。",
    "answer_fields": "已答复。",
    "draft": "草稿已保存，只有您能看到。",
}
"""What is said at the top of the page afterwards."""
