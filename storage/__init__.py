"""What must survive: the only package that speaks SQL."""

from storage.assessment import NewRecord, Record, fingerprint
from storage.audit import AuditEntry
from storage.drafts import Draft
from storage.duties import Tick
from storage.errors import Conflict, EngineFault, NewerFile, NotFound, Refused, StorageError, UserFault
from storage.feedback import Opinion, Unanswered
from storage.improvements import Entry, Improvement
from storage.inbox import InboxItem
from storage.outbox import OutboxRow
from storage.people import Person, Role
from storage.progress import Progress
from storage.records import ImportCounts, RecordFilter
from storage.schedule import Reminder
from storage.store import Store, open_store
from storage.times import TAIPEI
from storage.units import Unit

__all__ = [
    "TAIPEI",
    "AuditEntry",
    "Conflict",
    "Draft",
    "EngineFault",
    "Entry",
    "ImportCounts",
    "Improvement",
    "InboxItem",
    "NewRecord",
    "NewerFile",
    "NotFound",
    "Opinion",
    "OutboxRow",
    "Person",
    "Progress",
    "Record",
    "RecordFilter",
    "Refused",
    "Reminder",
    "Role",
    "StorageError",
    "Store",
    "Tick",
    "Unanswered",
    "Unit",
    "UserFault",
    "fingerprint",
    "open_store",
]
