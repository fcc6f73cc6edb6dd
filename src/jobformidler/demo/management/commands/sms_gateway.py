"""`jobformidler manage sms_gateway`: a gateway for text messages that shows them here instead of sending them."""

import time

from django.core.management.base import BaseCommand

from jobformidler.demo.gateway import PORT, Gateway


class Command(BaseCommand):
    """Runs until it is stopped."""

    help = "Take text messages like a gateway and send none of them (for trying out)."

    def add_arguments(self, parser):
        """Where it listens."""
        parser.add_argument("--port", type=int, default=PORT)

    def handle(self, **options):
        """Serve."""
        with Gateway(options["port"]) as gateway:
            self.stdout.write(f"JOBFORMIDLER_SMS_URL={gateway.url}  (Ctrl-C ends it)")
            shown: set[str] = set()
            try:
                while True:
                    for reference in [key for key in gateway.received if key not in shown]:
                        shown.add(reference)
                        self.stdout.write(f"{gateway.received[reference].to}: {gateway.received[reference].text}")
                    time.sleep(0.5)
            except KeyboardInterrupt:
                return
