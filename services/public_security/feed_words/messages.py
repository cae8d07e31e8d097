"""The words of a list of changes (人口变动名单): its headings, its kinds, what is wrong with a row."""

from collections.abc import Mapping

from services.public_security.codes import FeedVerdict
from shared.domain.id_numbers import IdFault
from shared.domain.news_feed import FeedColumn, FeedFault
from shared.domain.population import PopulationChange

HEADINGS: Mapping[str, FeedColumn] = {
    "姓名": FeedColumn.NAME,
    "身份证号": FeedColumn.ID_NUMBER,
    "身份证号码": FeedColumn.ID_NUMBER,
    "公民身份号码": FeedColumn.ID_NUMBER,
    "变动类型": FeedColumn.KIND,
    "变动类别": FeedColumn.KIND,
    "变动日期": FeedColumn.HAPPENED_ON,
    "发生日期": FeedColumn.HAPPENED_ON,
    "新住址": FeedColumn.ADDRESS,
    "现住址": FeedColumn.ADDRESS,
    "新姓名": FeedColumn.NEW_NAME,
    "新身份证号": FeedColumn.NEW_NUMBER,
    "备注": FeedColumn.NOTE,
    "说明": FeedColumn.NOTE,
}

KINDS: Mapping[str, PopulationChange] = {
    "死亡": PopulationChange.DIED,
    "去世": PopulationChange.DIED,
    "死亡注销": PopulationChange.DIED,
    "迁出": PopulationChange.MOVED_AWAY,
    "迁出本辖区": PopulationChange.MOVED_AWAY,
    "户口迁出": PopulationChange.MOVED_AWAY,
    "搬家": PopulationChange.MOVED_WITHIN,
    "辖区内搬家": PopulationChange.MOVED_WITHIN,
    "居住地变更": PopulationChange.MOVED_WITHIN,
    "辖区内迁移": PopulationChange.MOVED_WITHIN,
    "登记项目变更": PopulationChange.CORRECTED,
    "变更": PopulationChange.CORRECTED,
    "更正": PopulationChange.CORRECTED,
    **{kind.value: kind for kind in PopulationChange},
}
"""What stations write under 变动类型; a form and a program send the code itself."""

FAULTS: Mapping[str, str] = {
    FeedFault.NO_NAME: "没有姓名",
    FeedFault.BAD_NUMBER: "身份证号{why}",
    FeedFault.UNKNOWN_KIND: "变动类型认不出，应为死亡、迁出、辖区内搬家、登记项目变更之一",
    FeedFault.BAD_DAY: "变动日期写不对，应如 2026-11-20",
    FeedFault.FUTURE_DAY: "变动日期晚于今天",
    FeedFault.BEFORE_BIRTH: "变动日期早于出生日期",
    FeedFault.NO_ADDRESS: "搬家没有写新住址",
    FeedFault.NOTHING_NEW: "登记项目变更没有写新姓名或新身份证号",
    FeedFault.NO_CORRECTION: "新姓名、新身份证号只用于登记项目变更，请另登记一条",
    FeedFault.NO_MOVE: "新住址只用于迁出和搬家，请另登记一条",
    FeedFault.BAD_NEW_NUMBER: "新身份证号{why}",
    FeedFault.TWICE: "与上面一行重复",
}

NUMBER_FAULTS: Mapping[str, str] = {
    IdFault.EMPTY: "没有填",
    IdFault.LOST_DIGITS: "后几位丢失，请把单元格设为文本后重填",
    IdFault.WRONG_LENGTH: "不是 18 位",
    IdFault.NOT_DIGITS: "含有不该有的字符",
    IdFault.NO_SUCH_DAY: "里的出生日期不存在",
    IdFault.IN_THE_FUTURE: "里的出生日期晚于今天",
    IdFault.TOO_OLD: "里的出生日期太早",
    IdFault.WRONG_CHECK: "最后一位校验不符",
}

FIELD_OF: Mapping[str, str] = {
    FeedFault.NO_NAME: "name",
    FeedFault.BAD_NUMBER: "id_number",
    FeedFault.UNKNOWN_KIND: "kind",
    FeedFault.BAD_DAY: "happened_on",
    FeedFault.FUTURE_DAY: "happened_on",
    FeedFault.BEFORE_BIRTH: "happened_on",
    FeedFault.NO_ADDRESS: "address",
    FeedFault.NOTHING_NEW: "new_name",
    FeedFault.NO_CORRECTION: "new_name",
    FeedFault.NO_MOVE: "address",
    FeedFault.BAD_NEW_NUMBER: "new_number",
}
"""Under which field of the form a fault stands."""

VERDICTS: Mapping[str, tuple[str, str]] = {
    FeedVerdict.IN_REGISTER: ("在册，可送名单库", "good"),
    FeedVerdict.NOT_IN_REGISTER: ("不在册，不用送", ""),
    FeedVerdict.REFUSED: ("有误，请改后重传", "bad"),
    FeedVerdict.SENT_BEFORE: ("以前已送", "info"),
}
"""Words and tone of each verdict."""


def fault_in_words(fault: str) -> str:
    """A fault of a row as a person reads it."""
    code, _, why = fault.partition(":")
    return FAULTS.get(code, code).format(why=NUMBER_FAULTS.get(why, ""))
