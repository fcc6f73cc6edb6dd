"""Names that exist only here: ordinary first names, surnames made of plants, invented firms and streets."""


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words(
    """Aase Ahmed Aisha Albert Alma Amina Anders Anna Anton Arne Asger Astrid Aya Bente Bilal Birthe Bo Bodil Britta Carl
Charlotte Clara Dagny Daniel Diana Ditte Dorthe Edith Egon Elias Elin Ella Else Emil Emma Erik Esben Esther Eva Fatima
Filip Finn Flemming Frida Gerda Grete Gudrun Hanne Hans Hassan Heidi Helle Henning Henrik Holger Hussein Ibrahim Ida
Inge Inger Isak Ivan Jakob Jan Janne Jens Jesper Johan Johanne Jonna Jytte Kaj Karen Karl Kasper Katrine Kenneth Kim
Kirsten Klaus Knud Kurt Lars Laura Leif Lena Leyla Lis Lise Liv Lone Lotte Louise Mads Magnus Maja Malene Maria Marie
Mark Martin Mathias Merete Mette Mia Michael Mikkel Mohamed Morten Nanna Niels Nina Noah Nora Ole Olga Omar Oskar Per
Pernille Peter Pia Poul Preben Rasmus Rie Rikke Rosa Rune Samira Sara Selma Signe Simon Sofus Solvej Stig Susanne
Svend Søren Tanja Thea Thomas Tine Tobias Tom Torben Tove Trine Ulla Vagn Vera Vibeke Viggo Villads Yasmin Yusuf
Zainab Åge Åse Ørjan"""
)

_PLANT = _words(
    """Ager Aks Birke Blåbær Bregne Bøge Eng Enebær Fjeld Fyrre Gran Græs Havre Hassel Hede Hjerte Humle Hvede Hyben Iris
Jordbær Kamille Karse Kirsebær Klit Klokke Kløver Kær Lav Lilje Linde Lyng Mand Mark Mos Mynte Nælde Pil Poppel Ribes
Ris Rug Røn Røllike Salvie Siv Skov Slåen Strand Sump Syren Tang Tidsel Timian Tjørn Tranebær Valmue Vej Vild Violet
Æble Ærte Ørne"""
)
_END = _words("""blad bær eng frø karse knop krat kvist kær lyng mos rod siv top urt""")
#: Plant surnames, two plants or a plant and a part of one, so that nobody is called that.
SURNAMES = sorted({plant + end for plant in _PLANT for end in _END if not plant.lower().startswith(end[:3])})

STREETS = _words(
    """Brombærvej Bregnestien Engkarsegade Fyrrestien Havnegade Hybenvej Kamillevej Kløverstien Klitvej Lyngstien Mosevej
Myntegade Rønnebærvej Sivstien Slåenvej Strandstien Syrenvej Timiangade Tjørnevej Tranebærvej"""
)
TOWNS = (("9990", "Fjordby"), ("9991", "Klitsted"), ("9992", "Mosekær"), ("9993", "Lyngsø"))

#: (kind of firm, industry code, sector, functions with tasks)
TRADES = (
    (
        "Købmand",
        "471110",
        "private",
        (("Butik", "Fylde op, Prisskilte, Rydde op på lageret"), ("Lager", "Varemodtagelse, Pakke ordrer")),
    ),
    ("Bageri", "107120", "private", (("Bageri", "Pakke brød, Gøre rent på plader"), ("Butik", "Ekspedere, Fylde op"))),
    ("Planteskole", "013000", "private", (("Gartneri", "Vande, Potte om, Luge"), ("Butik", "Fylde op, Vise vej"))),
    ("Trælast", "467310", "private", (("Lager", "Varemodtagelse, Prisskilte, Feje i hallen"),)),
    (
        "Hotel",
        "551010",
        "private",
        (("Vaskeri", "Lægge linned sammen, Pakke i vogne"), ("Køkken", "Anrette, Vaske op")),
    ),
    ("Rengøring", "812100", "private", (("Rengøring", "Gøre rent på kontorer, Fylde depoter op"),)),
    ("Cykelværksted", "952900", "private", (("Værksted", "Lappe, Pudse, Samle cykler"),)),
    (
        "Genbrug",
        "477900",
        "private",
        (("Sortering", "Sortere tøj, Sætte priser på"), ("Butik", "Hænge tøj op, Ekspedere")),
    ),
    (
        "Plejecenter",
        "873010",
        "public",
        (("Depot", "Fylde depoter, Køre skilte ud"), ("Køkken", "Anrette, Dække borde")),
    ),
    ("Skole", "852010", "public", (("Pedel", "Slå græs, Male, Rydde op"), ("Kantine", "Smøre mad, Vaske op"))),
    ("Bibliotek", "910110", "public", (("Bibliotek", "Sætte bøger på plads, Pakke bogkasser"),)),
    ("Børnehave", "889130", "public", (("Køkken", "Lave frokost, Vaske op"), ("Hus", "Vaske tøj, Ordne legeplads"))),
    ("Transport", "494100", "private", (("Lager", "Pakke paller, Feje i hallen"), ("Kontor", "Taste fragtbreve"))),
    ("Revision", "692000", "private", (("Kontor", "Scanne bilag, Sortere post"),)),
    ("Kantine", "562900", "private", (("Køkken", "Anrette, Vaske op, Fylde op"),)),
    ("Museum", "910210", "public", (("Værksted", "Pudse montrer, Pakke ned"), ("Billetsalg", "Tage imod gæster"))),
)

WISHES = (
    "Et sted, hvor jeg ikke skal forklare mig hver dag.",
    "Jeg vil gerne bruge hænderne igen.",
    "Noget med orden. Jeg er god til at få ting til at stemme.",
    "Et sted tæt på, så jeg kan cykle.",
    "Jeg vil gerne være sammen med folk, bare ikke for mange.",
    "Jeg vil tilbage til et køkken.",
    "Ude. Helst ude.",
    "Et sted, hvor der er ro om formiddagen.",
    "Noget, jeg kan lære, og som nogen har brug for.",
    "At have kolleger.",
)
COMPETENCES = (
    ("job", "professional", "Har stået på lager i otte år", ("Varemodtagelse", "Pakke ordrer")),
    ("job", "professional", "Har arbejdet i køkken", ("Anrette", "Vaske op")),
    ("job", "social", "Er vant til at tale med kunder", ("Ekspedere", "Vise vej")),
    ("education", "professional", "Har gået på handelsskole", ("Taste fragtbreve", "Scanne bilag")),
    ("education", "professional", "Har kørekort og truckcertifikat", ("Pakke paller",)),
    ("internship", "professional", "Prøvede vaskeri i en praktik", ("Lægge linned sammen", "Pakke i vogne")),
    ("internship", "social", "Fik ros for altid at komme til tiden", ()),
    ("leisure", "professional", "Passer kolonihave", ("Vande", "Luge")),
    ("leisure", "professional", "Fører regnskab for foreningen", ("Scanne bilag",)),
    ("leisure", "professional", "Sætter gamle cykler i stand", ("Lappe", "Samle cykler")),
    ("family", "social", "Har passet sin mor i fire år", ("Dække borde",)),
    ("family", "professional", "Laver mad til mange", ("Lave frokost", "Smøre mad")),
)
#: (category, accommodation code, what the workplace reads)
CONSIDERATIONS = (
    ("working_time", "start_after_9", "Begynder efter kl. 9."),
    ("working_time", "start_after_10", "Begynder efter kl. 10."),
    ("working_time", "short_days", "Korte dage i begyndelsen."),
    ("working_time", "breaks", "Fast pause hver formiddag."),
    ("culture", "one_task", "Én opgave ad gangen."),
    ("culture", "written_list", "Skriftlig liste over dagens opgaver."),
    ("culture", "quiet", "Ro om formiddagen."),
    ("culture", "small_team", "Få kolleger ad gangen."),
    ("culture", "own_contact", "Én fast person at spørge."),
    ("location", "near_home", "Arbejdspladsen skal kunne nås på cykel."),
    ("other", "no_lifting", "Ingen tunge løft."),
    ("other", "seated", "Kan sidde ned til noget af arbejdet."),
)
GOALS = (
    ("Lagerarbejde få timer om ugen", "Butik eller genbrug", "Kontor i en forening"),
    ("Køkken og anretning", "Kantine på en skole", "Rengøring om formiddagen"),
    ("Planteskole eller park", "Pedelmedhjælper", "Cykelværksted"),
    ("Vaskeri på hotel", "Depot på plejecenter", "Lager i transport"),
    ("Bibliotek eller museum", "Kontor med faste opgaver", "Butik om formiddagen"),
)
SUB_GOALS = (
    ("Møder to dage i træk", "to dage i samme uge"),
    ("Spørger kontaktpersonen, når noget er uklart", "tre gange på en uge"),
    ("Tager imod en levering", "en hel levering"),
    ("Klarer formiddagens liste", "uden hjælp en hel formiddag"),
    ("Cykler til arbejdspladsen", "begge veje en uge"),
)
LEARNINGS = (
    "For mange i rummet – det tager vi med videre.",
    "Opgaven passede, men tiden lå for tidligt på dagen.",
    "Det gik bedst, når der var en liste.",
    "Kollegerne var gode. Vejen derud var for lang.",
)
NEXT_STEPS = (
    "Samtale om løntimer",
    "Ringe til virksomheden",
    "Se på CV sammen",
    "Besøg på arbejdspladsen",
    "Tale sammen igen",
    "Sende CV til Nadia",
    "Skrive planen færdig sammen",
)
TALKED = (
    "Vi talte om, hvordan ugen gik.",
    "Bussen passer ikke med kl. 8. Vi spørger om kl. 9.",
    "Listen med dagens opgaver hjælper.",
    "Det gik bedre i denne uge end i sidste.",
    "Vi så på to pladser og valgte en.",
    "Vil gerne prøve kassen, når der er ro.",
    "Vi aftalte, hvem der siger det til kollegerne.",
)
HOURS_SAID = (
    "Vi talte om løntimer for den første opgave.",
    "Flere timer, når ugen sidder fast.",
    "To timer er mulige, når opgaven klares alene.",
    "Lederen vil se på budgettet inden næste besøg.",
)
