"""What each role may know about an order's money and its deadlines."""

from escrow_tui.engine.roles import Role


def knows_payment(role: Role) -> bool:
    """Tell whether a role may know how the buyer paid, in which currency, and refund ways."""
    return role in (Role.BUYER, Role.BANK)


def knows_refund_arrival(role: Role) -> bool:
    """Tell whether a role may know when a refund arrives.

    How long a refund takes shows how the buyer paid, so a seller does not see it arrive.
    """
    return role is not Role.SELLER


def knows_goodwill(role: Role) -> bool:
    """Tell whether a role may know about goodwill, which goes into the buyer's wallet."""
    return role is not Role.SELLER


def knows_platform_costs(role: Role) -> bool:
    """Tell whether a role may know what a chargeback costs the platform."""
    return role not in (Role.BUYER, Role.SELLER)


def knows_deadline(deadline: str, role: Role) -> bool:
    """Tell whether a role may know of a deadline, given by its name."""
    return deadline != "refund" or knows_refund_arrival(role)
