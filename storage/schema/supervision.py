"""What supervisors follow up: duties ticked off, improvements, sheets without points, feedback."""

DUTIES = """
CREATE TABLE duty_ticks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan_id TEXT NOT NULL CHECK (plan_id <> ''),
    duty_id TEXT NOT NULL CHECK (duty_id <> ''),
    unit_id INTEGER NOT NULL REFERENCES units (id),
    done_on TEXT NOT NULL,
    note TEXT NOT NULL,
    person TEXT NOT NULL,
    created_at TEXT NOT NULL,
    removed_at TEXT,
    removed_by TEXT,
    removed_reason TEXT,
    CHECK ((removed_at IS NULL) = (removed_by IS NULL))
) STRICT;
CREATE INDEX duty_ticks_by_unit ON duty_ticks (unit_id, plan_id, duty_id, done_on);
"""

IMPROVEMENTS = """
CREATE TABLE improvements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    series INTEGER,
    criterion TEXT NOT NULL,
    unit_id INTEGER NOT NULL REFERENCES units (id),
    text TEXT NOT NULL CHECK (text <> ''),
    due_on TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'returned', 'closed')),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL
) STRICT;
CREATE INDEX improvements_by_unit ON improvements (unit_id, state);
CREATE INDEX improvements_by_series ON improvements (series);
CREATE TABLE improvement_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    improvement_id INTEGER NOT NULL REFERENCES improvements (id),
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'returned', 'closed')),
    text TEXT NOT NULL
) STRICT;
CREATE INDEX improvement_entries_by_improvement ON improvement_entries (improvement_id, id);
CREATE TRIGGER improvement_entries_are_never_changed BEFORE UPDATE ON improvement_entries
BEGIN SELECT RAISE(ABORT, 'an entry is never changed: add another'); END;
CREATE TRIGGER improvement_entries_are_never_deleted BEFORE DELETE ON improvement_entries
BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;
"""

PROGRESS = """
CREATE TABLE progress (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    unit_id INTEGER NOT NULL REFERENCES units (id),
    rubric_id TEXT NOT NULL CHECK (rubric_id <> ''),
    criterion TEXT NOT NULL CHECK (criterion <> ''),
    period TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('not_started', 'in_progress', 'done')),
    evidence TEXT NOT NULL,
    due_on TEXT,
    owner_unit_id INTEGER REFERENCES units (id),
    person TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX progress_by_sheet ON progress (unit_id, rubric_id, period, criterion, id);
CREATE TRIGGER progress_is_never_changed BEFORE UPDATE ON progress
BEGIN SELECT RAISE(ABORT, 'progress is never changed: add a row'); END;
CREATE TRIGGER progress_is_never_deleted BEFORE DELETE ON progress
BEGIN SELECT RAISE(ABORT, 'progress is never deleted'); END;
"""

FEEDBACK = """
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person TEXT NOT NULL,
    chat TEXT NOT NULL,
    question TEXT NOT NULL,
    passage_id TEXT NOT NULL,
    vote INTEGER NOT NULL CHECK (vote IN (-1, 1)),
    note TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (person, question, passage_id)
) STRICT;
CREATE TABLE unanswered (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    question TEXT NOT NULL UNIQUE CHECK (question <> ''),
    times INTEGER NOT NULL CHECK (times >= 1),
    person TEXT NOT NULL,
    chat TEXT NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    answer TEXT,
    answered_by TEXT,
    answered_at TEXT,
    CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;
"""
