"""When a parcel can be expected, by distance and by the service that its number indicates."""

from enum import StrEnum

import msgspec


class Service(StrEnum):
    """How a parcel travels; the first letter of its S10 number tells which (UPU S10)."""

    EXPRESS = "express"
    PARCEL = "parcel"
    REGISTERED = "registered"
    UNTRACKED = "letter"


_SERVICES = {"E": Service.EXPRESS, "C": Service.PARCEL, "R": Service.REGISTERED}

_EUROPE = "AT BE BG CH CZ DE DK ES FI FR GB GR HU IE IT NL NO PL PT RO SE SK"
_REGIONS: dict[str, str] = {
    **dict.fromkeys(_EUROPE.split(), "Europe"),
    **dict.fromkeys("BY KZ RU UA".split(), "Eastern Europe"),
    **dict.fromkeys("CN HK JP KR SG TH VN MY ID PH IN TR IL".split(), "Asia"),
    **dict.fromkeys("US CA MX".split(), "North America"),
    **dict.fromkeys("BR AR CL CO PE".split(), "South America"),
    **dict.fromkeys("AU NZ".split(), "Oceania"),
}


class Days(msgspec.Struct, frozen=True, gc=False):
    """The least and the most days after shipping."""

    least: int
    most: int


# Ours, similar to what sellers promise: within a country, within a region, between regions.
_DAYS: dict[Service, tuple[Days, Days, Days]] = {
    Service.EXPRESS: (Days(1, 2), Days(2, 5), Days(4, 10)),
    Service.PARCEL: (Days(2, 4), Days(5, 12), Days(10, 30)),
    Service.REGISTERED: (Days(2, 5), Days(7, 18), Days(15, 45)),
    Service.UNTRACKED: (Days(2, 7), Days(8, 25), Days(20, 60)),
}
# Customs take longer there, and so does the protection (bio-guard.net, grade C).
_SLOW_CUSTOMS: dict[str, int] = {"BR": 20, "RU": 10}


def service_of(tracking: str) -> Service:
    """Return the service that a tracking number indicates."""
    return _SERVICES.get(tracking[:1], Service.UNTRACKED)


def estimate(origin: str, destination: str, service: Service) -> Days:
    """Return how long a parcel takes between two countries (two letters each), in days."""
    at_home, in_region, abroad = _DAYS[service]
    if origin == destination:
        return at_home
    near = _REGIONS.get(origin, origin) == _REGIONS.get(destination, destination)
    days = in_region if near else abroad
    slow = _SLOW_CUSTOMS.get(destination, 0)
    return Days(days.least, days.most + slow)
