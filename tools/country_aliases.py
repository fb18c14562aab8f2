#!/usr/bin/env python3
"""Writes src/domain/country_aliases.tsv: other names and codes by which people look for a country.

    npm pack cldr-core@48.2.0 cldr-localenames-full@48.2.0 cldr-subdivisions-full@48.2.0
    python3 tools/country_aliases.py cldr-*-48.2.0.tgz

Columns: the ISO 3166-1 alpha-2 code; the alpha-3 code (CLDR, codeMappings.json); names from CLDR, with "~" between two
(English variants in territories.json, the parts of the United Kingdom in subdivisions); names in common use that CLDR
does not list (`COMMON` below). The usual names are not in the table, because the browser has them: they go to
src/domain/testdata/country_names.tsv for the tests.

CLDR is licensed Unicode-3.0 (https://www.unicode.org/license.txt).
"""

import json
import sys
import tarfile
from pathlib import Path

DOMAIN = Path(__file__).resolve().parent.parent / "src" / "domain"

# The subdivisions of CLDR that people take for countries.
SUBDIVISIONS = {"gbeng": "GB", "gbsct": "GB", "gbwls": "GB", "gbnir": "GB"}

# In common use, and in no English name of CLDR: abbreviations, former names, long forms, names in the own language.
COMMON = {
    "AE": ["UAE", "Emirates"],
    "AT": ["Österreich"],
    "BE": ["Belgique", "België"],
    "BN": ["Brunei Darussalam"],
    "BR": ["Brasil"],
    "BO": ["Plurinational State of Bolivia"],
    "CD": ["DRC", "Democratic Republic of the Congo", "Zaire"],
    "CG": ["Republic of the Congo"],
    "CH": ["Schweiz", "Suisse", "Svizzera"],
    "CN": ["PRC", "People's Republic of China", "Mainland China"],
    "DE": ["Deutschland", "Federal Republic of Germany"],
    "DK": ["Danmark"],
    "ES": ["España"],
    "FI": ["Suomi"],
    "FM": ["Federated States of Micronesia"],
    "GB": ["Great Britain", "Britain", "United Kingdom of Great Britain and Northern Ireland"],
    "GR": ["Hellas", "Hellenic Republic"],
    "HR": ["Hrvatska"],
    "HU": ["Magyarország"],
    "IE": ["Republic of Ireland", "Éire"],
    "IR": ["Islamic Republic of Iran"],
    "IT": ["Italia"],
    "JP": ["Nippon"],
    "KP": ["DPRK", "Democratic People's Republic of Korea"],
    "KR": ["Korea", "Republic of Korea"],
    "LA": ["Lao People's Democratic Republic"],
    "LK": ["Ceylon"],
    "MD": ["Republic of Moldova"],
    "MK": ["Macedonia", "FYROM"],
    "MM": ["Burma"],
    "MO": ["Macau"],
    "MX": ["México"],
    "NL": ["Holland", "The Netherlands", "Nederland"],
    "NO": ["Norge"],
    "NZ": ["Aotearoa"],
    "PL": ["Polska"],
    "RU": ["Russian Federation"],
    "SA": ["KSA", "Kingdom of Saudi Arabia"],
    "SE": ["Sverige"],
    "SK": ["Slovak Republic"],
    "SY": ["Syrian Arab Republic"],
    "TL": ["Timor"],
    "TW": ["Taiwan, Republic of China"],
    "TZ": ["United Republic of Tanzania"],
    "US": ["America", "United States of America"],
    "VA": ["Vatican", "Holy See"],
    "VN": ["Viet Nam"],
    "ZA": ["RSA", "Republic of South Africa", "Suid-Afrika"],
}


def read(archives, ending):
    """The JSON of the archives' one file whose path ends so."""
    for archive in archives:
        with tarfile.open(archive) as package:
            for member in package.getmembers():
                if member.name.endswith(ending):
                    return json.load(package.extractfile(member))
    sys.exit(f"no {ending} in {archives}")


def main(archives):
    territories = read(archives, "main/en/territories.json")["main"]["en"]["localeDisplayNames"]["territories"]
    subdivisions = read(archives, "subdivisions/en/en.json")["subdivisions"]["localeDisplayNames"]["subdivisions"]
    codes = read(archives, "supplemental/codeMappings.json")["supplemental"]["codeMappings"]
    listed = (DOMAIN / "country.rs").read_text(encoding="utf-8")
    listed = listed.split('CODES: &str = "')[1].split('"')[0].replace("\\\n", "").split()

    rows = []
    for code in listed:
        # Not the usual names: the browser knows those, in every language.
        names = [name for key, name in territories.items() if key.startswith(code + "-alt-")]
        names += [subdivisions[key] for key, country in SUBDIVISIONS.items() if country == code]
        names = [name for name in names if name != code]
        common = COMMON.get(code, [])
        assert not {territories[code], *names} & {*common}, (code, names, common)
        rows.append([code, codes[code]["_alpha3"], "~".join(names), "~".join(common)])
    write("country_aliases.tsv", rows)
    write("testdata/country_names.tsv", [[code, territories[code]] for code in listed])


def write(name, rows):
    lines = ["\t".join(cell or "-" for cell in row) + "\n" for row in rows]
    (DOMAIN / name).write_text("".join(lines), encoding="utf-8")
    print(f"src/domain/{name}: {len(lines)} rows")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(sys.argv[1:])
