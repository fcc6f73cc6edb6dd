"""What the preview shows of a file before anything is read in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jobformidler.core.ingest import LOADERS
from jobformidler.core.ingest.privacy import hide_cpr, holds_cpr
from jobformidler.core.models import Delivery
from jobformidler.core.tabular import FileError, Proposal, Reason, Spec, open_table, propose

SAMPLE = 5


@dataclass(frozen=True)
class Preview:
    """`problem` is the sentence why no row can be read, empty when rows can be. `sample` hides the end of CPR numbers."""

    spec: Spec
    proposals: list[Proposal]
    problem: str = ""
    header: list[tuple[str, str]] = field(default_factory=list)
    sample: list[list[str]] = field(default_factory=list)

    @property
    def unknown(self) -> list[str]:
        """Headers that mean nothing to us and that nobody has decided about."""
        return [one.header for one in self.proposals if one.header and one.how in ("unknown", "close")]


def look(kind: str, path: Path, mapping: Mapping[str, str]) -> Preview:
    """Open the file far enough to show it. Raises FileError when it is no table at all or begins with a person."""
    spec = LOADERS[kind].spec
    table = open_table(path, spec, mapping)
    if any(map(holds_cpr, table.header)):
        raise FileError(Reason.NO_HEADER, value=hide_cpr(", ".join(table.header)))
    problem = ""
    try:
        table.check()
    except FileError as error:
        problem = str(error)
    meaning = {place: spec.label_of(name) for name, place in table.columns.items()}
    hidden = table.columns.get("cpr")
    return Preview(
        spec=spec,
        proposals=propose(table.header, spec, mapping),
        problem=problem,
        header=[(title, meaning.get(place, "")) for place, title in enumerate(table.header)],
        sample=[[_hide(text, place == hidden) for place, text in enumerate(row)] for row in table.sample(SAMPLE)],
    )


def look_at(delivery: Delivery, path: Path) -> Preview:
    """`look` with the columns chosen for the delivery."""
    return look(delivery.kind, path, delivery.headers.get("mapping", {}))


def _hide(text: str, cpr: bool) -> str:
    text = hide_cpr(text)
    return f"{text[:-4]}xxxx" if cpr and text[-4:].isdigit() else text
