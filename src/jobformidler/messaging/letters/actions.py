"""Keeping a letter: drawn once, encrypted, never changed."""

import base64
import datetime as dt
import hashlib

from django.db import models
from django.db.models import Max

from jobformidler.accounts.models import User
from jobformidler.core.actions import action
from jobformidler.messaging.letters.content import Content
from jobformidler.messaging.letters.drawing import draw
from jobformidler.messaging.models import Letter


@action
def keep_letter(
    *,
    content: Content,
    kind: str,
    subject: models.Model,
    by: User | None,
    at: dt.datetime,
    citizen_id: int | None = None,
) -> Letter:
    """Draw the letter and keep it as the next version of its kind for this row. The caller records what happened."""
    pdf = draw(content)
    mine = {"subject_type": subject._meta.label_lower, "subject_id": subject.pk, "kind": kind}
    last = Letter.objects.filter(**mine).aggregate(last=Max("number"))["last"] or 0
    return Letter.objects.create(
        municipality_id=subject.municipality_id,  # type: ignore[attr-defined]  # letters are about rows of a tenant
        citizen_id=citizen_id,
        number=last + 1,
        title=content.title[:160],
        pdf=base64.b64encode(pdf).decode(),
        digest=hashlib.sha256(pdf).hexdigest(),
        made_at=at,
        made_by=by,
        **mine,
    )
