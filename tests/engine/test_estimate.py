"""When a parcel can be expected, by its countries and the service in its number."""

import pytest

from escrow_tui.engine.estimate import Days, Service, estimate, service_of
from tests.each import for_each


@pytest.mark.parametrize(
    ("tracking", "service"),
    [
        ("EE473124829CN", Service.EXPRESS),
        ("CP473124829CN", Service.PARCEL),
        ("RR473124829CN", Service.REGISTERED),
        ("LX473124829CN", Service.UNTRACKED),
        ("UA473124829CN", Service.UNTRACKED),
        ("", Service.UNTRACKED),
    ],
)
def test_a_number_tells_how_the_parcel_travels(tracking: str, service: Service) -> None:
    """The first letter is the service."""
    assert service_of(tracking) is service


# (from, to): in one country, in one region, between regions.
WAYS = {
    ("CN", "CN"): 0,
    ("DE", "DE"): 0,
    ("XX", "XX"): 0,
    ("PL", "DE"): 1,
    ("US", "CA"): 1,
    ("CN", "JP"): 1,
    ("RU", "BY"): 1,
    ("BR", "AR"): 1,
    ("AU", "NZ"): 1,
    ("CN", "DE"): 2,
    ("DE", "US"): 2,
    ("DE", "UA"): 2,
    ("US", "AR"): 2,
    ("XX", "YY"): 2,
    ("XX", "DE"): 2,
    ("AU", "CN"): 2,
}
DAYS = {
    Service.EXPRESS: ((1, 2), (2, 5), (4, 10)),
    Service.PARCEL: ((2, 4), (5, 12), (10, 30)),
    Service.REGISTERED: ((2, 5), (7, 18), (15, 45)),
    Service.UNTRACKED: ((2, 7), (8, 25), (20, 60)),
}


@for_each("service", list(Service))
@for_each(("origin", "destination"), WAYS)
def test_a_parcel_takes_days_by_its_way_and_its_service(
    origin: str, destination: str, service: Service
) -> None:
    """Within a country, within a region, between regions; an unknown country is far from all."""
    least, most = DAYS[service][WAYS[origin, destination]]
    assert estimate(origin, destination, service) == Days(least, most)


@pytest.mark.parametrize(
    ("origin", "destination", "days"),
    [
        ("CN", "BR", Days(15, 65)),
        ("CN", "RU", Days(15, 55)),
        ("AR", "BR", Days(7, 38)),
        ("BY", "RU", Days(7, 28)),
        ("BR", "BR", Days(2, 5)),
        ("RU", "RU", Days(2, 5)),
        ("BR", "CN", Days(15, 45)),
    ],
)
def test_slow_customs_make_the_longest_way_longer(
    origin: str, destination: str, days: Days
) -> None:
    """Only for a parcel that enters the country."""
    assert estimate(origin, destination, Service.REGISTERED) == days


COUNTRIES = {
    "Europe": "AT BE BG CH CZ DE DK ES FI FR GB GR HU IE IT NL NO PL PT RO SE SK",
    "Eastern Europe": "BY KZ RU UA",
    "Asia": "CN HK JP KR SG TH VN MY ID PH IN TR IL",
    "North America": "US CA MX",
    "South America": "BR AR CL CO PE",
    "Oceania": "AU NZ",
}


@pytest.mark.parametrize("region", COUNTRIES)
def test_the_countries_of_a_region_are_near_each_other_and_far_from_the_rest(region: str) -> None:
    """The least number of days shows it, as customs do not change that."""
    for one in COUNTRIES[region].split():
        for other_region, names in COUNTRIES.items():
            for other in names.split():
                expected = 1 if one == other else 2 if other_region == region else 4
                assert estimate(one, other, Service.EXPRESS).least == expected, (one, other)
