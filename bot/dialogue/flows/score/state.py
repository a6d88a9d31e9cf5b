"""What a half-filled form remembers: plain JSON, saved at every answer, so that a crash or a week loses nothing.

Answers to closed branches stay here aside; only open ones are ever scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass
class State:
    """A draft's memory. Moments are ISO 8601 with +08:00.

    `stage` is what is asked now: phone, kind, period, item, reason, wait, ago, summary, remark, time, revise.
    `at` is the item's id, `pending` the option or band whose points are awaited. `remark` is the comment being written.
    """

    stage: str = "item"
    at: str = ""
    pending: str = ""
    proposal: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    overruled: list[str] = field(default_factory=list)
    remarks: dict[str, str] = field(default_factory=dict)
    remark: str = ""
    phone: str = ""
    started_at: str = ""
    called_at: str = ""
    kind: str = ""
    period: str = ""
    watch: dict[str, str] = field(default_factory=dict)
    wait: dict[str, Any] = field(default_factory=dict)
    first_call: dict[str, Any] = field(default_factory=dict)
    revises: int = 0
    base: int = 0
    trial: bool = False
    structure: str = ""

    def to_json(self) -> dict[str, Any]:
        """The JSON that storage keeps, without what is empty."""
        return {name: value for name, value in asdict(self).items() if value or name == "stage"}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> State:
        """Reads what storage kept; what an older version did not know stays empty."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})
