"""One's own picture, and the pictures of those who work in the same municipality."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.accounts.actions import put_portrait, take_portrait_down
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership, Portrait
from jobformidler.core import clock
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.saving import save

STAFF = tuple(role for role in Role if role != Role.CITIZEN)


class PortraitForm(forms.Form):
    """A picture from the computer or the phone."""

    image = forms.FileField(
        label=gettext_lazy("Choose a picture"),
        help_text=gettext_lazy("JPEG or PNG. The middle of it is shown as a square."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False


@roles(*STAFF)
def my_portrait(request: Request) -> HttpResponse:
    """Put one's picture up, or take it down."""
    home = request.viewer.municipality
    if request.method == "POST" and "remove" in request.POST:
        take_portrait_down(user=request.user, municipality=home, by=request.user, at=clock.now())
        messages.success(request, _("Your picture is taken down."))
        return redirect("account")
    form = PortraitForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        image = form.cleaned_data["image"].read()
        saved = save(form, request, put_portrait, image=image, user=request.user, municipality=home)
        if saved:
            messages.success(request, _("Your picture is saved. The citizens you help can see it."))
            return redirect("account")
    there = Portrait.objects.filter(user=request.user).exists()
    return render(request, "account/portrait.html", {"form": form, "there": there})


@roles()
def portrait(request: Request, pk: int) -> HttpResponse:
    """The picture of somebody who works in the viewer's municipality."""
    works_here = Membership.objects.active_on(request.viewer.day).filter(municipality=request.viewer.municipality)
    found = Portrait.objects.filter(user__in=works_here.filter(user=pk).values("user")).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.image), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    return response
