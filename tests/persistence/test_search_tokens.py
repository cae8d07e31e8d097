"""What a clerk types finds the elder; what is stored tells nothing."""

import pytest
from sqlalchemy import select

from shared.persistence.engine import Database
from shared.persistence.name_index import name_terms
from shared.persistence.search_tokens import find_elders, number_terms, query_terms, save_terms
from shared.persistence.tables import SearchToken
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from tests.persistence.conftest import CLERK, NOW

VAULT = Vault.from_settings(Settings())
ID_NUMBER = "370302193803150026"


def terms(name: str) -> set[str]:
    return {term.value for term in name_terms(name)}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张桂花", ["张桂花", "张桂", "桂花", "zhangguihua", "zhanggui", "zgh", "zg"]),
        ("单雄信", ["shanxiongxin", "danxiongxin", "sxx"]),
        ("仇英", ["qiuying", "chouying", "qy"]),
        ("解秀兰", ["xiexiulan", "jiexiulan", "xxl"]),
        ("欧阳秀英", ["ouyangxiuying", "oyxy", "欧阳"]),
    ],
)
def test_a_name_is_found_by_what_people_type(name: str, typed: list[str]) -> None:
    """A surname with several readings (多音字) is found by each."""
    assert set(typed) <= terms(name)


@pytest.mark.parametrize("typed", ["", " ", "张", "z", "7"])
def test_one_character_finds_nothing(typed: str) -> None:
    assert query_terms(typed) == set()


@pytest.mark.parametrize(
    "typed",
    [
        "张桂",
        "张 桂花",
        "ZhangGui",
        "ｚｇｈ",
        "0026",
        "００２６",
        "5678",
        ID_NUMBER,
        ID_NUMBER.lower(),
        "13812345678",
    ],
)
def test_each_way_of_asking_finds_the_elder(register: Database, typed: str) -> None:
    elder_id = CLERK.account_id
    wanted = name_terms(" 张 桂花") | number_terms(id_number=ID_NUMBER, phones=["13812345678"])
    with register.begin(CLERK, NOW) as work:
        save_terms(
            work,
            VAULT,
            elder_id=elder_id,
            jurisdiction_id=CLERK.jurisdiction_id,
            area_code="370302115201",
            terms=wanted,
        )
        assert find_elders(work, VAULT, typed, limit=5) == [elder_id]


def test_saving_again_replaces_what_was_stored(register: Database) -> None:
    with register.begin(CLERK, NOW) as work:
        for name in ("王秀英", "李秀英"):
            save_terms(
                work,
                VAULT,
                elder_id=CLERK.account_id,
                jurisdiction_id=CLERK.jurisdiction_id,
                area_code="370302115201",
                terms=name_terms(name),
            )
        assert find_elders(work, VAULT, "王秀英", limit=5) == []
        assert find_elders(work, VAULT, "李秀英", limit=5) == [CLERK.account_id]
        stored = work.session.scalars(select(SearchToken.token)).all()
        assert {len(token) for token in stored} == {32}
