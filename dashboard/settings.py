"""What can be configured from outside, read from the environment at one place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

READ_ONLY = "DATELINE_READ_ONLY"
"""How ``dateline serve --read-only`` tells the app. Whatever is not plainly a no makes it read-only."""

NO = ("", "0", "false", "no", "off")

SPACY = "DATELINE_SPACY"
"""Names a spaCy pipeline."""

GEOCODER = "DATELINE_GEOCODER"
"""Names the online geocoders; the names of what they need begin with it."""


@dataclass(frozen=True)
class Settings:
    """What can be configured from outside.

    Attributes
    ----------
    home : Path
        The data folder; it need not exist yet.
    database_url : str
        SQLAlchemy's URL of the database.
    read_only : bool
        Whether the dashboard offers nothing that changes data.
    spacy : str
        Name or folder of a spaCy pipeline that has a say in what names a place; empty: none.
    geocoders : tuple of str
        Online services that are asked for what the gazetteer lacks, in this order; empty: nobody is asked.
    geocoder_url : str
        Address of a server of one's own; empty: the public one.
    geocoder_contact, geocoder_user : str
        Who asks, for the servers whose policy wants to know, and the account at GeoNames.
    """

    home: Path
    database_url: str
    read_only: bool = False
    spacy: str = ""
    geocoders: tuple[str, ...] = ()
    geocoder_url: str = ""
    geocoder_contact: str = ""
    geocoder_user: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the variables whose names begin with ``DATELINE_``; an empty one is not set.

        They are ``DATELINE_HOME``, ``DATELINE_DATABASE``, ``DATELINE_READ_ONLY``, ``DATELINE_SPACY`` and
        ``DATELINE_GEOCODER`` with what belongs to it. Those of tiles are read by `dashboard.map.tiles`.
        """
        if named := environment.get("DATELINE_HOME", "").strip():
            # Absolute, so that a server started elsewhere or a changed folder means the same place.
            home = Path(named).expanduser().absolute()
        else:
            from platformdirs import user_data_path

            home = user_data_path("dateline", appauthor=False)
        url = environment.get("DATELINE_DATABASE", "").strip()
        return cls(
            home=home,
            database_url=url or _to_url(home / "dateline.sqlite"),
            read_only=environment.get(READ_ONLY, "").strip().lower() not in NO,
            spacy=environment.get(SPACY, "").strip(),
            geocoders=tuple(environment.get(GEOCODER, "").lower().replace(",", " ").split()),
            geocoder_url=environment.get(f"{GEOCODER}_URL", "").strip(),
            geocoder_contact=environment.get(f"{GEOCODER}_CONTACT", "").strip(),
            geocoder_user=environment.get(f"{GEOCODER}_USER", "").strip(),
        )

    @property
    def themes(self) -> Path | None:
        """A vocabulary of themes of the user's own: ``themes.toml`` in the data folder. None: the bundled one."""
        path = self.home / "themes.toml"
        return path if path.is_file() else None

    @property
    def geocoder_answers(self) -> Path:
        """File in which the answers of online geocoders are kept."""
        return self.home / "geocoders.sqlite"

    @property
    def regions(self) -> Path | None:
        """A table of regions of the user's own: ``regions.csv`` in the data folder. None: the bundled one alone."""
        path = self.home / "regions.csv"
        return path if path.is_file() else None

    @property
    def tiles(self) -> Path:
        """The file that names sources of tiles; it need not exist."""
        return self.home / "tiles.toml"

    @property
    def views(self) -> Path:
        """The file of the saved views; it need not exist yet."""
        return self.home / "views.json"

    @property
    def gazetteer(self) -> Path:
        """Folder of the gazetteer's index."""
        return self.home / "gazetteer"


def _to_url(file: Path) -> str:
    """Return a SQLite file's address, as `sqlalchemy.engine.URL.create` would: loading that takes long."""
    # What else a URL gives a meaning to, SQLAlchemy takes as it stands.
    return f"sqlite:///{str(file).replace('%', '%25').replace('?', '%3F')}"
