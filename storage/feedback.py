"""What people thought of answers (👍 👎), and the questions that found none.

A person has one vote on an answer; pressing again replaces it. A question asked again counts up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage import times
from storage.engine import Engine, Row
from storage.errors import Conflict, NotFound, Refused

Vote = Literal[-1, 1]


@dataclass(frozen=True)
class Opinion:
    """One person's vote on the passage that answered a question: 1 helpful, -1 not."""

    id: int
    person: str
    chat: str
    question: str
    passage_id: str
    vote: Vote
    note: str
    at: datetime


@dataclass(frozen=True)
class Unanswered:
    """A question that found no answer, how often it was asked, by whom last, and an expert's answer (or None)."""

    id: int
    question: str
    times: int
    person: str
    chat: str
    first_at: datetime
    last_at: datetime
    answer: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Feedback:
    """The opinions' and open questions' only door."""

    engine: Engine
    clock: times.Clock

    def vote(self, person: str, chat: str, question: str, passage_id: str, vote: Vote, note: str = "") -> Opinion:
        """Keeps the vote in the place of an earlier one of the same person on the same answer."""
        row = {
            "person": person,
            "chat": chat,
            "question": question,
            "passage_id": passage_id,
            "vote": vote,
            "note": note,
            "at": times.text(self.clock()),
        }
        sql = (
            "INSERT INTO feedback (person, chat, question, passage_id, vote, note, at)"
            " VALUES (:person, :chat, :question, :passage_id, :vote, :note, :at)"
            " ON CONFLICT (person, question, passage_id) DO UPDATE SET chat = excluded.chat, vote = excluded.vote,"
            " note = excluded.note, at = excluded.at RETURNING *"
        )
        with self.engine.transaction():
            return _opinion(self.engine.rows(sql, row)[0])

    def log_unanswered(self, question: str, person: str, chat: str) -> Unanswered:
        """Keeps a question that found no answer, or counts it up. Raises Refused (empty)."""
        question = " ".join(question.split())
        if not question:
            raise Refused("請寫下問題。")
        sql = (
            "INSERT INTO unanswered (question, times, person, chat, first_at, last_at)"
            " VALUES (:question, 1, :person, :chat, :now, :now)"
            " ON CONFLICT (question) DO UPDATE SET times = unanswered.times + 1, person = excluded.person,"
            " chat = excluded.chat, last_at = excluded.last_at RETURNING *"
        )
        row = {"question": question, "person": person, "chat": chat, "now": times.text(self.clock())}
        with self.engine.transaction():
            return _unanswered(self.engine.rows(sql, row)[0])

    def answer(self, unanswered_id: int, text: str, person: str) -> Unanswered:
        """An expert answers, once. Raises NotFound, Refused (no text), Conflict (answered already)."""
        if not text.strip():
            raise Refused("請寫下回答。")
        with self.engine.transaction():
            row = self.engine.row("SELECT * FROM unanswered WHERE id = :id", {"id": unanswered_id})
            if row is None:
                raise NotFound("找不到這個問題。")
            if row["answered_at"]:
                raise Conflict("這個問題已經有人回答了。")
            sql = """
                UPDATE unanswered SET answer = :text, answered_by = :person, answered_at = :now
                WHERE id = :id RETURNING *
            """
            now = times.text(self.clock())
            parameters = {"id": unanswered_id, "text": text.strip(), "person": person, "now": now}
            return _unanswered(self.engine.rows(sql, parameters)[0])

    def unanswered(self, *, with_answered: bool = False, limit: int = 100) -> list[Unanswered]:
        """Open questions, most often asked first."""
        sql = """
            SELECT * FROM unanswered WHERE answer IS NULL OR :with_answered = 1
            ORDER BY times DESC, last_at DESC, id LIMIT :limit
        """
        rows = self.engine.rows(sql, {"with_answered": int(with_answered), "limit": limit})
        return [_unanswered(row) for row in rows]


def _opinion(row: Row) -> Opinion:
    return Opinion(
        id=row["id"],
        person=row["person"],
        chat=row["chat"],
        question=row["question"],
        passage_id=row["passage_id"],
        vote=row["vote"],
        note=row["note"],
        at=times.moment(row["at"]),
    )


def _unanswered(row: Row) -> Unanswered:
    return Unanswered(
        id=row["id"],
        question=row["question"],
        times=row["times"],
        person=row["person"],
        chat=row["chat"],
        first_at=times.moment(row["first_at"]),
        last_at=times.moment(row["last_at"]),
        answer=row["answer"],
        answered_by=row["answered_by"],
        answered_at=times.maybe_moment(row["answered_at"]),
    )
