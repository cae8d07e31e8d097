"""Rosters as offices keep them: looked at row by row, taken in once, resumed after an interruption."""

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from openpyxl import Workbook, load_workbook

from services.care_register.codes import PlaceKind, ProposalStatus, RowOutcome
from services.care_register.handlers import batches, importing, queue, taking_in
from services.care_register.handlers.correcting import DecideChange, decide_change
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.importing import ChooseRows, UploadRoster
from services.care_register.handlers.placing import PlaceRule, store_places
from services.care_register.repository import classes, elders
from services.care_register.repository.listing import EntryFilter, ListedEntry, entries
from services.care_register.rosters.reports import write_report
from services.care_register.rosters.words import words_for
from shared.contracts.access import Principal, Role
from shared.domain.codes import Circumstance, StateKind
from shared.domain.errors import Invalid
from shared.domain.roster.findings import Verdict
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.workbooks import read_sheet
from tests.services.care_register.conftest import CLERK, NOW, Begin, number_of

ROSTERS = Path(__file__).parents[3] / "deploy" / "local" / "data" / "rosters"
HONGSHAN = "附件3_淄川区_洪山镇.xlsx"
ALONE, DEPENDENT, FAMILIES = (
    "服务办_独居纯老名单.xlsx",
    "服务办_失能重残名单.xlsx",
    "宣文办_计划生育特殊家庭名单.xlsx",
)
STREET = Principal(
    account_id=UUID(int=11),
    jurisdiction_id="shanghai_jiangpu",
    roles=(Role.CLERK,),
    units=("shanghai_jiangpu:service_office",),
    areas=("310110008",),
)
HEADINGS = ["序号", "姓名", "性别", "年龄", "身份证号", "家庭住址", "类别", "身体能力", "备注"]


class PowerCutError(Exception):
    """The machine went away between two rows."""


def roster(desk: Desk, name: str, who: Principal = CLERK) -> UploadRoster:
    return uploaded(desk, name, (ROSTERS / name).read_bytes(), who)


def uploaded(desk: Desk, name: str, content: bytes, who: Principal = CLERK) -> UploadRoster:
    return UploadRoster(
        file_name=name,
        file_hash=hashlib.sha256(content).digest(),
        sheet=read_sheet(content),
        words=words_for(desk.policy(who.jurisdiction_id, NOW)),
    )


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in (HEADINGS, *rows):
        book.worksheets[0].append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def elder_row(sequence: int, **changes: object) -> list[object]:
    row: dict[str, object] = {
        "number": sequence,
        "name": "赵秀英",
        "sex": None,
        "age": None,
        "id": number_of("19480808", sequence),
        "address": "洪山镇北村8号",
        "category": "独居",
        "ability": "能力完好",
        "remark": None,
    }
    return list({**row, **changes}.values())


def take_all(begin: Begin, desk: Desk, command: UploadRoster, who: Principal = CLERK) -> UUID:
    with begin(who) as work:
        batch_id = importing.upload(command, work, desk).batch_id
    with begin(who) as work:
        importing.choose_rows(ChooseRows(batch_id=batch_id), work)
    taking_in.take_in(batch_id, lambda: begin(who), desk, most=1000)
    return batch_id


def outcomes(begin: Begin, batch_id: UUID, who: Principal = CLERK) -> Counter[RowOutcome]:
    with begin(who) as work:
        return batches.batch_line(batch_id, work).outcomes


def listed(begin: Begin, who: Principal = CLERK, **wanted: object) -> list[ListedEntry]:
    with begin(who) as work:
        return entries(work.session, EntryFilter(**wanted), after=None, limit=1000)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def hongshan(begin: Begin, desk: Desk) -> UUID:
    """The official sheet of a town, taken in whole, villages placed by their name."""
    villages = [PlaceRule(kind=PlaceKind.VILLAGE, name="南村", area_code="370302115201")]
    with begin() as work:
        store_places(villages, work)
    return take_all(begin, desk, roster(desk, HONGSHAN))


@pytest.fixture(scope="module")
def jiangpu(begin: Begin, desk: Desk) -> dict[str, UUID]:
    """The three lists of a street, in the order in which its offices sent them."""
    roads = [
        PlaceRule(kind=PlaceKind.ROAD, name="江浦路", area_code="310110008001", lane_from=1, lane_to=999)
    ]
    with begin(STREET) as work:
        store_places(roads, work)
    return {
        name: take_all(begin, desk, roster(desk, name, STREET), STREET)
        for name in (ALONE, DEPENDENT, FAMILIES)
    }


def test_the_official_sheet_is_read_whole_and_nobody_is_lost(begin: Begin, hongshan: UUID) -> None:
    """200 elders on the sheet: every one of them is taken in or sent back with a reason."""
    with begin() as work:
        line = batches.batch_line(hongshan, work)
    assert line.verdicts == {Verdict.ACCEPTED: 133, Verdict.NEEDS_CONFIRMING: 49, Verdict.REFUSED: 18}
    assert line.outcomes == {
        RowOutcome.ENROLLED: 181,
        RowOutcome.CONFLICT: 1,
        RowOutcome.PENDING: 18,
    }


def test_who_was_taken_in_waits_for_the_own_wish_and_has_a_visit_cycle(
    begin: Begin, hongshan: UUID, announced: Callable[[UUID], list[object]]
) -> None:
    """domain §0.2-7: imported elders start as 意愿待核."""
    found = listed(begin)
    assert {entry.status.value for entry in found} == {"awaiting_consent"}
    assert [len(announced(entry.enrolment_id)) for entry in found[:5]] == [1] * 5


def test_who_lives_in_a_village_of_the_table_is_placed_and_the_rest_waits(
    begin: Begin, hongshan: UUID
) -> None:
    waiting = listed(begin, is_unplaced=True)
    placed = listed(begin, area="370302115201")
    assert placed
    assert {entry.area_code for entry in waiting} == {"370302115000"}
    assert len(placed) + len(waiting) == 181


def test_the_same_file_again_changes_nothing(begin: Begin, desk: Desk, hongshan: UUID) -> None:
    before = outcomes(begin, hongshan)
    with begin() as work:
        again = importing.upload(roster(desk, HONGSHAN), work, desk)
    assert (again.batch_id, again.is_new) == (hongshan, False)
    with begin() as work:
        importing.choose_rows(ChooseRows(batch_id=hongshan), work)
    assert taking_in.take_in(hongshan, begin, desk, most=1000).taken == 0
    assert outcomes(begin, hongshan) == before


def test_a_corrected_file_brings_in_only_what_was_missing(begin: Begin, desk: Desk) -> None:
    """The clerk mends one cell and uploads again: the others are 在册 already and stay as they are."""
    broken = take_all(begin, desk, uploaded(desk, "a.xlsx", workbook(elder_row(1), elder_row(2, id="37"))))
    assert outcomes(begin, broken) == {RowOutcome.ENROLLED: 1, RowOutcome.PENDING: 1}
    mended = take_all(begin, desk, uploaded(desk, "a.xlsx", workbook(elder_row(1), elder_row(2))))
    assert outcomes(begin, mended) == {RowOutcome.UNCHANGED: 1, RowOutcome.ENROLLED: 1}


def test_an_interrupted_import_goes_on_without_a_half_elder(begin: Begin, desk: Desk) -> None:
    """Killed in the middle of a row, the row is as if it had never begun; the next call takes it in."""
    content = workbook(*(elder_row(sequence) for sequence in range(20, 26)))
    with begin() as work:
        batch_id = importing.upload(uploaded(desk, "b.xlsx", content), work, desk).batch_id
    with begin() as work:
        importing.choose_rows(ChooseRows(batch_id=batch_id), work)
    with pytest.raises(PowerCutError):
        taking_in.take_in(batch_id, cut_after(begin, commits=3), desk, most=100)
    assert outcomes(begin, batch_id) == {RowOutcome.ENROLLED: 2, RowOutcome.CHOSEN: 4}
    assert taking_in.take_in(batch_id, begin, desk, most=100).left == 0
    assert outcomes(begin, batch_id) == {RowOutcome.ENROLLED: 6}


def test_a_row_known_in_another_town_fails_alone_with_its_reason(begin: Begin, desk: Desk) -> None:
    elsewhere = Principal(
        account_id=UUID(int=12), jurisdiction_id="zibo_zichuan", roles=(Role.CLERK,), areas=("370302117",)
    )
    take_all(begin, desk, uploaded(desk, "c.xlsx", workbook(elder_row(30)), elsewhere), elsewhere)
    mine = take_all(begin, desk, uploaded(desk, "d.xlsx", workbook(elder_row(30), elder_row(31))))
    assert outcomes(begin, mine) == {RowOutcome.FAILED: 1, RowOutcome.ENROLLED: 1}
    with begin() as work:
        (failed,) = [row for row in batches.batch_rows(mine, work, desk) if row.failure]
    assert (failed.reading.row, failed.failure) == (2, "known_elsewhere")


def test_chosen_rows_alone_are_taken_in(begin: Begin, desk: Desk) -> None:
    command = uploaded(desk, "e.xlsx", workbook(elder_row(40), elder_row(41), elder_row(42)))
    with begin() as work:
        batch_id = importing.upload(command, work, desk).batch_id
    with begin() as work:
        importing.choose_rows(ChooseRows(batch_id=batch_id, positions=(3,)), work)
    taking_in.take_in(batch_id, begin, desk, most=100)
    assert outcomes(begin, batch_id) == {RowOutcome.PENDING: 2, RowOutcome.ENROLLED: 1}


def test_a_list_keeps_no_number_and_no_address_of_who_was_taken_in(
    begin: Begin, desk: Desk, hongshan: UUID
) -> None:
    """Erasing an elder destroys one key: no second copy may be left under another."""
    with begin() as work:
        rows = batches.batch_rows(hongshan, work, desk)
    kept = [row.reading for row in rows if row.outcome is RowOutcome.ENROLLED]
    assert {(reading.id_number, reading.address, reading.phones) for reading in kept} == {("", "", ())}


def test_the_three_lists_of_a_street_merge_by_number_and_tags_keep_source_and_date(
    begin: Begin, desk: Desk, jiangpu: dict[str, UUID]
) -> None:
    """J-02: one elder in two lists is one elder with both circumstances, each with its source."""
    families = outcomes(begin, jiangpu[FAMILIES], STREET)
    assert families[RowOutcome.MERGED] + families[RowOutcome.CONFLICT] > 0
    with begin(STREET) as work:
        found = entries(work.session, EntryFilter(), after=None, limit=1000)
        tagged = [elders.tags(work.session, entry.elder_id) for entry in found]
    both = [tags for tags in tagged if len({tag.source for tag in tags}) > 1]
    assert both
    sources = {tag.source for tags in both for tag in tags}
    assert {Path(ALONE).stem, Path(FAMILIES).stem} <= sources
    assert {tag.circumstance for tags in both for tag in tags} >= {
        Circumstance.LIVING_ALONE,
        Circumstance.SPECIAL_FAMILY_PLANNING,
    }


def test_who_refuses_visits_at_home_is_in_that_state(begin: Begin, jiangpu: dict[str, UUID]) -> None:
    """domain §0.2-7: 拒绝上门 on a list is a state, for a second person to confirm."""
    declining = listed(begin, STREET, state=StateKind.DECLINES_VISITS)
    assert declining
    assert {entry.state_status and entry.state_status.value for entry in declining} == {"reported"}


def test_a_group_of_the_list_is_shown_alone(begin: Begin, jiangpu: dict[str, UUID]) -> None:
    """The choice 重点关爱对象 above the list ended in an error of ours."""
    everybody = listed(begin, STREET)
    chosen = listed(begin, STREET, group="focus_care")

    assert chosen == [entry for entry in everybody if "focus_care" in entry.groups]
    assert 0 < len(chosen) < len(everybody)


def test_lanes_of_the_table_place_an_elder(begin: Begin, jiangpu: dict[str, UUID]) -> None:
    assert listed(begin, STREET, area="310110008001")
    assert listed(begin, STREET, is_unplaced=True)


def test_what_two_lists_say_differently_waits_for_a_person(begin: Begin, desk: Desk) -> None:
    first = workbook(elder_row(50, ability="轻度失能"))
    second = workbook(elder_row(50, ability="重度失能", address="洪山镇南村9号", remark="电话13900005275"))
    take_all(begin, desk, uploaded(desk, "f.xlsx", first))
    batch_id = take_all(begin, desk, uploaded(desk, "g.xlsx", second))
    assert outcomes(begin, batch_id) == {RowOutcome.CONFLICT: 1}
    with begin() as work:
        waiting = [each for each in queue.queue(work, desk).changes if each.source == "g"]
        assert {(each.field.value, each.stands, each.other) for each in waiting} == {
            ("address", "洪山镇北村8号", "洪山镇南村9号"),
            ("ability", "mild", "severe"),
        }
        ability = next(each for each in waiting if each.field == "ability")
        decide_change(DecideChange(proposal_id=ability.proposal_id, is_confirmed=True), work, desk)
    with begin() as work:
        left = [each.field.value for each in queue.queue(work, desk).changes if each.source == "g"]
        known = classes.classes_of(work.session, ability.subject.enrolment_id)
    (proposed,) = (each for each in known if each.status is ProposalStatus.PROPOSED)
    assert left == ["address"]
    assert (proposed.tier, [reason["code"] for reason in proposed.reasons]) == ("focus", ["R1c"])


def test_the_report_names_each_cell_and_computes_nothing(begin: Begin, desk: Desk, hongshan: UUID) -> None:
    with begin() as work:
        content = write_report(batches.batch_rows(hongshan, work, desk), ())
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
    assert ["7", "花仁传", "不能入库"] in [line[:3] for line in lines]
    assert any(line[4] == "E7" and "设为“文本”" in str(line[5]) for line in lines)
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "inlineStr"}
    assert len({line[0] for line in lines}) == 200


def test_a_name_that_looks_like_a_formula_stays_a_text(begin: Begin, desk: Desk) -> None:
    command = uploaded(desk, "h.xlsx", workbook(elder_row(60, name="=HYPERLINK(0)", id="37")))
    with begin() as work:
        batch_id = importing.upload(command, work, desk).batch_id
        content = write_report(batches.batch_rows(batch_id, work, desk), ())
    cell = load_workbook(io.BytesIO(content)).worksheets[0].cell(2, 2)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(0)", "s")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", "姓名,身份证号".encode()])
def test_a_file_that_is_no_workbook_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Invalid, match="not_a_workbook"):
        read_sheet(content)


def test_a_sheet_without_headings_is_refused(begin: Begin, desk: Desk) -> None:
    book = Workbook()
    book.worksheets[0].append(["随便", "写的"])
    written = io.BytesIO()
    book.save(written)
    with pytest.raises(Invalid, match="no_table"), begin() as work:
        importing.upload(uploaded(desk, "i.xlsx", written.getvalue()), work, desk)


def test_a_sheet_in_which_nobody_stands_is_no_roster(begin: Begin, desk: Desk) -> None:
    with pytest.raises(Invalid, match="no_rows"), begin() as work:
        importing.upload(uploaded(desk, "j.xlsx", workbook()), work, desk)


def cut_after(begin: Begin, *, commits: int) -> Callable[[], AbstractContextManager[UnitOfWork]]:
    """Transactions of which the one after `commits` others dies just before it would commit."""
    done = iter(range(commits))

    @contextmanager
    def started() -> Iterator[UnitOfWork]:
        with begin() as work:
            yield work
            if next(done, None) is None:
                raise PowerCutError

    return started
