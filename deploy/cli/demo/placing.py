"""The demonstration's placing table: villages by name, roads with all their lanes."""

from deploy.cli.demo.elders import Loading
from deploy.cli.demo.people import installer
from services.care_register.codes import PlaceKind
from services.care_register.handlers.placing import PlaceRule, store_places

LAST_LANE = 9999


def put_places(loading: Loading) -> None:
    """Say which area of the place an address lies in."""
    rules = [
        *(
            PlaceRule(kind=PlaceKind.VILLAGE, name=area["name"], area_code=area["code"])
            for area in loading.place.areas
        ),
        *(
            PlaceRule(kind=PlaceKind.ROAD, name=road, area_code=area["code"], lane_from=1, lane_to=LAST_LANE)
            for area in loading.place.areas
            for road in area.get("roads", ())
        ),
    ]
    with loading.register.begin(installer(loading.policy), loading.now) as work:
        store_places(rules, work)
