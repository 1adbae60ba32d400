"""Clears what was deleted from the files of PostgreSQL, which otherwise leaves the bytes until it needs the space.

Each table is written anew without what was deleted (`VACUUM FULL`), and its old file is emptied. Nobody can read a
table meanwhile, so they go one by one, and a table that others use is left alone for a moment and tried again.
"""

import re
import time

from psycopg import Connection as Link
from psycopg.errors import Diagnostic, LockNotAvailable
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from assessment.store.errors import Unfinished
from assessment.store.tables import assessments, audit, events, invitations, members, own_cases, training_groups

TABLES = (events, assessments, members, invitations, audit, own_cases, training_groups)
"""What deleting takes something out of."""
PATIENCE = 2_000
"""How long to wait for those who use a table, in milliseconds; who comes after waits for us."""
TRIES = 10
PAUSE = 0.5


def clear(engine: Engine) -> None:
    """Write the tables anew without what was deleted.

    Raises:
        Unfinished: others kept using them, or this user of the database may not do it.
    """
    with engine.connect() as opened:
        connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql(f"SET lock_timeout = {PATIENCE}")
        try:
            for table in TABLES:
                _clear(connection, table.name)
        finally:
            connection.exec_driver_sql("RESET lock_timeout")


def _clear(connection: Connection, table: str) -> None:
    for _ in range(TRIES):
        try:
            if _written_anew(connection, table):
                return
        except OperationalError as problem:
            if not isinstance(problem.orig, LockNotAvailable):
                raise
        time.sleep(PAUSE)
    raise Unfinished


def _written_anew(connection: Connection, table: str) -> bool:
    """Write it anew; False where rows had to be kept for somebody who began to read before they were deleted."""
    told: list[tuple[str | None, str]] = []

    def hear(notice: Diagnostic) -> None:  # it can only be read now
        told.append((notice.severity_nonlocalized, notice.message_detail or ""))

    link = connection.connection.driver_connection
    assert isinstance(link, Link)
    link.add_notice_handler(hear)
    try:
        connection.exec_driver_sql(f"VACUUM (FULL, VERBOSE) {table}")
    finally:
        link.remove_notice_handler(hear)
    details = [found for _, detail in told if (found := re.match(r"\D*(\d+)", detail))]
    if not details or any(severity == "WARNING" for severity, _ in told):
        raise Unfinished  # it was passed over, as only its owner may do this
    return all(int(found.group(1)) == 0 for found in details)  # so many rows "cannot be removed yet"
