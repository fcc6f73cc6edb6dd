"""Set up a municipality without the demo: the municipality, its units and the first administrator."""

import json as json_module
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from jobformidler.accounts.actions import add_membership, create_municipality, create_unit, create_user
from jobformidler.accounts.actions.people import start_password
from jobformidler.accounts.enums import Role
from jobformidler.core import clock, db
from jobformidler.core.models import Municipality


class Command(BaseCommand):
    """`jobformidler init`: exit 0 when it is set up, 2 when nothing was done (the municipality is there already)."""

    help = "Create a municipality, its units and the first administrator. The password is printed once unless given."

    def add_arguments(self, parser):
        """What a municipality needs to begin."""
        parser.add_argument("--code", type=int, required=True, help="municipality code, 1 to 999")
        parser.add_argument("--name", required=True, help="name, for instance 'Fjordby Kommune'")
        parser.add_argument("--unit", action="append", default=[], help="a unit; may be given several times")
        parser.add_argument("--admin-email", required=True, help="the first administrator's e-mail, used to log in")
        parser.add_argument("--admin-name", required=True, help="the first administrator's name")
        parser.add_argument(
            "--password-stdin", action="store_true", help="read the password from the first line of input"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, code, name, unit, admin_email, admin_name, password_stdin, json, **options):
        """Everything in one transaction, or nothing."""
        if Municipality.objects.filter(code=code).exists():
            raise CommandError(f"Municipality {code} is set up already; nothing was done.", returncode=2)
        password = sys.stdin.readline().rstrip("\n") if password_stdin else start_password()
        try:
            with transaction.atomic():
                municipality = self._create(code, name, unit, admin_email, admin_name, password)
        except ValidationError as error:
            raise CommandError(f"{' '.join(error.messages)} Nothing was done.", returncode=2) from error
        done = {"code": code, "name": municipality.name, "units": unit, "administrator": admin_email}
        if not password_stdin:
            done["password"] = password
        self.stdout.write(json_module.dumps(done, ensure_ascii=False) if json else _told(done))

    def _create(self, code, name, units, email, admin_name, password):
        at = clock.now()
        municipality = create_municipality(code=code, name=name, at=at)
        with db.enter(municipality, reason="init"):
            for unit in units:
                create_unit(municipality=municipality, name=unit, by=None, at=at)
            user = create_user(
                municipality=municipality, email=email, name=admin_name, password=password, by=None, at=at
            )
            add_membership(
                user=user, municipality=municipality, role=Role.ADMINISTRATOR, since=at.date(), by=None, at=at
            )
        return municipality


def _told(done: dict) -> str:
    lines = [
        f"{done['name']} ({done['code']}) is set up with {len(done['units'])} units.",
        f"Administrator: {done['administrator']}",
    ]
    if "password" in done:
        lines.append(f"Password, shown only now: {done['password']}")
    return "\n".join(lines)
