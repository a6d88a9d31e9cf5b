"""Offices and units in one tree, people, settings, and the trail of who did what."""

UNITS = """
CREATE TABLE units (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES units (id),
    office_id INTEGER NOT NULL REFERENCES units (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL CHECK (name <> ''),
    group_label TEXT,
    phones TEXT NOT NULL DEFAULT '[]',
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at TEXT NOT NULL,
    CHECK ((parent_id IS NULL) = (office_id = id))
) STRICT;
CREATE UNIQUE INDEX units_one_name_among_siblings ON units (COALESCE(parent_id, 0), name);
CREATE INDEX units_by_parent ON units (parent_id);
CREATE INDEX units_by_office ON units (office_id);
"""

PEOPLE = """
CREATE TABLE people (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('staff', 'tester', 'supervisor', 'admin')),
    unit_id INTEGER REFERENCES units (id),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL
) STRICT;
"""

SETTINGS = """
CREATE TABLE settings (
    owner TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    value TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (owner, key)
) STRICT;
"""

AUDIT = """
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action <> ''),
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_subject ON audit (subject, id);
CREATE INDEX audit_by_person ON audit (person, id);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is never deleted'); END;
"""
