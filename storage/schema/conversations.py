"""What a conversation must not lose: drafts, chat memories, updates taken in, messages to send, reminders."""

DRAFTS = """
CREATE TABLE drafts (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    person TEXT NOT NULL,
    chat TEXT NOT NULL,
    rubric_id TEXT NOT NULL,
    unit_id INTEGER REFERENCES units (id),
    state TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX drafts_by_person ON drafts (person, updated_at);
"""

SESSIONS = """
CREATE TABLE sessions (
    chat TEXT PRIMARY KEY CHECK (chat <> ''),
    state TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
"""

INBOX = """
CREATE TABLE inbox (
    update_id INTEGER PRIMARY KEY,
    chat TEXT NOT NULL,
    raw TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('new', 'done', 'poisoned')),
    attempts INTEGER NOT NULL DEFAULT 0,
    received_at TEXT NOT NULL,
    handled_at TEXT,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX inbox_waiting ON inbox (update_id) WHERE state = 'new';
"""

OUTBOX = """
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'failed', 'unknown', 'unreachable')),
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before TEXT,
    message_id INTEGER,
    why TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    settled_at TEXT
) STRICT;
CREATE INDEX outbox_waiting ON outbox (chat, id) WHERE state = 'pending';
"""

SCHEDULE = """
CREATE TABLE schedule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    due_at TEXT NOT NULL,
    chat TEXT NOT NULL,
    person TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind <> ''),
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'cancelled')),
    created_at TEXT NOT NULL,
    settled_at TEXT
) STRICT;
CREATE INDEX schedule_waiting ON schedule (due_at, id) WHERE state = 'waiting';
"""
