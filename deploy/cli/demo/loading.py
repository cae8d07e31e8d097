"""`tanfang demo load`: the demonstration of both places, step by step."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click

from deploy.cli.demo.elders import Loading, put_elder
from deploy.cli.demo.files import DemoPlace, enrolment_id, places
from deploy.cli.demo.health import put_health
from deploy.cli.demo.justice import put_record
from deploy.cli.demo.people import installer, put_people
from deploy.cli.demo.placing import put_places
from deploy.cli.demo.police import put_police
from deploy.cli.demo.referrals import put_referral, work_on
from deploy.cli.reconcile import reconcile_all
from services.care_register.handlers.desk import Desk as RegisterDesk
from services.visits.handlers.desk import Desk as VisitsDesk
from shared.inbox.desk import Desk
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings, SettingsRefusedError
from shared.policies.book import own_book
from shared.process.elders import ElderCards
from shared.process.subjects import enrolled_elders
from shared.temporal.gateway import Gateway

IDENTITY = "demo"


@click.command("load")
@click.option("--elders", type=int, default=None, help="How many elders for each place; all if not said.")
def load(elders: int | None) -> None:
    """Load the demonstration of both places; what is there already stays as it is.

    Raises SettingsRefusedError in production: invented elders cannot be told from a town's own afterwards.
    """
    settings = Settings.from_env()
    if not settings.demonstration:
        raise SettingsRefusedError("demonstration_data")
    now = clock_for(settings, Database(settings, Login.IDENTITY)).now()
    loadings = [_loading(place, settings, now) for place in places()]
    identity = Database(settings, Login.IDENTITY)
    with _timed("staff, units and areas"):
        for loading in loadings:
            put_people(loading.place, loading.policy, identity, now)
            put_places(loading)
    with _timed("elders and six weeks of visits"):
        for loading in loadings:
            for elder in _new_elders(loading, elders):
                put_elder(elder, loading)
    with _timed("records of the health centres"):
        _put_health(loadings, settings)
    with _timed("visit cycles started in the past"):
        list(reconcile_all(settings, asks=False))
    with _timed("referrals offered and worked on"):
        _put_referrals(loadings, settings)
    with _timed("records of the police stations"):
        _put_police(loadings, settings)


def _loading(place: DemoPlace, settings: Settings, now: datetime) -> Loading:
    book, vault = own_book(), Vault.from_settings(settings)
    register_desk = RegisterDesk(vault=vault, book=book)
    return Loading(
        place=place,
        policy=register_desk.policy(place.jurisdiction_id, now),
        register=Database(settings, Login.CARE_REGISTER),
        visits=Database(settings, Login.VISITS),
        register_desk=register_desk,
        visits_desk=VisitsDesk(book=book, vault=vault),
        now=now,
    )


def _new_elders(loading: Loading, wanted: int | None) -> list[dict[str, Any]]:
    """Those of the first `wanted` elders who are not enrolled yet."""
    elders = {enrolment_id(elder["id_number"]): elder for elder in loading.place.elders[:wanted]}
    with loading.register.begin(installer(loading.policy), loading.now) as work:
        known = enrolled_elders(work.session, elders)
    return [elder for enrolment, elder in elders.items() if enrolment not in known]


def still_here(loading: Loading, records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those about nobody, or about an elder who is enrolled where the story begins.

    One who has left since is owed nothing more; who has moved is out of sight of those who act in it.
    """
    wanted = [enrolment_id(each["elder"]) for each in records if "elder" in each]
    with loading.register.begin(installer(loading.policy), loading.now) as work:
        known = enrolled_elders(work.session, wanted)
    areas = {enrolment_id(each["id_number"]): each["area"] for each in loading.place.elders}
    here = {each for each, elder in known.items() if elder.left_at is None and elder.area_code == areas[each]}
    return [each for each in records if "elder" not in each or enrolment_id(each["elder"]) in here]


def _put_referrals(loadings: list[Loading], settings: Settings) -> None:
    desk, office = _desk(settings, Login.COORDINATION), _desk(settings, Login.JUSTICE)
    clock = clock_for(settings, desk.database)
    for loading in loadings:
        here = still_here(loading, loading.place.referrals)
        offered = [(each, put_referral(each, loading, desk)) for each in here]
        for referral, referral_id in offered:
            work_on(referral, referral_id, loading, desk, clock.now)
            put_record(referral, referral_id, loading, office, clock.now())


def _put_health(loadings: list[Loading], settings: Settings) -> None:
    desk = _desk(settings, Login.HEALTH)
    for loading in loadings:
        for record in still_here(loading, loading.place.health):
            put_health(record, loading, desk)


def _put_police(loadings: list[Loading], settings: Settings) -> None:
    desk = _desk(settings, Login.PUBLIC_SECURITY)
    for loading in loadings:
        for record in still_here(loading, loading.place.police):
            put_police(record, loading, desk)


def _desk(settings: Settings, login: Login) -> Desk:
    vault = Vault.from_settings(settings)
    return Desk(
        database=Database(settings, login),
        judge=Gateway.from_settings(settings, identity=IDENTITY),
        book=own_book(),
        vault=vault,
        cards=ElderCards(vault),
    )


@contextmanager
def _timed(title: str) -> Iterator[None]:
    click.echo(f"  {title:<34}", nl=False)
    started = time.monotonic()
    yield
    click.echo(f"{time.monotonic() - started:5.1f} s")
