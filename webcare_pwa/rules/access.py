"""Who may do what: the one table of roles and endpoints.

An endpoint that is missing here does not start (`web/guard.py` checks at build time). Roles count per organisation: a person
sees the rows of those organisations in which he has one of the roles listed, and nothing else.
"""

from __future__ import annotations

DUTY = "duty"
CARETAKER = "caretaker"
COORDINATOR = "coordinator"
OPERATOR = "operator"
CUSTOMER_SERVICE = "customer_service"
EDITOR = "editor"
ADMINISTRATOR = "administrator"
ROLES = (DUTY, CARETAKER, COORDINATOR, OPERATOR, CUSTOMER_SERVICE, EDITOR, ADMINISTRATOR)

PUBLIC = "public"  # no login; the view itself checks a token where there is one
LOGIN = "login"  # anybody who is logged in, about himself only

CASE_READERS = frozenset({DUTY, CARETAKER, COORDINATOR, OPERATOR, CUSTOMER_SERVICE})
CASE_WORKERS = frozenset({DUTY, CARETAKER, COORDINATOR})
PLANNERS = frozenset({COORDINATOR, ADMINISTRATOR})

ENDPOINTS: dict[str, str | frozenset[str]] = {
    "static": PUBLIC,
    # files and health of the app itself
    "pwa.service_worker": PUBLIC,
    "pwa.manifest": PUBLIC,
    "pwa.offline": PUBLIC,
    "health.healthz": PUBLIC,
    "health.metrics": PUBLIC,  # its own bearer token is the right
    # getting in
    "auth.login": PUBLIC,
    "auth.logout": LOGIN,
    "auth.forgotten": PUBLIC,
    "auth.access": PUBLIC,
    # tenants: no login, no session, no CSRF token
    "reporting.choose": PUBLIC,
    "reporting.start": PUBLIC,
    "reporting.danger": PUBLIC,
    "reporting.categories": PUBLIC,
    "reporting.form": PUBLIC,
    "reporting.create": PUBLIC,
    "cases.show": PUBLIC,
    "cases.add": PUBLIC,
    "cases.details": PUBLIC,
    "cases.photo": PUBLIC,
    "agreement.show": PUBLIC,
    # phones: the page token in the address is the right
    "receipts.record": PUBLIC,
    "receipts.acknowledge": PUBLIC,
    "receipts.refuse": PUBLIC,
    # messages by contact methods: the token in the link is the right
    "contact_page.show": PUBLIC,
    "contact_page.arrive": PUBLIC,
    "contact_page.acknowledge": PUBLIC,
    "contact_page.refuse": PUBLIC,
    "receipts.rehearsal": PUBLIC,
    "receipts.confirm": PUBLIC,
    # calendar apps: the secret in the address is the right
    "calendar_feed.show": PUBLIC,
    # telephone calls: the provider's signature and the token in the address are the right
    "voice.menu": PUBLIC,
    "voice.key": PUBLIC,
    "voice.status": PUBLIC,
    # other systems: the bearer token is the right
    "api.create_report": PUBLIC,
    "api.openapi": PUBLIC,
    # the duty
    "home.root": PUBLIC,
    "home.now": LOGIN,
    "home.status": LOGIN,
    "home.confirm": LOGIN,
    "incidents.index": CASE_READERS,
    "incidents.show": CASE_READERS,
    "incidents.state": CASE_READERS,
    "incidents.photo": CASE_READERS,
    "acts.opening": CASE_READERS,
    "acts.acknowledge": CASE_WORKERS,
    "acts.refuse": CASE_WORKERS,
    "acts.transfer": CASE_WORKERS,
    "acts.answer_transfer": CASE_WORKERS,
    "acts.progress": CASE_WORKERS,
    "outages.attach": CASE_WORKERS,
    "outages.detach": CASE_WORKERS,
    "acts.urgency": CASE_WORKERS | {CUSTOMER_SERVICE},
    "acts.close": CASE_WORKERS | {CUSTOMER_SERVICE},
    "acts.reopen": CASE_READERS,
    "replies.new": CASE_WORKERS | {CUSTOMER_SERVICE},
    "replies.create": CASE_WORKERS | {CUSTOMER_SERVICE},
    "intake.new": CASE_READERS,
    "intake.questions": CASE_READERS,
    "intake.nearby": CASE_READERS,
    "intake.create": CASE_READERS,
    "devices.index": LOGIN,
    "devices.register": LOGIN,
    "devices.update": LOGIN,
    "devices.remove": LOGIN,
    "devices.test": LOGIN,
    "devices.proof": LOGIN,
    "contacts.new": LOGIN,
    "contacts.create": LOGIN,
    "contacts.order": LOGIN,
    "contacts.remove": LOGIN,
    "contacts.test": LOGIN,
    "contacts.code": LOGIN,
    "contacts.proof": LOGIN,
    "joining.show": LOGIN,
    "joining.confirm": LOGIN,
    "bedside.show": LOGIN,
    "bedside.beat": LOGIN,
    "bedside.end": LOGIN,
    "rota.index": LOGIN,
    "rota.override": PLANNERS,
    "rota.withdraw": PLANNERS,
    "rota.line": PLANNERS,
    "calendar.index": LOGIN,
    "calendar.week": LOGIN,
    "calendar.show": LOGIN,
    "calendar.who": LOGIN,
    "feeds.index": LOGIN,
    "feeds.create": LOGIN,
    "feeds.revoke": LOGIN,
    "restores.index": PLANNERS | {DUTY},
    "restores.resume": PLANNERS | {DUTY},
    "restores.see": PLANNERS | {DUTY},
    "handover.index": CASE_READERS,
    "handover.accept": frozenset({CUSTOMER_SERVICE, COORDINATOR}),
    # management
    "people.index": PLANNERS,
    "people.create": frozenset({ADMINISTRATOR}),
    "people.show": PLANNERS,
    "people.update": frozenset({ADMINISTRATOR}),
    "people.link": PLANNERS,
    "people.disable": PLANNERS,
    "working.show": PLANNERS,
    "wellbeing.show": PLANNERS,
    "policies.index": frozenset({COORDINATOR}),
    "policies.edit": frozenset({COORDINATOR}),
    "policy_trial.show": frozenset({COORDINATOR}),
    "tokens.index": frozenset({ADMINISTRATOR}),
    "tokens.create": frozenset({ADMINISTRATOR}),
    "tokens.revoke": frozenset({ADMINISTRATOR}),
}
