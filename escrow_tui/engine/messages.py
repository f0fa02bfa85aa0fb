"""Messages that ask to pay or settle off the platform."""

import re

# Wordings of a request to pay or settle elsewhere; ours, after the warnings on platforms' pages.
# A mediator may cite such a message.
_ELSEWHERE = (
    r"off (the )?platform",
    r"outside (of )?(the )?(platform|aliexpress|market(place)?)",
    r"pay ?pal",
    r"whats ?app",
    r"telegram",
    r"wechat",
    r"(pay|send|refund|transfer)\b.{0,40}\b(directly|privately|bank transfer|crypto|bitcoin)",
    r"(cancel|close|withdraw|drop) the (dispute|case|claim)\b.{0,60}\b(refund|pay|money|send)",
    r"(refund|pay|send)\b.{0,60}\b(if|after|once|when) you (cancel|close|withdraw|drop)",
)
_PATTERN = re.compile("|".join(_ELSEWHERE), re.IGNORECASE)


def settles_off_platform(text: str) -> bool:
    """Tell whether a message asks to pay or to settle where the platform cannot see it."""
    return _PATTERN.search(text) is not None
