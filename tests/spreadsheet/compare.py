"""Compares what LibreOffice read from a workbook with the CSV of its sections."""

import csv
import sys
from pathlib import Path

SHEETS = {
    "glance": "At a glance",
    "domains": "Domains",
    "changes": "What changed",
    "map": "Judgements",
    "hot-spots": "Hot spots",
    "commitments": "Commitments",
    "slos": "SLOs beside scores",
    "talk": "Worth talking about",
    "waivers": "Waivers and small print",
}
LETTERS = {
    "green": "G",
    "amber": "A",
    "red": "R",
    "not-applicable": "n/a",
    "not-assessed": "·",
    "needs-rescore": "?",
}


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def plain(field):
    """A field without what differs in form only: line breaks, case of truth, a sign for percent."""
    field = " ".join(field.split())
    if field in ("TRUE", "FALSE"):
        return field.lower()
    number = field.removesuffix("%")
    try:
        return round(float(number), 6)
    except ValueError:
        return field


def compare(section, expected, found):
    """Row by row and field by field; the headers are other words for the same."""
    assert len(found) == len(expected), f"{section}: {len(found)} rows instead of {len(expected)}"
    for at, (ours, theirs) in enumerate(zip(expected[1:], found[1:]), start=2):
        # An apostrophe marks what is text in CSV; cells need none.
        ours = [plain(field.removeprefix("'")) for field in ours]
        theirs = [plain(field) for field in theirs]
        assert ours == theirs, f"{section}, row {at}:\n  {ours}\n  {theirs}"
    return sum(len(row) for row in expected[1:])


def compare_map(judgements, found):
    """The wide map against its judgements: each service once, each letter the status."""
    header, *judgements = judgements
    judgements = [dict(zip(header, row)) for row in judgements]
    # Above the headings are the pillars, and the rubrics where there are several.
    headings = next(at for at, row in enumerate(found) if row and row[0] == "Service")
    categories = {title: at for at, title in enumerate(found[headings]) if at >= 5}
    services = {row[0]: row for row in found[headings + 1 :] if len(row) > 5 and row[3]}
    assert set(services) == {row["service_title"] for row in judgements}, "the map has other services"
    for row in judgements:
        cell = services[row["service_title"]][categories[row["category_title"]]]
        expected = LETTERS[row["status"]]
        assert cell.strip("»↥~") == expected, f"the map, {row['service']}, {row['category']}: {cell}"
        assert ("~" in cell) == (row["stale"] == "true"), f"the map, {row['service']}, {row['category']}: {cell}"
    return len(judgements)


def main():
    folder = Path(sys.argv[1])
    fields = 0
    sections = sorted(folder.glob("*.csv"))
    assert sections, "there is nothing to compare"
    for path in sections:
        expected = rows(path)
        fields += compare(path.stem, expected, rows(folder / "read" / f"pack-{SHEETS[path.stem]}.csv"))
        if path.stem == "map":
            fields += compare_map(expected, rows(folder / "read" / "pack-The map.csv"))
    about = dict(rows(folder / "read" / "pack-About.csv"))
    assert about["As of"] == "2026-11-20", about
    print(f"{folder.name}: {len(sections)} sheets, {fields} fields: the same")


try:
    main()
except AssertionError as error:
    sys.exit(f"LibreOffice reads it differently: {error}")
