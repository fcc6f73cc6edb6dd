"""A citizen's months on public support as the registers tell them (CIT-19)."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from jobformidler.citizens.models import Citizen
from jobformidler.law.support import MONTHS, jobfirst_profile, support_months
from jobformidler.registers.enums import SpellKind
from jobformidler.registers.models import Spell

#: Benefits of the citizen's register file that are not support: whoever is in fleksjob works.
NOT_SUPPORT = frozenset({"", "fleksjob"})
_ON_SUPPORT = (SpellKind.LEDIGHEDSYDELSE, SpellKind.UNEMPLOYED)


@dataclass(frozen=True)
class Support:
    """Months with support among the last `of` whole months."""

    months: int
    of: int = MONTHS

    @property
    def jobfirst(self) -> bool:
        """The JobFirst profile: more than 5 of the last 6 years."""
        return jobfirst_profile(self.months)


def support(citizen: Citizen, day: dt.date) -> Support:
    """Count the months before the month of `day`. One query.

    Registered periods of ledighedsydelse and other unemployment count, and today's benefit from its first day on; where
    it is ledighedsydelse and periods of it are registered, those alone. Maternity is not counted.
    """
    rows = Spell.objects.filter(citizen=citizen, kind__in=_ON_SUPPORT).values_list("kind", "start", "end")
    tomorrow = day + dt.timedelta(1)
    periods = [(start, end or tomorrow) for _kind, start, end in rows]
    told = citizen.benefit == SpellKind.LEDIGHEDSYDELSE and bool(periods)
    if citizen.benefit not in NOT_SUPPORT and citizen.benefit_from and not told:
        periods.append((citizen.benefit_from, tomorrow))
    columns = np.array([(start.toordinal(), end.toordinal()) for start, end in periods], np.int32).reshape(-1, 2)
    whose = np.zeros(len(periods), np.int32)
    return Support(int(support_months(whose, columns[:, 0], columns[:, 1], people=1, day=day)[0]))
