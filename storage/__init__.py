"""What must survive: the only package that speaks SQL."""

from storage.assessment import NewRecord, Record, fingerprint
from storage.audit import AuditEntry
from storage.drafts import Draft
from storage.errors import Conflict, EngineFault, NewerFile, NotFound, Refused, StorageError, UserFault
from storage.inbox import InboxItem
from storage.outbox import OutboxRow
from storage.people import Person, Role
from storage.records import ImportCounts, RecordFilter
from storage.store import Store, open_store
from storage.times import TAIPEI
from storage.units import Unit

__all__ = [
    "TAIPEI",
    "AuditEntry",
    "Conflict",
    "Draft",
    "EngineFault",
    "ImportCounts",
    "InboxItem",
    "NewRecord",
    "NewerFile",
    "NotFound",
    "OutboxRow",
    "Person",
    "Record",
    "RecordFilter",
    "Refused",
    "Role",
    "StorageError",
    "Store",
    "Unit",
    "UserFault",
    "fingerprint",
    "open_store",
]
