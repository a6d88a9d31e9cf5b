"""Assessments, which are never changed nor deleted, and `standing`, which is made from them.

`standing` has one row a series: its latest valid revision, with what totals need. Its two first indexes cover the
common measures, so that a unit's figures and an office's ranking are read from one index alone. `standing_months` adds
it up by unit and month.
"""

ASSESSMENTS = """
CREATE TABLE rubric_versions (
    id INTEGER PRIMARY KEY,
    rubric_id TEXT NOT NULL CHECK (rubric_id <> ''),
    rubric_kind TEXT NOT NULL CHECK (rubric_kind IN ('phone', 'sheet', 'framework')),
    rubric_hash TEXT NOT NULL,
    structure_hash TEXT NOT NULL,
    UNIQUE (rubric_id, rubric_hash, structure_hash, rubric_kind)
) STRICT;

CREATE TABLE assessments (
    id INTEGER PRIMARY KEY,
    series INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    counted INTEGER NOT NULL CHECK (counted IN (0, 1)),
    rubric_version_id INTEGER NOT NULL REFERENCES rubric_versions (id),
    office_id INTEGER NOT NULL REFERENCES units (id),
    unit_id INTEGER NOT NULL REFERENCES units (id),
    tester_id TEXT NOT NULL,
    tester_name TEXT NOT NULL,
    phone TEXT NOT NULL,
    called_at TEXT NOT NULL,
    form TEXT NOT NULL,
    points TEXT NOT NULL,
    sections TEXT NOT NULL,
    total TEXT NOT NULL,
    max TEXT NOT NULL,
    grade TEXT,
    remarks TEXT NOT NULL,
    kind TEXT CHECK (kind IN ('self', 'superior')),
    period TEXT,
    linked_to INTEGER,
    link_kind TEXT CHECK (link_kind IN ('no_answer_first', 'retest')),
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    source TEXT NOT NULL CHECK (source IN ('chat', 'import', 'demo')),
    fingerprint TEXT,
    reason TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    UNIQUE (series, revision),
    CHECK ((revision = 1) = (series = id)),
    CHECK ((revision = 1) = (reason IS NULL)),
    CHECK ((linked_to IS NULL) = (link_kind IS NULL))
) STRICT;
CREATE UNIQUE INDEX assessments_by_fingerprint ON assessments (fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX assessments_by_link ON assessments (linked_to) WHERE linked_to IS NOT NULL;
CREATE TRIGGER assessments_are_never_changed BEFORE UPDATE ON assessments
BEGIN SELECT RAISE(ABORT, 'an assessment is never changed: add a revision'); END;
CREATE TRIGGER assessments_are_never_deleted BEFORE DELETE ON assessments
BEGIN SELECT RAISE(ABORT, 'an assessment is never deleted: withdraw its series'); END;
"""

STANDING = """
CREATE TABLE standing (
    series INTEGER PRIMARY KEY,
    assessment_id INTEGER NOT NULL REFERENCES assessments (id),
    rubric_id TEXT NOT NULL,
    rubric_kind TEXT NOT NULL,
    office_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    tester_id TEXT NOT NULL,
    called_on TEXT NOT NULL,
    minute INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    weekday INTEGER NOT NULL,
    total INTEGER NOT NULL,
    max INTEGER NOT NULL,
    grade TEXT,
    kind TEXT,
    period TEXT,
    sequence INTEGER NOT NULL,
    link_kind TEXT,
    sections TEXT NOT NULL
) STRICT;
CREATE INDEX standing_by_office
    ON standing (office_id, rubric_id, unit_id, called_on, total, sequence, hour, weekday);
CREATE INDEX standing_by_unit ON standing (unit_id, rubric_id, called_on, total, sequence);
CREATE INDEX standing_by_tester ON standing (tester_id, called_on);
CREATE INDEX standing_by_day ON standing (called_on, minute);
"""

STANDING_MONTHS = """
CREATE TABLE standing_months (
    unit_id INTEGER NOT NULL,
    rubric_id TEXT NOT NULL,
    month TEXT NOT NULL,
    retest INTEGER NOT NULL CHECK (retest IN (0, 1)),
    kind TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 1),
    total INTEGER NOT NULL,
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    squares INTEGER NOT NULL,
    PRIMARY KEY (unit_id, rubric_id, month, retest, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO standing_months (unit_id, rubric_id, month, retest, kind, n, total, low, high, squares)
SELECT unit_id, rubric_id, substr(called_on, 1, 7), CASE WHEN link_kind = 'retest' THEN 1 ELSE 0 END,
    COALESCE(kind, ''), COUNT(*), SUM(total), MIN(total), MAX(total), SUM((total / 1000) * (total / 1000))
FROM standing
GROUP BY 1, 2, 3, 4, 5;
"""

WITHDRAWN = """
CREATE INDEX assessments_withdrawn ON assessments (series) WHERE withdrawn = 1;
"""
