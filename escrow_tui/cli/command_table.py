"""Every command of the command line, one row each; usage, help, examples and parser derive from it.

A new command is a row here and a module with its `Handler`.
"""

from escrow_tui.cli.command_row import CliCommand, CliGroup, Example

LOBBY = CliCommand(
    name="",
    usage="[--store STORE]",
    help="open the lobby",
    examples=(Example("", "open the lobby"),),
    handler="escrow_tui.cli.screen_commands:LOBBY",
    exit_codes=("0 all went well, 1 a step did not go as its story says, 2 nothing could be done"),
)

_POLICY = CliGroup(
    name="policy",
    help="list, show, check and compare the rules of a market",
    example=Example("policy list", "the rules of a market: list, show, check, diff"),
    commands=(
        CliCommand(
            name="list",
            usage="[--json]",
            help="the shipped policies, and what each changes",
            examples=(
                Example("policy list", "the shipped policies, and what each changes"),
                Example("policy list --json"),
            ),
            handler="escrow_tui.cli.policy_commands:LIST",
        ),
        CliCommand(
            name="show",
            usage="NAME [--json]",
            help="the rows of a policy with value, meaning and source",
            examples=(
                Example("policy show ebay", "its rows with value, meaning and source"),
                Example("policy show MINE.toml --json"),
            ),
            handler="escrow_tui.cli.policy_commands:SHOW",
        ),
        CliCommand(
            name="check",
            usage="FILE... [--json]",
            help="every fault of policy files, with line and column",
            examples=(
                Example("policy check MINE.toml", "every fault with line and column"),
                Example("policy check policies/*.toml --json"),
            ),
            handler="escrow_tui.cli.policy_commands:CHECK",
            exit_codes="0 every file is fine, 2 one is not",
        ),
        CliCommand(
            name="diff",
            usage="A B [--json]",
            help="the rows in which two policies differ",
            examples=(
                Example("policy diff aliexpress ebay", "the rows in which two policies differ"),
                Example("policy diff aliexpress MINE.toml --json"),
            ),
            handler="escrow_tui.cli.policy_commands:DIFF",
            exit_codes="0 whether or not they differ, 2 one cannot be read",
        ),
    ),
    exit_codes="0 all went well, 2 a policy is wrong or is not there",
    notes="NAME is a shipped policy or the path of a .toml file; --json prints one JSON value.",
)

_STORE = CliGroup(
    name="store",
    help="look after the store: info, doctor, backup, upgrade",
    example=Example("store doctor", "look after the store: info, doctor, backup, upgrade"),
    commands=(
        CliCommand(
            name="info",
            usage="[--json]",
            help="where the store is, which engine and version, and what it holds",
            examples=(
                Example("store info", "where it is, its engine, and what it holds"),
                Example("store info --json"),
                Example("store info --store postgresql://anna@db.example/market"),
            ),
            handler="escrow_tui.cli.store_commands:INFO",
        ),
        CliCommand(
            name="doctor",
            usage="[--rebuild] [--json]",
            help="compare every row with the journal, and name the first difference",
            examples=(
                Example("store doctor", "is every row what the journal says?"),
                Example("store doctor --json"),
                Example("store doctor --rebuild", "after a backup, write what is derived anew"),
            ),
            handler="escrow_tui.cli.store_commands:DOCTOR",
            exit_codes="0 it is sound, 1 there is a difference, 2 it could not look",
            notes="""\
It only reads. It recomputes the chain of every journal, folds it, and compares every row of
orders, balances, counts and figures, and of a file every page.""",
        ),
        CliCommand(
            name="backup",
            usage="[TO] [--json]",
            help="copy the store into a new file or an empty database: a store itself",
            examples=(
                Example("store backup", "beside it, named by the date and the time"),
                Example("store backup class-3.sqlite", "there; nothing is ever overwritten"),
                Example("store backup postgresql://anna@db.example/market"),
            ),
            handler="escrow_tui.cli.store_commands:BACKUP",
            notes="""\
A database must be empty. Others may go on working meanwhile. A backup of a server's database is a
file that needs no server; for regular backups of a server, use pg_dump.""",
        ),
        CliCommand(
            name="upgrade",
            usage="[--json]",
            help="bring a store that an older version wrote up to date",
            examples=(
                Example("store upgrade", "bring a store of an older version up to date"),
                Example("store upgrade --store postgresql://anna@db.example/market"),
            ),
            handler="escrow_tui.cli.store_commands:UPGRADE",
            notes="""\
A file is copied beside itself first. Each step is done whole or not at all. Of a database on a
server, make a copy before with pg_dump.""",
        ),
    ),
    exit_codes="0 all is well, 1 the doctor found a difference, 2 nothing could be done",
    notes="--json prints one JSON value.",
)

_SEAT = CliGroup(
    name="seat",
    help="give seats of a market to other people, list and revoke them",
    example=Example("seat add --as seller", "several people in one market: add, list, revoke"),
    commands=(
        CliCommand(
            name="add",
            usage="--as ROLE [--market M | --new TITLE [--seed S]] [--person P] [--label T]",
            help="give a seat; its code is printed once",
            examples=(
                Example("seat add --as buyer", "a seat in the newest free market"),
                Example('seat add --as seller --label "Anna"', "with a word for yourself"),
                Example('seat add --as mediator --new "Class 3"', "in a market that is made now"),
                Example('seat add --as buyer --market "Class 3"', "in a market, by title or id"),
            ),
            handler="escrow_tui.cli.seat_commands:ADD_SEAT",
            notes="""\
The code opens the seat once: escrow-tui join CODE. Backstage is the carrier, the bank and the
clock.""",
        ),
        CliCommand(
            name="list",
            usage="[--market MARKET] [--json]",
            help="who sits where, and which codes wait",
            examples=(
                Example("seat list", "who sits where"),
                Example('seat list --market "Class 3" --json'),
            ),
            handler="escrow_tui.cli.seat_commands:LIST_SEATS",
        ),
        CliCommand(
            name="revoke",
            usage="SEAT",
            help="take a seat away, or a code that waits",
            examples=(Example("seat revoke k3m9qd", "from now on it sees and does nothing"),),
            handler="escrow_tui.cli.seat_commands:REVOKE_SEAT",
        ),
    ),
    exit_codes="0 it is done, 2 it cannot be",
    notes="""\
A code is printed once and opens a seat once: escrow-tui join CODE. Backstage is the carrier, the
bank and the clock. Seats part people who use this program; anyone who holds the store's file, or
the login of its database, can read and write all of it, so give that only to people you trust.""",
)

COMMANDS: tuple[CliCommand | CliGroup, ...] = (
    CliCommand(
        name="play",
        usage="NAME",
        help="begin an exercise",
        examples=(Example("play first-order", "begin an exercise"),),
        handler="escrow_tui.cli.screen_commands:PLAY",
    ),
    CliCommand(
        name="resume",
        usage="[RUN]",
        help="go on with a run",
        examples=(Example("resume", "go on with the last open run"),),
        handler="escrow_tui.cli.screen_commands:RESUME",
    ),
    CliCommand(
        name="run",
        usage="STORY.toml [--json]",
        help="play a story without a screen",
        examples=(
            Example("run STORY.toml", "play a story without a screen, and print what came of it"),
            Example("run STORY.toml --json", "the same, as one JSON object"),
        ),
        handler="escrow_tui.cli.story_command:RUN",
        exit_codes="0 all went as the story says, 1 a step did not, 2 nothing could be done",
    ),
    _POLICY,
    CliCommand(
        name="world",
        usage="--orders N [--seed S] [--title T] [--json]",
        help="fill a store with a market to browse",
        examples=(
            Example("world --orders 500", "fill the store with a market to browse"),
            Example("world --orders 10000 --seed 7", "a seed gives the same market anywhere"),
            Example('--store big.sqlite world --orders 100000 --title "A busy year"'),
        ),
        handler="escrow_tui.cli.world_command:WORLD",
        exit_codes="0 the market is there, 2 it could not be made, 130 cut off",
        notes="Cut off with Ctrl-C, nothing of it is left in the store.",
    ),
    _STORE,
    _SEAT,
    CliCommand(
        name="join",
        usage="[CODE | --seat SEAT]",
        help="take a seat in somebody's market",
        examples=(
            Example("join H7KP-3WQA-9DNM-X4TE", "take the seat that this code opens, once"),
            Example("join", "go on in the seat that was taken here last"),
            Example("join --seat k3m9qd", "in another one that was taken here"),
        ),
        handler="escrow_tui.cli.join_command:JOIN",
        exit_codes="0 it was left as it should be, 2 there is no such seat",
        notes="The key of a seat is kept in your own state folder, readable for you alone.",
    ),
)
