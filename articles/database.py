"""Opening the database: its address, its settings, the version of its schema.

Nothing else knows that the default database is SQLite.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, MetaData, Table, create_engine, event, insert, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from articles.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import URL
    from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
    from sqlalchemy.pool import ConnectionPoolEntry

SCHEMA_VERSION = 2
"""Version of the whole database. A change to any table, whichever package defines it, raises it."""

WAIT_SECONDS = 30
"""How long a writer waits for another one before it gives up."""

schema_versions = Table("schema_versions", MetaData(), Column("version", Integer, primary_key=True))


def open_engine(url: str, *, tables: MetaData) -> Engine:
    """Open a database and create tables in one that has none of Dateline's.

    Parameters
    ----------
    url : str
        SQLAlchemy's URL of a database. The folder of a SQLite file is created.
    tables : MetaData

    Raises
    ------
    StoreError
        It cannot be reached, is no database, holds other tables of the same names, or was written by a
        newer or an older Dateline.
    """
    address = _parse_url(url)
    name = address.database if _is_file(address) else address.render_as_string(hide_password=True)
    try:
        if _is_file(address):
            Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(address, json_serializer=partial(json.dumps, ensure_ascii=False))
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(f"{name} needs a database driver that is not installed: {error}") from error
    except OSError as error:
        raise StoreError(f"{name} cannot be opened: {error.strerror}") from error
    try:
        _prepare_schema(engine, tables, str(name), is_file=_is_file(address))
    except DatabaseError as error:
        engine.dispose()
        raise StoreError(f"{name} cannot be used as a database: {error.orig}") from error
    except StoreError:
        engine.dispose()
        raise
    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose changes are kept together at the end, or not at all."""
    with engine.connect().execution_options(dateline_writes=True) as connection, connection.begin():
        yield connection


def _parse_url(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "The address of the database is not one: expected something like "
            "sqlite:////folder/dateline.sqlite or postgresql+psycopg://user@host/name"
        ) from error


def _is_file(address: URL) -> bool:
    return address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:")


def _prepare_schema(engine: Engine, tables: MetaData, name: str, *, is_file: bool) -> None:
    """Create the tables of an empty database; refuse one that this Dateline cannot use."""
    with engine.connect() as connection:
        version = _read_version(connection)
    if version is None:
        # Asked again under the lock of a writer: another process may have been first.
        with transaction(engine) as connection:
            version = _read_version(connection)
            if version is None:
                for table in inspect(connection).get_table_names():
                    if table in tables.tables:
                        raise StoreError(f"{name} holds a table “{table}” that is not Dateline's")
                schema_versions.create(connection)
                tables.create_all(connection)
                connection.execute(insert(schema_versions).values(version=SCHEMA_VERSION))
    elif version > SCHEMA_VERSION:
        raise StoreError(
            f"{name} was written by a newer Dateline (schema {version}; this one knows {SCHEMA_VERSION}); "
            "update Dateline or name another database in DATELINE_DATABASE"
        )
    elif version < SCHEMA_VERSION:
        # Nothing is carried over before 1.0: all that is stored comes from documents, and comes again.
        way = "remove this file" if is_file else "name an empty database in DATELINE_DATABASE"
        raise StoreError(
            f"{name} was written by an older Dateline (schema {version}; this one needs {SCHEMA_VERSION}); "
            f"{way} and ingest your documents again"
        )


def _read_version(connection: Connection) -> int | None:
    if schema_versions.name not in inspect(connection).get_table_names():
        return None
    return connection.scalar(select(schema_versions.c.version).order_by(schema_versions.c.version.desc()))


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Set up a new SQLite connection; transactions are begun by `_begin_sqlite`."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    _begin_log(cursor)
    # With WAL this outlives a killed process; a power cut may cost the last articles, never the file.
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _begin_log(cursor: DBAPICursor) -> None:
    """Have changes written to a log first, which lets others read meanwhile; the file remembers it.

    SQLite does not wait for another process that is about it at the same time, whatever ``busy_timeout`` says.
    """
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: one that reads first and asks later can be refused without a wait.
    writes = connection.get_execution_options().get("dateline_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
