"""The common nouns in places' names: "Province", "Kabupaten", "air base".

They tell what kind of place is meant, so they serve twice: a name is also found without them, and a text
that says "Hangu district" asks for a district.
"""

from __future__ import annotations

import re

from geodata.model import Kind

KIND_BY_NOUN = {
    **dict.fromkeys(
        (
            "province state governorate region oblast krai republic emirate prefecture voivodeship"
            " canton wilayah wilaya vilayat provincia estado territory"
        ).split(),
        Kind.ADMIN1,
    ),
    **dict.fromkeys("محافظه ولايه اقليم استان область край провінція 省 州".split(), Kind.ADMIN1),
    **dict.fromkeys("مديريه قضاء شهرستان район уезд 县 區".split(), Kind.ADMIN2),
    **dict.fromkeys("مدينه قريه بلده شهر город село посёлок деревня місто 市 镇 村".split(), Kind.CITY),
    **dict.fromkeys(
        (
            "district county regency department departamento municipality parish borough shire"
            " raion rayon kabupaten tehsil taluk subdistrict cercle woreda zone commune division"
            " lga upazila payam chiefdom locality"
        ).split(),
        Kind.ADMIN2,
    ),
    **dict.fromkeys(["city", "town", "village", "hamlet", "township", "settlement", "suburb"], Kind.CITY),
    **dict.fromkeys(
        (
            "airport airfield airbase aerodrome base prison penitentiary jail camp dam port harbor"
            " harbour crossing barracks garrison checkpoint refinery mine shipyard facility reactor"
            " terminal monastery palace bridge"
        ).split(),
        Kind.SITE,
    ),
    **dict.fromkeys(
        ("sea ocean gulf bay strait straits lake river canal channel reservoir lagoon").split(),
        Kind.WATER,
    ),
    **dict.fromkeys(
        (
            "peninsula island islands archipelago plateau desert mountains valley basin corridor"
            " plain plains coast delta reef shoal"
        ).split(),
        Kind.REGION,
    ),
}
"""Folded common noun → the kind of place that it announces."""

_GENERIC_HEAD = (
    "Kabupaten Kota Provinsi Provincia Província Province Provincie Departamento"
    " Département Department Departement Distrito District Distrikt Municipio Município"
    " Municipality Comune Commune Comuna Gemeente Gemeinde Landkreis Kreis Kreisfreie Stadt"
    " Estado State Región Region Regione Regiunea County Comitatul Județul Judeţul Powiat"
    " Województwo Okres Opština Obshtina Общината Arrondissement Cercle Canton Cantón"
    " Distrito Metropolitana Free Hansestadt Muḩāfaz̧at Muhafazat Wilāyat Wilayat Wilaya"
    " Governorate Gouvernorat Ostān-e Shahrestān-e Shahrestan-e Şahristan Raionul Raion"
    " Rayon Khetphūmiphāk Changwat Amphoe Huyện Tỉnh Thành Phố Thị Xã Quận"
).split()
_GENERIC_TAIL = (
    "Province State Governorate Region Oblast Oblasts Krai Prefecture Voivodeship Canton"
    " District Districts County Regency Department Municipality Municipal Parish Borough"
    " Census Area Shire Raion Rayon Rayonu Tehsil Zone Woreda Division Subdistrict Shi"
    " Sheng Xian Qu Ken Kommune Kommun kommun län Rajon Territory Autonomous Special"
    " Administrative Capital Metropolitan Metropolitaine City Agency Union Community"
    " Comarca Constituency Atoll Island Council Ward Oblys Oblast' Oblasty Velayat Viloyati"
    " Vilayeti İli Ili"
).split()
_CONNECTORS = frozenset({"de", "del", "da", "do", "di", "du", "des", "la", "of", "the", "al"})
_FIRST = frozenset(word.casefold() for word in _GENERIC_HEAD)
_LAST = frozenset(word.casefold() for word in _GENERIC_TAIL)
_DE_ELISION = re.compile(r"^(?:d['’]|de l['’])", re.IGNORECASE)


def strip_generic(name: str) -> str:
    """Return an administrative unit's name without its common nouns.

    Parameters
    ----------
    name : str
        As listed: "Mastung District", "Kabupaten Nduga", "Provincia di Roma".

    Returns
    -------
    str
        The bare name, or the whole where nothing else would be left.
    """
    words = name.split()
    while len(words) > 1 and words[0].casefold() in _FIRST:
        words = words[1:]
        if len(words) > 1 and words[0].casefold() in _CONNECTORS:
            words = words[1:]
        words[0] = _DE_ELISION.sub("", words[0])
    while len(words) > 1 and words[-1].casefold() in _LAST:
        words = words[:-1]
    return " ".join(words)


_SITE_TAIL = re.compile(
    r"(?:\s+(?:international|regional|military|naval|nuclear|air|army|refugee|border|power|joint))*"
    r"\s+(?:air\s?base|airbase|airfield|airport|base|station|facility|prison|penitentiary|jail|camp|dam|port|crossing"
    r"|barracks|garrison|complex|plant|site|centre|center|mine|refinery|terminal)$",
    re.IGNORECASE,
)


def strip_site(name: str) -> str:
    """Return a site's name without what kind of site it is.

    Parameters
    ----------
    name : str
        "Al Jufra Air Base", "Tocorón prison".

    Returns
    -------
    str
        The bare name, by which a list of bases or prisons calls it; the whole where it says no kind.
    """
    return _SITE_TAIL.sub("", name)
