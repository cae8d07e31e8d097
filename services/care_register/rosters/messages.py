"""The words of rosters: headings and entries as offices write them, and what each finding says to do."""

from collections.abc import Mapping

from shared.domain.codes import Ability, Circumstance, Health, Mobility
from shared.domain.id_numbers import Sex
from shared.domain.roster.findings import FindingCode, Verdict
from shared.domain.roster.sheet import Unread
from shared.domain.roster.words import Column, Condition, Implies

HEADINGS: Mapping[str, Column] = {
    "序号": Column.NUMBER,
    "姓名": Column.NAME,
    "老人姓名": Column.NAME,
    "老年人姓名": Column.NAME,
    "性别": Column.SEX,
    "年龄": Column.AGE,
    "身份证号": Column.ID_NUMBER,
    "身份证号码": Column.ID_NUMBER,
    "身份证": Column.ID_NUMBER,
    "公民身份号码": Column.ID_NUMBER,
    "身份证件号码": Column.ID_NUMBER,
    "证件号码": Column.ID_NUMBER,
    "证件号": Column.ID_NUMBER,
    "家庭住址": Column.ADDRESS,
    "居住地址": Column.ADDRESS,
    "住址": Column.ADDRESS,
    "现住址": Column.ADDRESS,
    "现居住地址": Column.ADDRESS,
    "详细地址": Column.ADDRESS,
    "地址": Column.ADDRESS,
    "联系电话": Column.PHONE,
    "电话": Column.PHONE,
    "电话号码": Column.PHONE,
    "联系方式": Column.PHONE,
    "手机": Column.PHONE,
    "手机号": Column.PHONE,
    "手机号码": Column.PHONE,
    "类别": Column.CATEGORY,
    "困难类别": Column.CATEGORY,
    "人员类别": Column.CATEGORY,
    "对象类别": Column.CATEGORY,
    "居住类型": Column.CATEGORY,
    "类型": Column.CATEGORY,
    "身体能力": Column.ABILITY,
    "身体状况": Column.ABILITY,
    "残疾证号": Column.CARD,
    "照护等级": Column.CARE_LEVEL,
    "长护险": Column.CARE_INSURANCE,
    "探访约定": Column.AGREEMENT,
    "家庭医生": Column.DOCTOR,
    "备注": Column.REMARK,
}

SUMS = frozenset({"合计", "总计", "小计", "共计"})
GONE = frozenset({"已故", "亡故", "病故", "去世", "过世", "离世", "死亡", "迁出", "迁走", "搬走"})
WHEN = frozenset("年月日号初底已经于在")
SEXES: Mapping[str, Sex] = {"男": Sex.MALE, "女": Sex.FEMALE}
SEPARATORS = "、，,；;/／ "

CATEGORIES: Mapping[str, Circumstance] = {
    "独居": Circumstance.LIVING_ALONE,
    "空巢": Circumstance.EMPTY_NEST,
    "留守": Circumstance.LEFT_BEHIND,
    "纯老家庭": Circumstance.ELDERS_ONLY_HOUSEHOLD,
    "纯老": Circumstance.ELDERS_ONLY_HOUSEHOLD,
    "失能": Circumstance.CARE_DEPENDENT,
    "失智": Circumstance.DEMENTIA,
    "重残": Circumstance.SEVERE_DISABILITY,
    "计划生育特殊家庭": Circumstance.SPECIAL_FAMILY_PLANNING,
    "计生特殊家庭": Circumstance.SPECIAL_FAMILY_PLANNING,
    # The list of one office says why; the register keeps only that it is so (style §4.2).
    "独生子女死亡": Circumstance.SPECIAL_FAMILY_PLANNING,
    "独生子女伤残（三级以上）": Circumstance.SPECIAL_FAMILY_PLANNING,
    "阶段性临时困难": Circumstance.TEMPORARY_HARDSHIP,
}

CONDITIONS: Mapping[str, Condition] = {
    "能力完好": Condition(ability=Ability.INTACT),
    "轻度失能": Condition(ability=Ability.MILD),
    "中度失能": Condition(ability=Ability.MODERATE),
    "重度失能": Condition(ability=Ability.SEVERE),
    "完全失能": Condition(ability=Ability.COMPLETE),
    "卧床未评估": Condition(mobility=Mobility.BEDRIDDEN),
    "长期卧床": Condition(mobility=Mobility.BEDRIDDEN),
    "卧床": Condition(mobility=Mobility.BEDRIDDEN),
    "行动不便未评估": Condition(mobility=Mobility.LIMITED),
    "行动不便": Condition(mobility=Mobility.LIMITED),
    "自理": Condition(mobility=Mobility.SELF_CARING),
    "健康": Condition(health=Health.GOOD, surveyed_healthy=True),
    "慢病": Condition(health=Health.CHRONIC_STABLE),
    "重病": Condition(health=Health.SERIOUSLY_ILL),
}

CARE_LEVELS: Mapping[str, int] = {
    "照护一级": 1,
    "照护二级": 2,
    "照护三级": 3,
    "照护四级": 4,
    "照护五级": 5,
    "照护六级": 6,
}
INSURED = frozenset({"长护险服务中"})
CARD_WORDS: Mapping[str, int] = {"残疾证一级": 1, "残疾证二级": 2, "残疾证三级": 3, "残疾证四级": 4}
AGREEMENTS: Mapping[str, Implies] = {
    "拒绝上门": Implies.DECLINES_VISITS,
    "谢绝上门": Implies.DECLINES_VISITS,
    "每周来": Implies.NOTHING,
    "每周": Implies.AGREED_DAYS,
}
WEEKDAYS: Mapping[str, int] = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7}

VERDICTS: Mapping[Verdict, str] = {
    Verdict.ACCEPTED: "可入库",
    Verdict.NEEDS_CONFIRMING: "需确认",
    Verdict.REFUSED: "不能入库",
}

OUTCOMES: Mapping[str, str] = {
    "pending": "未处理",
    "chosen": "等待入库",
    "enrolled": "已纳入，意愿待核",
    "merged": "已并入在册记录",
    "conflict": "已并入，有不一致的内容待核实",
    "unchanged": "已在册，没有变化",
    "failed": "没有入库",
}

FINDINGS: Mapping[FindingCode, str] = {
    FindingCode.NAME_MISSING: "没有姓名。请补填后重新上传",
    FindingCode.NAME_IS_FORMULA: "姓名这一格是公式，没有计算。请改成文字后重新上传",
    FindingCode.NAME_IS_LABEL: "姓名这一格像表尾或说明，没有当作老人。确是老人的，请改好姓名后重新上传",
    FindingCode.NAME_UNUSUAL: "姓名太长，或有数字、符号等不常见的字。请核对",
    FindingCode.SAYS_GONE: "写着“{word}”。已去世、已迁出的请不要入库；老人仍在的，请核对后确认",
    FindingCode.ID_IS_FORMULA: "身份证号这一格是公式，没有计算。请改成文字后重新上传",
    FindingCode.ID_LOST_DIGITS: "号码被表格当作数字，后几位已丢失。请把这一格设为“文本”后重新输入",
    FindingCode.ID_WRONG_LENGTH: "身份证号是 {length} 位，应当是 18 位。请核对",
    FindingCode.ID_NOT_DIGITS: "身份证号里有不该出现的字符。请核对",
    FindingCode.ID_NO_SUCH_DAY: "身份证号中的出生日期不存在。请核对",
    FindingCode.ID_IN_THE_FUTURE: "身份证号中的出生日期晚于今天。请核对",
    FindingCode.ID_TOO_OLD: "按身份证号已超过 130 岁。请核对",
    FindingCode.ID_WRONG_CHECK: "身份证号最后一位校验不符，至少有一位填错。请对照证件核对",
    FindingCode.UNDER_SIXTY: "按出生日期今年 {age} 岁，未满 {needed} 周岁，不在服务范围",
    FindingCode.ID_MISSING: "没有身份证号。确认后先用临时编号入库，并列入“待补号”",
    FindingCode.ID_CONVERTED: "15 位旧号码已换算为 18 位。请对照证件确认",
    FindingCode.ID_FROM_CARD: "身份证号不完整，已按残疾证号补全。请确认",
    FindingCode.ID_NORMALISED: "全角字符或空格已自动整理",
    FindingCode.ID_UNKNOWN_PROVINCE: "身份证号前两位不是现有省份代码。请确认",
    FindingCode.AGE_DIFFERS: "表上年龄 {written} 岁，按身份证号应为 {computed} 岁。请确认没有填错人",
    FindingCode.AGE_NEARLY: "表上年龄 {written} 岁，按身份证号为 {computed} 岁，以身份证号为准",
    FindingCode.AGE_UNREAD: "年龄“{word}”看不懂，没有用来核对身份证号",
    FindingCode.SEX_DIFFERS: "表上性别与身份证号不一致。入库按身份证号，请确认没有填错人",
    FindingCode.SEX_UNKNOWN_WORD: "性别“{word}”不认识，请填“男”或“女”",
    FindingCode.CATEGORY_MISSING: "没有困难类别。确认后入库，列入“核实困难类别”",
    FindingCode.CATEGORY_UNKNOWN_WORD: "类别“{word}”不认识。确认后先不记这一项，请在老人页面补填",
    FindingCode.ABILITY_UNKNOWN_WORD: "身体能力“{word}”不认识。确认后先按未评估，请在老人页面补填",
    FindingCode.ABILITY_MISSING: "身体能力没有填，入库后列入“待摸底”",
    FindingCode.CARE_LEVEL_UNKNOWN_WORD: "照护等级“{word}”不认识。确认后先不记这一项",
    FindingCode.CARD_WRONG: "残疾证号不正确，等级无法识别。请核对证件",
    FindingCode.CARD_OF_ANOTHER: "残疾证号里的身份证号与本人不一致。请核对是否填错行",
    FindingCode.DEPENDENT_BUT_ABLE: "类别写失能，身体能力却写完好或健康。确认后按“失能程度待核实”入库",
    FindingCode.SEVERE_BUT_LIGHT_CARD: "类别写重残，残疾证却是 {level} 级（重残为一、二级）。请核对",
    FindingCode.PHONE_WRONG: "电话号码位数不对，没有作为电话记录，原文保留在备注",
    FindingCode.FORMULA_AS_TEXT: "这一格是公式，只按文字看待，没有计算，也没有记入",
    FindingCode.AGREEMENT_UNKNOWN_WORD: "探访约定“{word}”不认识，只作备注保存",
    FindingCode.DECLINES_VISITS: "拒绝上门：登记为“谢绝探访”，改为电话或门口联系，到方案规定的日子再次征询",
    FindingCode.TWICE_IN_SHEET: "与第 {row} 行是同一位老人。确认后合并为一条，不一致的内容列入待核实",
    FindingCode.TWICE_OTHER_NAME: "与第 {row} 行身份证号相同，姓名不同。请核对是否填错；确认后合并为一条",
    FindingCode.IN_REGISTER: "这位老人已经在册，将合并，不会重复",
    FindingCode.IN_REGISTER_OTHER_NAME: "这个身份证号已在册，但姓名不同。请核对是否填错号码",
    FindingCode.IN_REGISTER_SAME_DOOR: "在册有同名同住址的老人，只有一边有身份证号。确认后合并并补号",
}
"""What was found, and what to do; the cell stands before it."""

FAILURES: Mapping[str, str] = {
    "known_elsewhere": "这位老人已在辖区外登记，请联系区级统筹员",
    "already_enrolled": "这位老人刚刚已由别人纳入，请重试",
    "state_already_open": "谢绝探访已登记过，请重试",
}

UNREAD: Mapping[Unread, str] = {
    Unread.UNKNOWN: "未识别的列：{columns}，未导入。需要的，请把列名改成常用的叫法后重新上传：{usual}",
    Unread.DOUBLE: "重复的列：{columns}，未导入。同类内容只读前面的一列，请合并后重新上传",
    Unread.UNNAMED: "没有列名的列：{columns}，未导入。需要的，请填上列名后重新上传",
}
UNREAD_COLUMN = "{letters}列“{heading}”"
UNNAMED_COLUMN = "{letters}列"

REPORT_TITLE = "导入结果"
REPORT_HEADINGS = ("行号", "姓名", "结论", "办理结果", "单元格", "说明")

FORM_TOWN = "镇（办）：{town}"
FORM_OFFICES = ("人民政府", "办事处")
"""What the name of an office adds to that of its town; the form asks for the town."""

FORM_FAMILY = "家 庭 成 员"
FORM_FAMILY_COLUMNS = ("姓名", "关系", "联系方式")
NOT_TICKED = frozenset({"", "□", "☐", "×", "否", "无"})
FORM_SERVICES = "探 访 关 爱 服 务 内 容"
