"""Addresses of this area."""

from django.urls import path

from jobformidler.web.cases import (
    casefile,
    caseload,
    choose,
    now,
    people,
    periods,
    plan,
    records,
    register,
    resources,
    timeline,
    transfer,
    visit,
)

urlpatterns = [
    path("borgere/", caseload.caseload, name="caseload"),
    path("registrer/", choose.register, name="register"),
    path("borgere/<int:pk>/aabn-sag/", casefile.open_case, name="case_open"),
    path("henvendelse/<int:pk>/svar/", register.enquiry_answer, name="enquiry_answer"),
    path("sag/<int:pk>/", now.now_page, name="case"),
    # The other parts of a case
    path("sag/<int:pk>/tidslinje/", timeline.timeline_page, name="case_timeline"),
    path("sag/<int:pk>/cv/", resources.cv_page, name="case_cv"),
    path("sag/<int:pk>/plan/", plan.plan_page, name="case_plan"),
    path("sag/<int:pk>/forloeb/", records.placements_page, name="case_placements"),
    path("sag/<int:pk>/personer/", people.people_page, name="case_people"),
    path("sag/<int:pk>/rettigheder/", records.rights_page, name="case_rights"),
    path("sag/<int:pk>/dokumenter/", records.documents_page, name="case_documents"),
    path("sag/<int:pk>/kort/", people.card, name="case_card"),
    # Registering
    path("sag/<int:pk>/samtale/", register.conversation, name="case_conversation"),
    path("sag/<int:pk>/samtale/<int:row_pk>/ret/", timeline.correct, name="contact_correct"),
    path("sag/<int:pk>/kontakt/", register.contact, name="case_contact"),
    path("sag/<int:pk>/snusebesoeg/", visit.visit, name="case_visit"),
    path("sag/<int:pk>/notat/", register.note, name="case_note"),
    path("sag/<int:pk>/fremmoede/", register.incident, name="case_incident"),
    path("sag/<int:pk>/loefte/", register.promise, name="case_promise"),
    path("sag/<int:pk>/loefte/<int:row_pk>/holdt/", register.keep, name="promise_keep"),
    path("sag/<int:pk>/ny-aftale/", register.appointment, name="case_appointment"),
    path("sag/<int:pk>/ny-aftale/<int:row_pk>/aflys/", register.cancel, name="appointment_cancel"),
    path("sag/<int:pk>/henvendelse/", register.enquiry_new, name="case_enquiry"),
    path("sag/<int:pk>/traek-tilbage/<slug:word>/<int:row_pk>/", timeline.withdraw, name="case_withdraw"),
    path("sag/<int:pk>/overfoert/<slug:what>/<int:row_pk>/", transfer.transfer, name="case_transfer"),
    # Resources, CV and plan
    path("sag/<int:pk>/ressourcer/", resources.resources, name="case_resources"),
    path("sag/<int:pk>/hensyn/<int:row_pk>/", resources.share, name="consideration_share"),
    path("sag/<int:pk>/cv/<slug:kind>/", resources.cv_start, name="case_cv_start"),
    path("sag/<int:pk>/plan/maal/<slug:letter>/", plan.goal, name="case_goal"),
    path("sag/<int:pk>/plan/skridt/<int:goal_pk>/nyt/", plan.sub_goal, name="case_sub_goal"),
    path("sag/<int:pk>/plan/skridt/<int:step_pk>/", plan.move, name="sub_goal_move"),
    path("sag/<int:pk>/plan/aktivitet/", plan.activity, name="case_activity"),
    # Periods and approvals
    path("sag/<int:pk>/rettigheder/periode/", periods.add, name="period_new"),
    path("sag/<int:pk>/rettigheder/periode/<int:row_pk>/ret/", periods.correct, name="period_correct"),
    path("sag/<int:pk>/rettigheder/periode/<int:row_pk>/fjern/", periods.remove, name="period_remove"),
    path("sag/<int:pk>/rettigheder/fleksjob/", periods.approve, name="approval_new"),
    path("sag/<int:pk>/rettigheder/fleksjob/<int:row_pk>/ophoer/", periods.end_approval, name="approval_end"),
    # The case itself
    path("sag/<int:pk>/kontaktdata/", casefile.edit, name="case_edit"),
    path("sag/<int:pk>/rytme/", casefile.rhythm, name="case_rhythm"),
    path("sag/<int:pk>/naeste-skridt/", casefile.next_step, name="case_next_step"),
    path("sag/<int:pk>/afslut/", casefile.close, name="case_close"),
    path("sag/<int:pk>/genaabn/", casefile.reopen, name="case_reopen"),
    path("sag/<int:pk>/roller/<slug:word>/", people.assign, name="case_assign_role"),
    path("sag/<int:pk>/jobformidler/", people.assign, {"word": "jobformidler"}, name="case_assign"),
    path("sag/<int:pk>/afloeser/", people.cover, name="case_cover"),
]
