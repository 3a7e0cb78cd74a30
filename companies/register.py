"""The record of processing activities (Article 30 GDPR) as a document, made from the data map."""

from collections.abc import Iterator
from itertools import groupby

from companies.data_map import AtErasure, Kind, Table, tables
from companies.processing import ABOUT, BASES, KEPT, PURPOSES

HEAD = """# Record of processing activities

Article 30 of the General Data Protection Regulation. Made by `./run manage processing_register` from
`companies/data_map.toml`; a test fails when the two differ. Controllers: the host organisations, jointly (Article 26);
the operator of the installation, hosting and mail are processors (Article 28). Recipients: the firm's own host
organisation; a broker in another country whom the firm named; nobody outside the European Union. Safety measures:
`docs/architecture.md`.
"""
AFTERWARDS = {
    AtErasure.KEEP: "stays",
    AtErasure.BLANK: "columns are blanked",
    AtErasure.DELETE: "rows are deleted",
}


def register() -> str:
    """The whole document; tables without data on people are left out."""
    return "\n".join([HEAD, *_parts()])


def _parts() -> Iterator[str]:
    def purpose(table: Table) -> str:
        return table.purpose

    held = [table for table in tables().values() if table.columns(Kind.PERSONAL, Kind.RESTRICTED)]
    for code, group in groupby(sorted(held, key=purpose), purpose):
        yield f"## {PURPOSES[code]}\n"
        for table in group:
            yield _entry(table)


def _entry(table: Table) -> str:
    lines = [
        f"**{table.label}**",
        "",
        f"- Whose data: {ABOUT[table.about]}",
        f"- Data: {', '.join(table.columns(Kind.PERSONAL)) or 'none that a person could read'}",
        f"- Guarded as secrets: {', '.join(table.columns(Kind.RESTRICTED)) or 'none'}",
        f"- Basis: {BASES[table.basis]}",
        f"- Kept: {KEPT[table.kept]}",
        f"- When a firm is erased: {AFTERWARDS[table.at_erasure] if table.is_of_firms else 'not concerned'}",
        "",
    ]
    return "\n".join(lines)
