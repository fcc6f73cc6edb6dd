"""What an administrator sets up and looks after."""

from django.urls import path

from jobformidler.web.setup import lists, operations, overview, people, retention, units

urlpatterns = [
    path("opsaetning/", overview.setup, name="setup"),
    path("opsaetning/kommunen/", overview.settings, name="settings"),
    path("opsaetning/enheder/", units.units, name="units"),
    path("opsaetning/enheder/<int:pk>/", units.unit, name="unit"),
    path("opsaetning/brugere/", people.users, name="users"),
    path("opsaetning/brugere/ny/", people.user_new, name="user_new"),
    path("opsaetning/brugere/<int:pk>/", people.user, name="user"),
    path("opsaetning/brugere/<int:pk>/adgangskode/", people.user_password, name="user_password"),
    path("opsaetning/brugere/<int:pk>/adgang/", people.user_active, name="user_active"),
    path("opsaetning/brugere/<int:pk>/rolle/", people.membership_new, name="membership_new"),
    path("opsaetning/roller/<int:pk>/slut/", people.membership_end, name="membership_end"),
    path("opsaetning/lister/", lists.lists, name="lists"),
    path("opsaetning/lister/<slug:name>/", lists.list_items, name="list_items"),
    path("opsaetning/lister/punkt/<int:pk>/", lists.list_item, name="list_item"),
    path("opsaetning/kolonner/", operations.mappings, name="mappings"),
    path("opsaetning/kolonner/<int:pk>/slet/", operations.mapping_remove, name="mapping_remove"),
    path("opsaetning/opbevaring/", retention.retention, name="retention"),
    path("opsaetning/jobkoe/", operations.jobs, name="jobs"),
    path("opsaetning/jobkoe/<int:pk>/igen/", operations.job_rerun, name="job_rerun"),
    path("opsaetning/udbakke/", operations.outbox, name="outbox"),
    path("opsaetning/udbakke/<int:pk>/", operations.outbox_mail, name="outbox_mail"),
    path("opsaetning/udbakke/<int:pk>/igen/", operations.outbox_again, name="outbox_again"),
]
