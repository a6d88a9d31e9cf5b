"""Views with plain names for people who want SQL: documented column by column in docs/database.md.

Points are plain numbers here, for looking at; exact sums are made from the whole micro-points of `standing`.
"""

VIEWS = """
CREATE VIEW v_units AS
WITH RECURSIVE tree (id, full_name, depth) AS (
    SELECT id, name, 0 FROM units WHERE parent_id IS NULL
    UNION ALL
    SELECT units.id, tree.full_name || ' ' || units.name, tree.depth + 1
    FROM units JOIN tree ON units.parent_id = tree.id
)
SELECT u.id AS unit_id, u.name AS unit, tree.full_name, o.name AS office, u.office_id, u.parent_id, tree.depth,
    u.group_label, u.phones, u.active
FROM units AS u
JOIN tree ON tree.id = u.id
JOIN units AS o ON o.id = u.office_id;

CREATE VIEW v_people AS
SELECT p.id AS person_id, p.name, p.role, u.name AS unit, o.name AS office, p.unit_id, p.active, p.added_at, p.added_by
FROM people AS p
LEFT JOIN units AS u ON u.id = p.unit_id
LEFT JOIN units AS o ON o.id = u.office_id;

CREATE VIEW v_records AS
SELECT s.series, a.id AS record_id, a.revision, s.rubric_id, s.rubric_kind, o.name AS office, u.name AS unit,
    a.tester_name AS tester, s.tester_id, s.called_on, substr(a.called_at, 12, 5) AS called_time,
    CAST(substr(s.called_on, 1, 4) AS INTEGER) - 1911 AS roc_year, s.hour, s.weekday,
    s.total / 1000000.0 AS total, s.max / 1000000.0 AS max, s.grade, s.kind, s.period, s.sequence, a.linked_to,
    s.link_kind, a.phone, json_extract(a.remarks, '$.strengths') AS strengths,
    json_extract(a.remarks, '$.improvements') AS improvements, a.form, a.points, s.sections, a.source, a.reason,
    a.created_at, a.created_by, s.office_id, s.unit_id
FROM standing AS s
JOIN assessments AS a ON a.id = s.assessment_id
JOIN units AS u ON u.id = s.unit_id
JOIN units AS o ON o.id = s.office_id;

CREATE VIEW v_phone_tests AS
SELECT series, record_id, revision, rubric_id, office, unit, tester, called_on, called_time, roc_year, hour, weekday,
    total, max, sequence, linked_to, link_kind, phone, strengths, improvements, form, points, sections, source,
    office_id, unit_id, tester_id
FROM v_records
WHERE rubric_kind = 'phone';

CREATE VIEW v_revisions AS
SELECT a.series, a.id AS record_id, a.revision, a.withdrawn, a.counted, v.rubric_id, v.rubric_hash, v.structure_hash,
    o.name AS office, u.name AS unit, a.tester_name AS tester, a.called_at, CAST(a.total AS REAL) AS total,
    CAST(a.max AS REAL) AS max, a.grade, a.reason, a.created_at, a.created_by, a.form, a.points, a.remarks
FROM assessments AS a
JOIN rubric_versions AS v ON v.id = a.rubric_version_id
JOIN units AS u ON u.id = a.unit_id
JOIN units AS o ON o.id = a.office_id;

CREATE VIEW v_points AS
SELECT s.series, s.rubric_id, o.name AS office, u.name AS unit, s.called_on, p.key AS criterion, p.value AS points,
    s.unit_id
FROM standing AS s
JOIN assessments AS a ON a.id = s.assessment_id
JOIN json_each(a.points) AS p
JOIN units AS u ON u.id = s.unit_id
JOIN units AS o ON o.id = s.office_id;

CREATE VIEW v_unit_totals AS
SELECT o.name AS office, u.name AS unit, t.rubric_id, t.year, t.year - 1911 AS roc_year, t.tests, t.retests, t.mean,
    t.worst, t.best, t.first_on, t.last_on, t.office_id, t.unit_id
FROM (
    SELECT office_id, unit_id, rubric_id, CAST(substr(called_on, 1, 4) AS INTEGER) AS year, COUNT(*) AS tests,
        SUM(CASE WHEN sequence > 1 THEN 1 ELSE 0 END) AS retests, SUM(total) / 1000000.0 / COUNT(*) AS mean,
        MIN(total) / 1000000.0 AS worst, MAX(total) / 1000000.0 AS best, MIN(called_on) AS first_on,
        MAX(called_on) AS last_on
    FROM standing
    GROUP BY office_id, unit_id, rubric_id, year
) AS t
JOIN units AS u ON u.id = t.unit_id
JOIN units AS o ON o.id = t.office_id;

CREATE VIEW v_duties AS
SELECT d.id AS tick_id, d.plan_id, d.duty_id, o.name AS office, u.name AS unit, d.done_on, d.note, d.person,
    d.created_at, d.removed_at, d.removed_by, d.removed_reason, d.unit_id
FROM duty_ticks AS d
JOIN units AS u ON u.id = d.unit_id
JOIN units AS o ON o.id = u.office_id;

CREATE VIEW v_improvements AS
SELECT i.id AS improvement_id, i.series, i.criterion, o.name AS office, u.name AS unit, i.text, i.due_on, i.state,
    i.created_at, i.created_by, e.text AS last_text, e.person AS last_person, e.at AS last_at, i.unit_id
FROM improvements AS i
JOIN units AS u ON u.id = i.unit_id
JOIN units AS o ON o.id = u.office_id
JOIN improvement_entries AS e
    ON e.id = (SELECT MAX(l.id) FROM improvement_entries AS l WHERE l.improvement_id = i.id);

CREATE VIEW v_progress AS
SELECT o.name AS office, u.name AS unit, p.rubric_id, p.period, p.criterion, p.state, p.evidence, p.due_on,
    w.name AS owner_unit, p.person, p.at, p.unit_id
FROM progress AS p
JOIN units AS u ON u.id = p.unit_id
JOIN units AS o ON o.id = u.office_id
LEFT JOIN units AS w ON w.id = p.owner_unit_id
WHERE p.id IN (SELECT MAX(id) FROM progress GROUP BY unit_id, rubric_id, period, criterion);

CREATE VIEW v_unanswered AS
SELECT id AS question_id, question, times, first_at, last_at, answer, answered_by, answered_at
FROM unanswered;
"""
