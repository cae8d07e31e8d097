"""The Chinese words of identity: its problem codes, positions and what happened."""

from collections.abc import Mapping

from services.identity.codes import Position
from shared.platform.wording import Wording

WORDINGS: Mapping[str, Wording] = {
    "wrong_login_or_password": Wording(
        title="账号或密码不正确",
        detail="请检查账号和密码后再试。",
        what_now=("注意大小写和输入法", "忘记密码时，请本单位管理员重置"),
    ),
    "sign_in_throttled": Wording(
        title="尝试次数过多",
        detail="为保护账号安全，请 {minutes} 分钟后再试。",
        what_now=("如果忘记密码，请本单位管理员重置",),
    ),
    "account_locked": Wording(
        title="账号已停用",
        detail="这个账号已被管理员停用，暂时不能登录。",
        what_now=("请联系本单位管理员",),
    ),
    "wrong_old_password": Wording(title="原密码不正确", detail="原密码不正确，密码没有修改。"),
    "password_too_short": Wording(title="密码太短", detail="新密码至少 {shortest} 个字符。"),
    "password_too_plain": Wording(
        title="密码太简单", detail="新密码至少要包含大写字母、小写字母、数字、符号中的两种。"
    ),
    "password_not_new": Wording(title="新密码与原密码相同", detail="密码没有修改，请换一个新密码。"),
    "password_contains_login": Wording(title="密码不安全", detail="新密码不能包含账号名。"),
    "login_taken": Wording(title="账号名已被使用", detail="账号“{login}”已存在，请换一个。"),
    "account_not_found": Wording(title="没有找到这个账号", detail="它可能不属于本街道（镇）。"),
    "sign_in_not_found": Wording(title="这次登录已经失效", detail="它可能已经退出或到期。"),
    "own_account": Wording(title="不能停用自己的账号", detail="请由另一位管理员操作。"),
    "own_administration": Wording(
        title="不能取消自己的管理员岗位", detail="请由另一位管理员操作，避免无人管理账号。"
    ),
    "rights_changed_meanwhile": Wording(
        title="其他管理员刚改过这个账号",
        detail="您打开页面之后，它的岗位、单位或责任区有了变动，这次没有保存。",
        what_now=("下面是最新的内容，看过后再改",),
    ),
    "unknown_unit": Wording(title="没有这个单位", detail="单位 {unit_id} 不存在或已停用。"),
    "unknown_area": Wording(title="没有这个区域", detail="{area_prefix} 不在本街道（镇）的区划之内。"),
    "area_code_not_12_digits": Wording(
        title="区划代码不正确", detail="区划代码应当是 12 位数字：{area_code}。"
    ),
    "area_outside": Wording(title="不在本辖区", detail="{name}（{area_code}）的区划代码不在本辖区内。"),
    "role_not_held": Wording(title="不能授予这个岗位", detail="访问令牌只能使用您本人具有的岗位。"),
}

POSITION_LABELS: Mapping[Position, str] = {
    Position.MEMBER: "成员",
    Position.LEAD: "负责人",
    Position.DEPUTY: "副职",
}

FIELD_LABELS: Mapping[str, str] = {
    "login": "账号",
    "name": "姓名",
    "phone": "电话",
    "password": "密码",
    "old": "原密码",
    "new": "新密码",
    "again": "再输一遍新密码",
    "roles": "岗位",
    "unit_id": "单位",
    "position": "职务",
    "also": "同时属于",
    "areas": "责任区",
}

NOTICES: Mapping[str, str] = {
    "password_changed": "密码已修改，其他设备上的登录已全部退出。",
    "sign_in_revoked": "已退出该设备上的登录。",
    "account_opened": "账号已开通，可以登录。",
    "rights_changed": "岗位、单位和责任区已更新，立即生效。",
    "phone_changed": "电话已更新，之后的通知发到这里。",
    "account_locked": "账号已停用，所有登录已立即退出。",
    "account_unlocked": "账号已恢复使用。",
    "password_reset": "密码已重置，请转告本人登录后修改。",
    "sign_ins_revoked": "该账号的所有登录已立即退出。",
}

PASSWORDS_DIFFER = "两次输入的新密码不一致"
LOGIN_PATTERN = "账号由 3–32 位小写字母、数字、点、横线组成，以字母开头"
NO_PLACE = "没有 {place} 的方案"
PROMPT = "密码"
PROMPT_AGAIN = "再输入一次密码"
ACCOUNT_OPENED = "账号 {login} 已开通"
ONE_LINE = "写在一行里，不能换行"
UNKNOWN_BROWSER = "其他浏览器"
ON_A_PHONE = "手机"
ON_A_DESK = "电脑"
BROWSER_FAMILIES = (
    ("wxwork", "企业微信"),
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""A mark in the browser's own name -> the name people know; the first that fits."""
