"""The few errors a step may raise. The factory maps each to one HTTP answer; nobody else catches them.

Every message is shown to a user, so it is plain Dutch and says what to do next.
"""


class DutyError(Exception):
    """Base of the errors below; carries the sentence the user reads."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(DutyError):
    """The thing does not exist for this viewer (also when it is another organisation's)."""

    def __init__(self, message: str = "Dit bestaat niet, of u mag het niet zien.") -> None:
        super().__init__(message)


class NotAllowed(DutyError):
    """The viewer has no role that may do this."""

    def __init__(self, message: str = "U mag dit niet doen. Vraag het aan uw coördinator.") -> None:
        super().__init__(message)


class NotPossibleNow(DutyError):
    """The act is understood but the state forbids it; nothing was changed."""


class Invalid(DutyError):
    """The input cannot be used. `fields` maps a field name to its sentence."""

    def __init__(self, message: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}
