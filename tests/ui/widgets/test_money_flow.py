"""Where the money is, at both sizes, in a column, and while it moves."""

import msgspec
import pytest

from escrow_tui.ui.widgets.money_flow import MoneyFlow
from escrow_tui.views.parts import Flow
from tests.ui.widgets.shown import SIZES, Shown, rows

HELD = Flow(
    buyer_title="BUYER",
    escrow_title="ESCROW",
    seller_title="SELLER",
    paid="42.50 USD",
    held="42.50 USD",
    to_seller="0.00 USD",
    refunded="0.00 USD",
    commission="0.00 USD",
    paid_minor=4250,
    held_minor=4250,
    to_seller_minor=0,
    refunded_minor=0,
    commission_minor=0,
    note="held; dispute since 03-11",
    charged_back="0.00 USD",
    charged_back_minor=0,
)
SPLIT = msgspec.structs.replace(
    HELD,
    held="0.00 USD",
    to_seller="25.65 USD",
    refunded="15.50 USD",
    commission="1.35 USD",
    held_minor=0,
    to_seller_minor=2565,
    refunded_minor=1550,
    commission_minor=135,
    note="ruled 03-20",
)


@pytest.mark.parametrize("size", SIZES)
async def test_money_that_is_held_rests_in_the_heavy_box(size: tuple[int, int]) -> None:
    """One arrow carried the amount, the other nothing, and the bar is full."""
    flow = MoneyFlow(HELD)
    async with Shown(flow).run_test(size=size):
        top, amounts, bar, bottom, foot = rows(flow)
    assert [top.count(corner) for corner in "╭┏"] == [2, 1]
    assert top.index("BUYER") < top.index("ESCROW") < top.index("SELLER")
    assert "━ 42.50 USD ━" in amounts
    assert "▶" in amounts
    assert "╌▷" in amounts
    assert "□" not in bar
    assert "■ 100%" in bar
    assert "┗" in bottom
    assert foot.strip() == "held; dispute since 03-11"
    assert {len(row) for row in (top, amounts, bar, bottom, foot)} == {size[0]}


@pytest.mark.parametrize("size", SIZES)
async def test_a_split_shows_both_ways_and_the_commission(size: tuple[int, int]) -> None:
    """The refund flows back, and what the platform took is named."""
    flow = MoneyFlow(SPLIT)
    async with Shown(flow).run_test(size=size):
        top, amounts, back, _, foot = rows(flow)
    assert [top.count(corner) for corner in "╭┏"] == [1, 2]
    assert "━ 25.65 USD ━" in amounts
    assert "◀━" in back
    assert "━ 15.50 USD ━" in back
    assert "■" not in back
    assert "□   0%" in back
    assert "ruled 03-20" in foot
    assert "platform commission 1.35 USD" in foot


TAKEN = msgspec.structs.replace(
    SPLIT,
    refunded="0.00 USD",
    refunded_minor=0,
    charged_back="15.50 USD",
    charged_back_minor=1550,
)


@pytest.mark.parametrize("size", SIZES)
async def test_what_the_bank_took_goes_back_like_a_refund_and_is_named(
    size: tuple[int, int],
) -> None:
    """Beside a refund, which then has the arrow, it is named all the same."""
    flow = MoneyFlow(TAKEN)
    async with Shown(flow).run_test(size=size) as pilot:
        _, _, back, _, foot = rows(flow)
        assert "◀━" in back
        assert "━ 15.50 USD ━" in back
        assert "charged back 15.50 USD" in foot
        flow.flow = msgspec.structs.replace(TAKEN, refunded="2.00 USD", refunded_minor=200)
        await pilot.pause()
        _, _, back, _, foot = rows(flow)
        assert "━ 2.00 USD ━" in back
        assert "charged back 15.50 USD" in foot


async def test_a_small_share_is_still_seen_in_the_bar() -> None:
    """One block stands for any amount that is held, one gap for any that is not."""
    flow = MoneyFlow(msgspec.structs.replace(SPLIT, held="0.01 USD", held_minor=1))
    async with Shown(flow).run_test(size=(120, 36)) as pilot:
        assert rows(flow)[2].count("■") == 1
        flow.flow = msgspec.structs.replace(SPLIT, held="42.49 USD", held_minor=4249)
        await pilot.pause()
        assert rows(flow)[2].count("□") == 1


async def test_a_column_lists_the_three_places() -> None:
    """Where boxes have no room, each place has a row."""
    flow = MoneyFlow(SPLIT)
    async with Shown(flow).run_test(size=(38, 24)):
        shown = [row.rstrip() for row in rows(flow)]
    assert shown[0] == "BUYER paid 42.50 USD"
    assert shown[1] == "▶ ESCROW holds 0.00 USD"
    assert shown[3] == "▶ SELLER gets 25.65 USD"
    assert shown[4].startswith("back to the buyer 15.50 USD")
    flow = MoneyFlow(TAKEN)
    async with Shown(flow).run_test(size=(38, 24)):
        assert rows(flow)[4].startswith("back to the buyer 15.50 USD")


@pytest.mark.parametrize("width", [20, 36, 58, 60, 64, 76, 100, 160])
async def test_amounts_are_never_cut_where_they_can_be_read_whole(width: int) -> None:
    """Boxes that would have to cut an amount give way to the list."""
    large = msgspec.structs.replace(SPLIT, paid="1,042.50 USD", to_seller="1,025.65 USD")
    flow = MoneyFlow(large)
    async with Shown(flow).run_test(size=(width, 24)):
        shown = rows(flow)
    assert all(len(row) == width for row in shown)
    if width >= 36:
        assert "1,042.50 USD" in "".join(shown)
        assert "1,025.65 USD" in "".join(shown)
    assert ("┏" in shown[0]) == (width >= 60)


async def test_a_token_runs_along_the_arrow_whose_amount_grew() -> None:
    """The amount moves when it moves; the arrow that carried it before is still."""
    flow = MoneyFlow(HELD)
    app = Shown(flow)
    async with app.run_test(size=(120, 36)) as pilot:
        app.animation_level = "full"
        flow.flow = SPLIT
        assert app.animator.is_being_animated(flow, "progress")
        await flow.stop_animation("progress", complete=False)
        flow.progress = 0.5
        await pilot.pause()
        _, amounts, back, *_ = rows(flow)
        assert amounts.count("●") == 1
        assert amounts.index("●") > amounts.index("holds")
        assert back.count("●") == 1
        flow.progress = 1.0
        assert "●" not in "".join(rows(flow))


async def test_nothing_moves_where_motion_is_off() -> None:
    """The new amounts stand there at once."""
    flow = MoneyFlow(HELD)
    app = Shown(flow)
    async with app.run_test(size=(120, 36)):
        app.animation_level = "none"
        flow.flow = SPLIT
        assert flow.progress == 1.0
        assert "●" not in "".join(rows(flow))
        assert "25.65 USD" in rows(flow)[1]


async def test_without_a_flow_its_place_is_empty() -> None:
    """A screen may be shown before its order is read."""
    flow = MoneyFlow()
    async with Shown(flow).run_test(size=(80, 24)):
        assert [row.strip() for row in rows(flow)] == [""] * 5
