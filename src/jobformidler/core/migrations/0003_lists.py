"""The editable lists as the sources name them; administrators change them later on the set-up screen."""

from django.db import migrations

LISTS = {
    # CIT-01: the method applies whatever the benefit.
    "benefit": (
        ("kontanthjaelp_aktivitetsparat", "Kontanthjælp, aktivitetsparat"),
        ("kontanthjaelp_arbejdsmarkedsparat", "Kontanthjælp, arbejdsmarkedsparat"),
        ("starthjaelp", "Starthjælp"),
        ("ressourceforloeb", "Ressourceforløb"),
        ("ledighedsydelse", "Ledighedsydelse"),
        ("sygedagpenge", "Sygedagpenge"),
        ("dagpenge", "Dagpenge"),
        ("fleksjob", "Fleksjob"),
        ("foertidspension", "Førtidspension"),
    ),
    # CIT-06: resources and competences from five origins.
    "competence_origin": (
        ("job", "Job"),
        ("education", "Uddannelse"),
        ("internship", "Praktik"),
        ("leisure", "Fritid"),
        ("family", "Familie og privatliv"),
    ),
    # CIT-08 and JOB-05: what a workplace can take into account, told as its effect, never as its reason.
    "accommodation": (
        ("start_after_9", "Start efter kl. 9"),
        ("start_after_10", "Start efter kl. 10"),
        ("short_days", "Korte dage, højst 4 timer"),
        ("fixed_days", "Faste dage"),
        ("breaks", "Pauser efter behov"),
        ("one_task", "Én opgave ad gangen"),
        ("written_list", "Skriftlig liste over opgaver"),
        ("short_messages", "Korte beskeder"),
        ("quiet", "Ro omkring arbejdet"),
        ("small_team", "Få kolleger ad gangen"),
        ("no_customers", "Ingen kundekontakt"),
        ("own_contact", "Den samme kontaktperson hver dag"),
        ("no_lifting", "Ingen tunge løft"),
        ("seated", "Siddende arbejde"),
        ("near_home", "Tæt på hjemmet"),
        ("no_car", "Kan nås uden bil"),
    ),
    # CON-02: the checklist of the first conversation.
    "first_conversation": (
        ("ordinary_hours", "Vi har talt om ordinære timer"),
        ("wishes_resources", "Vi har talt om jobønsker og ressourcer"),
        ("small_jobs", "Jeg har givet konkrete eksempler på småjob og opgaver"),
        ("others", "Jeg har fortalt om andre borgere, der fik ordinære timer i lokale virksomheder"),
        ("cv_next", "Vi har aftalt CV som næste skridt"),
    ),
    # EMP-07: what a contact with a workplace is for.
    "contact_purpose": (
        ("present_citizen", "Præsentere en borger"),
        ("cooperation", "Fast samarbejde om pladser"),
        ("partnership", "Partnerskabsaftale"),
        ("company_centre", "Virksomhedscenter"),
        ("service_absence", "Service og sygefravær"),
        ("information", "Information"),
        ("job_order", "Rekruttering og jobordre"),
        ("campaign", "Kampagne"),
        ("follow_up", "Opfølgning på et forløb"),
    ),
    # CIT-24: the model of the effort a case follows.
    "effort_model": (
        ("jobfirst", "JobFirst"),
        ("flere_skal_med_2", "Flere skal med 2"),
        ("ips", "IPS"),
        ("kvik", "KVIK"),
    ),
    # PLC-05: delimited tasks that steps of the hours ladder are often built on.
    "ladder_task": (
        ("receive_goods", "Varemodtagelse"),
        ("price_signs", "Prisskilte"),
        ("filling", "Opfyldning"),
        ("packing", "Pakning"),
        ("kitchen", "Klargøring i køkkenet"),
        ("dishes", "Opvask"),
        ("laundry", "Vask og foldning af tøj"),
        ("cleaning", "Rengøring"),
        ("outdoor", "Pasning af udearealer"),
        ("errands", "Afhentning og udbringning"),
        ("office", "Kopiering og arkiv"),
        ("company", "Samvær og ledsagelse"),
    ),
}


def seed(apps, schema_editor):
    """Add what is missing; entries somebody renamed or took out of use stay as they are."""
    item = apps.get_model("core", "ListItem")
    for name, entries in LISTS.items():
        for position, (code, label) in enumerate(entries, 1):
            item.objects.get_or_create(list=name, code=code, defaults={"label": label, "position": position * 10})


class Migration(migrations.Migration):
    dependencies = [("core", "0002_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
