"""Addresses of this area."""

from django.urls import path

from jobformidler.web.sharing import card, case, confidentiality, mine, plans, public, stories

urlpatterns = [
    path("sag/<int:pk>/deling/", case.sharing, name="case_sharing"),
    path("sag/<int:pk>/deling/nyt-svar/", case.sharing_new, name="sharing_new"),
    path("sag/<int:pk>/deling/<int:row_pk>/tilbage/", case.sharing_withdraw, name="sharing_withdraw"),
    path("forloeb/<int:pk>/oplysningskort/", card.card, name="disclosure_card"),
    path("forloeb/<int:pk>/oplysningskort/godkend/", card.card_approve, name="card_approve"),
    path("forloeb/<int:pk>/oplysningskort/send/", card.card_send, name="card_send"),
    path("forloeb/<int:pk>/oplysningskort/tilbage/", card.card_withdraw, name="card_withdraw"),
    path("forloeb/<int:pk>/succeshistorie/", stories.story_new, name="story_new"),
    path("k/<str:token>/", public.card, name="card_read"),
    path("k/<str:token>/kode/", public.card_code, name="card_code"),
    path("k/<str:token>/nyt-link/", public.card_renew, name="card_renew"),
    path("faelles-planer/", plans.plans, name="shared_plans"),
    path("faelles-planer/<int:pk>/", plans.plan, name="shared_plan"),
    path("min-side/deling/", mine.my_sharing, name="my_sharing"),
    path("min-side/deling/<int:row_pk>/tilbage/", mine.my_sharing_withdraw, name="my_sharing_withdraw"),
    path("min-side/deling/kort/<int:row_pk>/", mine.my_card, name="my_card"),
    path("tavshed/", confidentiality.confidentiality, name="confidentiality"),
    path("opsaetning/tavshed/", confidentiality.confidentiality_setup, name="confidentiality_setup"),
    path("succeshistorier/", stories.stories, name="stories"),
    path("succeshistorier/<int:pk>/arbejdspladsen/", stories.story_workplace, name="story_workplace"),
    path("succeshistorier/<int:pk>/offentliggoer/", stories.story_publish, name="story_publish"),
]
