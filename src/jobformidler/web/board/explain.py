"""What the figures of the board mean: definitions, and how somebody else comes to the same number."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobformidler.core.models import Municipality
from jobformidler.web import danish
from jobformidler.web.board.practice import practice_meanings

SECTIONS = ("vejen", "udvikling", "virksomheder", "sagsstammer", "noegletal", "praksis")


@dataclass(frozen=True)
class Section:
    """A section of the board: what each figure is, and how to reproduce it."""

    title: str
    meanings: list[tuple[str, str]]
    again: list[str]


def sections(municipality: Municipality) -> dict[str, Section]:
    """The explanations with this municipality's settings in them."""
    goal = danish.days(municipality.step_goal_days)
    least = danish.number(municipality.small_cell)
    counted = _(
        "Counted are the cases you may see that were open at some time in the period, in the unit and on the benefit chosen."
    )
    hidden = _("Management without access to cases sees no names, and no numbers under %(n)s.") % {"n": least}
    return {
        "vejen": Section(
            _("The way to ordinary hours"),
            [
                (_("CV"), _("A CV is started. Not counted before the day the case was opened.")),
                (_("Internship"), _("The first day of a placement that has begun.")),
                (
                    _("Work agreement"),
                    _(
                        "The day the municipality approved the agreement. It comes before the first day at the workplace,"
                        " so there are seldom days between the two."
                    ),
                ),
                (_("Ordinary hours"), _("The first week with paid hours reported.")),
                (
                    _("More hours"),
                    _(
                        "The first week with more paid hours, over all workplaces, than in the first week with paid hours."
                    ),
                ),
                (_("Went on"), _("Of those who have reached the step: the share that has also reached the next one.")),
                (
                    _("Median time"),
                    _(
                        "Days from somebody stands in the step until the next one is reached; half took longer."
                        " With an even number of people the lower of the two in the middle."
                    ),
                ),
                (
                    _("Waiting here"),
                    _("The case is not ended, and this step is the furthest. The goal is %(days)s in each step.")
                    % {"days": goal},
                ),
            ],
            [
                counted,
                _("Click a number: the list behind it is asked the same question and has as many rows."),
                _("A registration that is withdrawn or corrected moves the case back at once."),
                hidden,
            ],
        ),
        "udvikling": Section(
            _("Development"),
            [
                (
                    _("Citizens in placements"),
                    _("Citizens in a placement that had begun and was not over in the week, each counted once."),
                ),
                (
                    _("Citizens with ordinary hours"),
                    _("Citizens with at least one paid hour reported in the week, each counted once."),
                ),
                (
                    _("Paid hours a week"),
                    _("The sum of paid hours reported for the week, internship hours not counted."),
                ),
            ],
            [
                _("The last twelve whole weeks, Monday to Sunday. A week nobody has reported yet counts as none."),
                counted,
                hidden,
            ],
        ),
        "virksomheder": Section(
            _("Where the hours arise"),
            [
                (_("Paid hours"), _("The sum of paid hours at the workplace in the last whole week.")),
                (
                    _("Placements this year"),
                    _(
                        "Approved placements that have begun and were under way at some time this year,"
                        " and how many of them have given paid hours at any time."
                    ),
                ),
                (_("Industry"), _("By the first two digits of the industry code in the CVR register.")),
                (_("Function"), _("As it is written in the agreement.")),
            ],
            [counted, _("Workplaces are in the order of paid hours: they are the answer, not people."), hidden],
        ),
        "sagsstammer": Section(
            _("Caseloads against the limit"),
            [
                (
                    _("Citizens"),
                    _(
                        "Cases that are not closed and have this person as jobformidler or caseworker today. Aftercare counts."
                    ),
                ),
                (_("Limit"), _("The municipality's own setting. There is no number until it is set.")),
            ],
            [_("In the order of names. The table is for sharing the work, never for comparing people."), counted],
        ),
        "noegletal": Section(
            _("Promises and first days"),
            [
                (
                    _("Answers in time"),
                    _(
                        "Enquiries received in the period that were to be answered by now, and the share answered before the"
                        " promised hour. From citizens and from workplaces apart."
                    ),
                ),
                (
                    _("Talks in which ordinary hours were raised"),
                    _("First conversations, conversations and follow-ups in the period with the answer yes."),
                ),
                (
                    _("First employer contact"),
                    _(
                        "Days from the case was opened to the first contact with a workplace, taster visit or talk about a"
                        " placement. Median of cases opened in the period."
                    ),
                ),
                (
                    _("First placement day"),
                    _(
                        "Days from the case was opened to the first day of a placement. Median of cases opened in the period."
                    ),
                ),
            ],
            [counted, hidden],
        ),
        "praksis": Section(
            _("How we work"),
            practice_meanings(),
            [
                counted,
                _("Click a share: the list holds the citizens it lacks."),
                _("A withdrawn registration does not count."),
                hidden,
            ],
        ),
    }
