"""Sample words and numbers for the page of parts, in the voice of the product. Nothing here is real."""

import datetime as dt
from collections.abc import Sequence

from jobformidler.web.danish import NBSP
from jobformidler.web.figures.bars import BarRow, bars
from jobformidler.web.figures.funnel import Funnel, FunnelStep, funnel
from jobformidler.web.figures.ladder import Ladder, Step, Week, ladder
from jobformidler.web.figures.stairs import Stair, Stairs, stairs
from jobformidler.web.figures.trend import Trend, trend

COLOURS = [
    ("ink", "blæk", "tekst"),
    ("ink-2", "blæk 2", "hjælpetekst"),
    ("fjord", "fjord", "handling, løntimer"),
    ("fjord-mid", "fjord mellem", "understreg, figur"),
    ("fjord-tint", "fjord lys", "valgt, planlagt"),
    ("paper", "papir", "flade under ark"),
    ("line", "linje", "skillelinje"),
    ("line-strong", "linje 2", "felt, akse"),
    ("rav", "rav", "tid løber, mangler"),
    ("rav-tint", "rav lys", "banner, tomt felt"),
    ("tegl", "tegl", "fejl, frist passeret"),
    ("tegl-tint", "tegl lys", "fejlbesked"),
]

BENT = {
    "id": "row-bent",
    "figure": "3",
    "unit": "dage",
    "name": "Bent Rørskov",
    "url": "#row-bent",
    "why": f"Bent skrev fredag kl.{NBSP}14.10. Svar senest",
    "due": f"i dag kl.{NBSP}14.10",
    "quote": "Chefen spørger, om jeg kan tage 15 timer. Har det betydning for min ordning?",
    "action": "Svar Bent",
    "action_url": "#row-bent",
}

GROUPS = [
    {
        "label": "Løfter",
        "note": "svar inden 24 timer",
        "rows": [BENT],
    },
    {
        "label": "Ingen kontakt i 7 dage",
        "note": "",
        "rows": [
            {
                "id": "row-jonas",
                "figure": "9",
                "unit": "dage",
                "name": "Jonas Klitrose",
                "url": "#row-jonas",
                "why": f"Ingen kontakt med Jonas i 9{NBSP}dage. I har aftalt hver uge – ring, eller aftal en anden rytme.",
                "also": f"Jonas kan skiltekørslen alene og har kunnet det i 6{NBSP}uger, men har ingen løntimer.",
                "also_url": "#row-jonas",
                "also_link": "Find en plads",
                "action": "Planlæg opkald",
                "action_url": "#row-jonas",
            },
            {
                "id": "row-karin",
                "figure": "22",
                "unit": "dage",
                "name": "Karin Mosebølle",
                "url": "#row-karin",
                "why": f"Karin havde været ledig i 1 år den 1.{NBSP}november. Vurderingen er",
                "due": f"22{NBSP}dage over fristen",
                "due_late": True,
                "action": "Vurdér rådighed",
                "action_url": "#row-karin",
            },
        ],
    },
]

OPENED = {**BENT, "id": "row-open", "url": "#row-open", "quote": "", "action": ""}

WRONG_ANSWERS = {"start": "30.2.2027", "visit": "14", "skill": "1", "kind": "meet"}

CASE = {
    "back": "Borgere",
    "back_url": "#case",
    "name": "Mona Havtorn",
    "state": f"I gang – med ordinære timer siden 28.{NBSP}september",
    "facts": [
        ("Jobformidler og sagsbehandler", "Line Askeløv og Peter Havreholm"),
        ("Arbejdsplads", "Fjordby Trælast & Byg, Torben Enebær"),
        ("Næste aftale", f"I dag kl.{NBSP}13.00, besøg hos Torben"),
    ],
    "verbs": [(verb, "#case") for verb in ("Samtale", "Kontakt", "Forløb", "Timer", "Notat")],
}
TABS = [
    {"label": label, "url": "#case", "current": label == "Nu"}
    for label in ("Nu", "Tidslinje", "CV", "Plan", "Forløb", "Personer", "Rettigheder og frister", "Dokumenter")
]

MATCHES = [
    {
        "rank": 1,
        "name": "Linnedlager",
        "url": "#match",
        "place": "Havnens Hotel & Vaskeri",
        "facts": f"15 timer om ugen, 1 plads ledig fra 30.{NBSP}november",
        "verdict": "To ting taler for. En ting skal afklares.",
        "reasons": [
            ("for", "5 af 7 forløb her har givet løntimer."),
            ("for", "Pakkeriet ligger for sig selv, og opgaverne står på en tavle."),
            ("asks", "Kontaktperson på arbejdspladsen skal findes. Ring til Kim."),
        ],
        "action": "Foreslå pladsen for Jonas",
        "action_url": "#match",
        "criteria": [
            ("Løntimer i udsigt", "5 af 7 forløb", 4),
            ("Ro", "eget rum", 4),
            ("Mødetid", f"kl.{NBSP}10", 4),
            ("Transport", f"22{NBSP}min.", 3),
        ],
    },
    {
        "rank": 2,
        "name": "Depot og skiltekørsel",
        "url": "#match",
        "place": "Plejecenter Solkrogen",
        "facts": "12 timer om ugen, Jonas er her nu",
        "verdict": "To ting taler for. En ting taler imod.",
        "reasons": [
            ("for", "Jonas kan opgaven alene."),
            ("for", "Birte og Jonas kender hinanden."),
            ("against", "1 af 9 forløb her har givet løntimer. Tal med Birte om timer først."),
        ],
        "action": "Tal med Birte om timer",
        "action_url": "#match",
        "criteria": [
            ("Løntimer i udsigt", "1 af 9 forløb", 1),
            ("Ro", "depotet", 3),
            ("Mødetid", f"kl.{NBSP}10", 4),
            ("Transport", f"18{NBSP}min.", 3),
        ],
    },
]
CHIPS = [
    {"label": f"begynde kl.{NBSP}9", "effect": "2 pladser mere", "value": "nine", "pressed": False},
    {"label": f"tage bus i 45{NBSP}min.", "effect": "2 mere", "value": "bus", "pressed": True},
    {"label": "vente 8 uger med løntimer", "effect": "5 mere", "value": "wait", "pressed": False},
]
FILTERS = [
    {
        "label": "Enhed",
        "name": "unit",
        "value": "Hele kommunen",
        "options": [("", "Hele kommunen", True), ("1", "Team Havn", False)],
    },
    {
        "label": "Målgruppe",
        "name": "group",
        "value": "Alle",
        "options": [("", "Alle", True), ("1", "Klar til job nu", False)],
    },
    {
        "label": "Periode",
        "name": "since",
        "value": f"siden 1.{NBSP}januar",
        "options": [("", f"siden 1.{NBSP}januar", True)],
    },
]
TIMELINE = [
    {
        "at": f"20.11. kl.{NBSP}14.10",
        "iso": "2026-11-20T14:10",
        "text": "Bent skrev på livlinen.",
        "who": "Bent Rørskov",
    },
    {
        "at": "18.11.2026",
        "iso": "2026-11-18",
        "text": "5 løntimer i uge 46.",
        "who": "Torben Enebær",
        "withdrawn": "Ugen var forkert. Rettet til uge 47.",
    },
]
SIGNERS = [
    {"name": "Jonas Klitrose", "role": "borger", "seen": "Har læst version 2 i dag"},
    {"name": "Kim Slåen", "role": "virksomheden", "seen": "Har læst version 1 fredag"},
    {"name": "Peter Havreholm", "role": "kommunen godkender", "seen": "Får den, når alle har skrevet under"},
]
FACTS = [("Arbejdsplads", "Fjordby Trælast & Byg"), ("Kontaktperson", "Torben Enebær"), ("Telefon", "00 00 00 34")]
STALE = [("Besøg", "hver 14. dag", "hver uge")]


def ladder_figure() -> Ladder:
    """Mona's ladder on 23 November 2026."""
    first = dt.date(2026, 8, 31)
    paid = [0, 0, 0, 0, 2, 2, 2, 2, 5, 5, 3, 5]
    weeks = [
        Week(first + dt.timedelta(weeks=i), paid=hours, unpaid=6 if i == 10 else 15 - hours, absence=i == 10)
        for i, hours in enumerate(paid)
    ]
    weeks.append(Week(first + dt.timedelta(weeks=12), paid=5, planned=True))
    return ladder(
        weeks=weeks,
        steps=[
            Step(0, first, label=f"praktik fra 31.{NBSP}august"),
            Step(2, dt.date(2026, 9, 28), label=f"fra 28.{NBSP}september"),
            Step(5, dt.date(2026, 10, 26), label=f"fra 26.{NBSP}oktober"),
            Step(10, None, agreed=False, label="Datoen mangler"),
        ],
        today=dt.date(2026, 11, 23),
        mark13=dt.date(2026, 11, 30),
        end=dt.date(2026, 12, 28),
        title="Fra 0 til 5 løntimer på 12 uger. Næste trin er 10.",
    )


def stairs_figure() -> Stairs:
    """The same ladder as Mona sees it."""
    return stairs(
        steps=[
            Stair(0, dt.date(2026, 8, 31)),
            Stair(2, dt.date(2026, 9, 28)),
            Stair(5, dt.date(2026, 10, 26), current=True),
            Stair(10, coming=True),
        ],
        title="Du har 5 løntimer om ugen",
    )


def funnel_figure() -> Funnel:
    """Five steps with one wait over its goal."""
    return funnel(
        title="Vejen til ordinære timer",
        steps=[
            FunnelStep("Første samtale", 94, "#funnel", 0.86, 4),
            FunnelStep("CV i gang", 81, "#funnel", 0.72, 24, 14),
            FunnelStep("Virksomhedskontakt", 58, "#funnel", 0.71, 11),
            FunnelStep("I virksomhedsforløb", 41, "#funnel", 0.46, 38),
            FunnelStep("Ordinære timer", 19, "#funnel"),
        ],
    )


def trend_figures() -> list[Trend]:
    """Two trends side by side."""
    first = [8, 8, 9, 11, 12, 12, 14, 15, 15, 17, 18, 19]
    second = [31, 33, 38, 44, 48, 51, 60, 68, 72, 81, 90, 97]
    return [
        trend(
            points=[(f"uge {36 + i}", v) for i, v in enumerate(first)],
            title="Borgere med ordinære timer",
            goal=24,
            uid="trend-people",
        ),
        trend(
            points=[(f"uge {36 + i}", v) for i, v in enumerate(second)],
            title="Løntimer om ugen",
            goal=120,
            uid="trend-hours",
        ),
    ]


def bar_rows() -> Sequence[BarRow]:
    """Where the hours arise."""
    return bars(
        [
            ("Havnens Hotel & Vaskeri", 46, "#bars", "5 af 7 forløb gav løntimer"),
            ("Fjordby Trælast & Byg", 25, "#bars", "3 af 3 forløb gav løntimer"),
            ("Plejecenter Solkrogen", 4, "#bars", "1 af 9 forløb gav løntimer"),
        ]
    )
