"""A person as others see them: name, place and trust figures."""

from collections.abc import Mapping

from escrow_tui.engine.market import Person
from escrow_tui.views.parts import PersonView


def person_view(person_id: str, people: Mapping[str, Person]) -> PersonView:
    """Return a party with its trust figures; an unknown person has their id as their name."""
    person = people.get(person_id)
    if person is None:
        return PersonView(person_id, person_id, "", "")
    place = ", ".join(filter(None, [person.city, person.country]))
    return PersonView(person.id, person.name, place, _trust(person))


def _trust(person: Person) -> str:
    if not person.orders:
        return "no history"
    figures = (
        f"{person.rating / 10:.1f} % positive" if person.rating else "",
        f"{person.orders} orders",
        f"{person.dispute_rate / 10:.1f} % disputed",
        _counted(person.rulings_against, "ruling", " against"),
        _counted(person.false_shipments, "false shipment"),
    )
    return ", ".join(filter(None, figures))


def _counted(count: int, what: str, after: str = "") -> str:
    return f"{count} {what}{'' if count == 1 else 's'}{after}" if count else ""
