"""The kit's Chinese words: one wording per problem code, and what a field says that cannot be right."""

from collections.abc import Mapping

from shared.platform.wording import Wording

WORDINGS: Mapping[str, Wording] = {
    "malformed": Wording(
        title="请求无法识别",
        detail="系统没有读懂这次提交的内容。",
        what_now=("返回上一页重新填写", "如果仍不行，请把页面下方的编号告诉系统管理员"),
    ),
    "unauthenticated": Wording(
        title="请先登录",
        detail="您还没有登录，或登录已到期、已被注销。",
        what_now=("重新登录后继续",),
    ),
    "forbidden": Wording(
        title="您没有办理这项工作的权限",
        detail="这项工作不在您当前的岗位职责内。",
        what_now=("返回工作首页", "如果应当由您办理，请联系本单位负责人或系统管理员调整岗位"),
    ),
    "csrf_failed": Wording(
        title="页面已过期",
        detail="这个页面打开的时间太久，或登录身份已经变化。为了安全，这次提交没有生效。",
        what_now=("刷新页面后再提交一次",),
    ),
    "not_found": Wording(
        title="没有找到这个页面",
        detail="它可能已经不存在，也可能不在您负责的范围内。",
        what_now=("检查网址是否完整", "返回工作首页重新进入"),
    ),
    "method_not_allowed": Wording(
        title="不支持这种操作",
        detail="这个地址不接受这种提交方式。",
        what_now=("返回上一页重新操作",),
    ),
    "not_acceptable": Wording(title="无法按要求的格式返回", detail="这个地址不提供您要求的格式。"),
    "conflict": Wording(
        title="情况已经变化",
        detail="在您提交之前，别人已经办理或状态已经改变，这次提交没有生效。",
        what_now=("刷新页面查看最新情况",),
    ),
    "precondition_failed": Wording(
        title="内容已被别人修改",
        detail="您打开页面之后，这条记录已经更新。为免覆盖别人的修改，这次没有保存。",
        what_now=("刷新页面，核对最新内容后再保存",),
    ),
    "too_large": Wording(
        title="文件太大",
        detail="提交的内容超过了允许的大小。",
        what_now=("把文件拆分或压缩后再上传",),
    ),
    "sheet_too_large": Wording(
        title="表格太大",
        detail="表格展开后太大，多半是整行、整列都设了格式，或带有图片。",
        what_now=("新建一个表格，只把有内容的部分复制过去，再上传",),
    ),
    "several_sheets": Wording(
        title="几张工作表里都有内容",
        detail="一次只读一张工作表，这个文件里有内容的有：{sheets}。为免漏掉，没有读取。",
        what_now=("把每张工作表另存为一个文件，分别上传", "不要的工作表可以删除或隐藏"),
    ),
    "unsupported_media": Wording(title="格式不对", detail="这个地址只接受 JSON 格式的内容。"),
    "invalid": Wording(
        title="有几处需要修改",
        detail="请按提示修改后再提交，已填写的内容不会丢失。",
    ),
    "precondition_required": Wording(
        title="缺少必要的请求头",
        detail="这项操作需要 {header} 请求头，用来避免重复提交或覆盖。",
        what_now=("补上 {header} 后重新发送",),
    ),
    "idempotency_key_mismatch": Wording(
        title="重复的提交编号",
        detail="同一个 Idempotency-Key 已经用于另一次内容不同的提交，这次没有写入。",
        what_now=("换一个新的 Idempotency-Key 再提交",),
    ),
    "throttled": Wording(
        title="操作太频繁",
        detail="短时间内提交次数过多。",
        what_now=("请稍候再试",),
    ),
    "unexpected": Wording(
        title="系统出了点问题",
        detail="这不是您的操作造成的，系统已经记录。",
        what_now=("稍后再试一次", "如果反复出现，请把页面下方的编号告诉系统管理员"),
    ),
    "unavailable": Wording(
        title="系统暂时不可用",
        detail="后台正在恢复，这次操作没有生效。",
        what_now=("几秒后再试一次",),
    ),
    "outcome_unknown": Wording(
        title="还不能确定是否办成",
        detail="后台没有及时答复，这次操作可能已经生效。",
        what_now=("刷新页面查看结果", "如果没有办成，再点一次即可，不会重复办理"),
    ),
}

FIELD_MESSAGES: Mapping[str, str] = {
    "Missing data for required field.": "必填",
    "Field may not be null.": "不能为空",
    "Field may not be blank.": "不能为空",
    "Invalid value.": "填写的内容不正确",
    "Unknown field.": "没有这一项",
    "Invalid type.": "格式不正确",
    "Not a valid list.": "应当是一个列表",
    "Not a valid tuple.": "应当是一组固定的值",
    "Not a valid string.": "应当是文字",
    "Not a valid utf-8 string.": "文字编码不正确，应当使用 UTF-8",
    "Not a valid UUID.": "编号格式不正确",
    "Not a valid number.": "应当是数字",
    "Number too large.": "数字太大",
    "Not a valid integer.": "应当是整数",
    "Special numeric values (nan or infinity) are not permitted.": "应当是普通的数字",
    "Not a valid boolean.": "应当选择“是”或“否”",
    "Not a valid {obj_type}.": "日期或时间格式不正确",
    '"{input}" cannot be formatted as a {obj_type}.': "日期或时间格式不正确",
    "Not a valid date.": "日期格式不正确，例如 2026-11-21",
    '"{input}" cannot be formatted as a date.': "日期格式不正确",
    "Not a valid {awareness} {obj_type}.": "时间必须带时区，例如 2026-11-21T09:30:00+08:00",
    "Not a valid period of time.": "时长格式不正确",
    "{input!r} cannot be formatted as a timedelta.": "时长格式不正确",
    "Not a valid mapping type.": "格式不正确",
    "Not a valid URL.": "网址格式不正确",
    "Not a valid email address.": "邮箱格式不正确",
    "Not a valid IP address.": "IP 地址格式不正确",
    "Not a valid IPv4 address.": "IP 地址格式不正确",
    "Not a valid IPv6 address.": "IP 地址格式不正确",
    "Not a valid IP interface.": "IP 地址格式不正确",
    "Not a valid IPv4 interface.": "IP 地址格式不正确",
    "Not a valid IPv6 interface.": "IP 地址格式不正确",
    "Must be one of: {choices}.": "请从给出的选项中选择",
    "Invalid input.": "格式不正确",
    "Invalid input type.": "格式不正确",
    "Must be greater than or equal to {min}.": "不能小于 {min}",
    "Must be greater than {min}.": "必须大于 {min}",
    "Must be less than or equal to {max}.": "不能大于 {max}",
    "Must be less than {max}.": "必须小于 {max}",
    "Must be greater than or equal to {min} and less than or equal to {max}.": "应当在 {min} 到 {max} 之间",
    "Must be greater than {min} and less than or equal to {max}.": "必须大于 {min}，不能大于 {max}",
    "Must be greater than or equal to {min} and less than {max}.": "不能小于 {min}，必须小于 {max}",
    "Must be greater than {min} and less than {max}.": "必须大于 {min}，小于 {max}",
    "Shorter than minimum length {min}.": "至少 {min} 个字",
    "Longer than maximum length {max}.": "最多 {max} 个字",
    "Length must be between {min} and {max}.": "应当是 {min} 到 {max} 个字",
    "Length must be {equal}.": "应当正好 {equal} 个字",
    "String does not match expected pattern.": "格式不正确",
    "Must be equal to {other}.": "两次填写不一致",
    "One or more of the choices you made was not in: {choices}.": "请从给出的选项中选择",
    "One or more of the choices you made was in: {values}.": "包含了不允许的选项",
    "Invalid JSON body.": "内容不是有效的 JSON",
}
"""The words of marshmallow -> ours; a test walks all its fields and validators and finds none missing."""

FIELD_NAMES: Mapping[str, str] = {"month": "月份（如 2026-11）", "purpose": "用途", "town": "片区"}
"""Fields of a form without a page of its own, as its refusal names them."""

CHARACTERS, ITEMS = "个字", "项"
BAD_AREA_CODE = "应当是 12 位区划代码"
BAD_CURSOR = "翻页位置无效，请从第一页重新查看"

DESTINATIONS: Mapping[str, tuple[str, str]] = {
    "todays_round": ("今日探访", "查看今天要探访的老人，登记探访情况"),
    "board": ("今天要处理", "未见到、无人负责、追访和久未见到的老人"),
    "inbox": ("转介收件箱", "签收、认领和办理转到本单位的事项"),
    "ledger": ("本单位台账", "本单位自己的办理记录，和今天要办的事"),
    "sent": ("已发出的转介", "查看本单位转介出去的事项办到哪一步，确认办结"),
    "register": ("名单库", "查看在册老人、分类和探访安排"),
    "processes": ("办理进程（运维）", "每件事项和演练的状态、时限，以及它在 Temporal 里的进程"),
    "accounts": ("账号管理", "开通、停用账号，调整岗位、单位和责任区"),
}
"""Code of a destination -> its name, and what one does there."""

NOTHING = "—"
DAY = "{month}月{day}日"
DAY_OF_YEAR = "{year}年{month}月{day}日"

CITY = "市"
"""The end of a city in the name of a place: on a form the place stands alone (附件3_淄川区_洪山镇)."""

PRINTED_BY = "{who} {at} 导出，用途：{purpose}"
FORM_FILE = "{name}.xlsx"
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
DAYS, HOURS, MINUTES = "{}天", "{}小时", "{}分钟"
UNDER_A_MINUTE = "不足1分钟"
