"""The tables of schema 2 as SQLite made them: those of schema 1 that changed, and new ones."""

_OF_MARKET = "FOREIGN KEY(market) REFERENCES market (id)"


def _made(columns: str, *, key: str, bound: str = _OF_MARKET, options: str = "") -> str:
    return f"({columns}, PRIMARY KEY ({key}), {bound}){options}"


CHANGED = {
    "market": _made(
        "id VARCHAR NOT NULL, title VARCHAR NOT NULL, started BIGINT NOT NULL,"
        " now BIGINT NOT NULL, seq BIGINT NOT NULL, head BLOB NOT NULL,"
        " policy_hash VARCHAR NOT NULL, parent VARCHAR NOT NULL, parent_seq BIGINT NOT NULL,"
        " seal BLOB NOT NULL",
        key="id",
        bound="FOREIGN KEY(policy_hash) REFERENCES policy (hash)",
    ),
    "entry": _made(
        "market VARCHAR NOT NULL, seq BIGINT NOT NULL, stream VARCHAR NOT NULL,"
        " version BIGINT NOT NULL, at BIGINT NOT NULL, role VARCHAR NOT NULL,"
        " person VARCHAR NOT NULL, command_id VARCHAR, body BLOB NOT NULL, hash BLOB NOT NULL",
        key="market, seq",
        bound=f"UNIQUE (market, stream, version), {_OF_MARKET}",
        options=" WITHOUT ROWID",
    ),
    "balance": _made(
        "market VARCHAR NOT NULL, account VARCHAR NOT NULL, currency VARCHAR NOT NULL,"
        " minor BIGINT NOT NULL",
        key="market, account, currency",
        options=" WITHOUT ROWID",
    ),
    "order_state": _made(
        "market VARCHAR NOT NULL, id VARCHAR NOT NULL, version BIGINT NOT NULL,"
        " phase VARCHAR NOT NULL, disputed BOOLEAN NOT NULL, dispute_phase VARCHAR NOT NULL,"
        " buyer VARCHAR NOT NULL, seller VARCHAR NOT NULL, mediator VARCHAR NOT NULL,"
        " placed_at BIGINT NOT NULL, next_deadline BIGINT, words VARCHAR NOT NULL,"
        " body BLOB NOT NULL",
        key="market, id",
    ),
    "phase_count": _made(
        "market VARCHAR NOT NULL, phase VARCHAR NOT NULL, dispute_phase VARCHAR NOT NULL,"
        " orders BIGINT NOT NULL",
        key="market, phase, dispute_phase",
        options=" WITHOUT ROWID",
    ),
    "trust": _made(
        "market VARCHAR NOT NULL, person VARCHAR NOT NULL, figure VARCHAR NOT NULL,"
        " count BIGINT NOT NULL",
        key="market, person, figure",
        options=" WITHOUT ROWID",
    ),
    "person": _made(
        "market VARCHAR NOT NULL, id VARCHAR NOT NULL, role VARCHAR NOT NULL,"
        " name VARCHAR NOT NULL, country VARCHAR NOT NULL, city VARCHAR NOT NULL,"
        " rating BIGINT NOT NULL, orders BIGINT NOT NULL, dispute_rate BIGINT NOT NULL,"
        " rulings_against BIGINT NOT NULL, false_shipments BIGINT NOT NULL, seal BLOB NOT NULL",
        key="market, id",
    ),
    "private": _made(
        "market VARCHAR NOT NULL, person VARCHAR NOT NULL, name VARCHAR NOT NULL,"
        " street VARCHAR NOT NULL, phone VARCHAR NOT NULL, card VARCHAR NOT NULL,"
        " seal BLOB NOT NULL",
        key="market, person",
    ),
    "listing": _made(
        "market VARCHAR NOT NULL, id VARCHAR NOT NULL, title VARCHAR NOT NULL,"
        " category VARCHAR NOT NULL, words VARCHAR NOT NULL, body BLOB NOT NULL,"
        " seal BLOB NOT NULL",
        key="market, id",
    ),
    "run": _made(
        "id VARCHAR NOT NULL, scenario VARCHAR NOT NULL, title VARCHAR NOT NULL,"
        " chair VARCHAR NOT NULL, mode VARCHAR NOT NULL, seed BIGINT NOT NULL,"
        " market VARCHAR NOT NULL, state VARCHAR NOT NULL, created VARCHAR NOT NULL,"
        " finished VARCHAR NOT NULL, score BIGINT, ending VARCHAR NOT NULL,"
        " content VARCHAR NOT NULL, seal BLOB NOT NULL",
        key="id",
    ),
    "run_log": _made(
        "run VARCHAR NOT NULL, number BIGINT NOT NULL, market VARCHAR NOT NULL,"
        " at VARCHAR NOT NULL, kind VARCHAR NOT NULL, body BLOB NOT NULL, seal BLOB NOT NULL",
        key="run, number",
        bound=f"FOREIGN KEY(run) REFERENCES run (id), {_OF_MARKET}",
    ),
}

SEAT = _made(
    "market VARCHAR NOT NULL, id VARCHAR NOT NULL, role VARCHAR NOT NULL,"
    " person VARCHAR NOT NULL, label VARCHAR NOT NULL, code_hash VARCHAR NOT NULL,"
    " key_hash VARCHAR NOT NULL, state VARCHAR NOT NULL, created VARCHAR NOT NULL,"
    " joined VARCHAR NOT NULL, seal BLOB NOT NULL",
    key="market, id",
)

INDEXES = (
    "UNIQUE INDEX entry_of_command ON entry (market, command_id) WHERE command_id IS NOT NULL",
    "INDEX listing_by_title ON listing (market, title, id)",
    "INDEX order_newest ON order_state (market, placed_at, id)",
    "INDEX order_of_buyer ON order_state (market, buyer, placed_at, id)",
    "INDEX order_of_seller ON order_state (market, seller, placed_at, id)",
    "INDEX order_disputed ON order_state (market, dispute_phase,"
    " coalesce(next_deadline, 4611686018427387904), id) WHERE disputed = 1",
    "INDEX order_due ON order_state (market, next_deadline, id) WHERE next_deadline IS NOT NULL",
    "INDEX order_frozen ON order_state (market, seller, id) WHERE phase = 'FROZEN'",
)
