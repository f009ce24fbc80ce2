"""Section 2: rest, breaks, nights and Sundays, boundary by boundary; and what a call-out does not break."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from tests.rules.law.made import breach, calls, found, leave, office, rules, shifts, standby
from webcare_pwa.rules.law.person import CallOut, Person, Shift, Span
from webcare_pwa.rules.law.persons import kept_until
from webcare_pwa.rules.wall_time import instant, parse


@pytest.mark.parametrize(("end", "broken"), [("20:00", False), ("20:01", True)])
def test_r8a_12_hours_in_a_shift(end: str, broken: bool) -> None:
    assert ("R8a" in rules(Person("x", work=shifts(f"2027-01-04 08:00 / {end}")))) is broken


def test_r8a_breaks_are_no_work_and_pieces_are_one_shift() -> None:
    rested = shifts("2027-01-04 08:00 / 20:30", breaks=["2027-01-04 12:00 / 12:30"])
    too_short = shifts("2027-01-04 08:00 / 20:10", breaks=["2027-01-04 12:00 / 12:10"])
    pieces = shifts("2027-01-04 06:00 / 12:00", "2027-01-04 17:00 / 23:01")
    assert "R8a" not in rules(Person("x", work=rested))
    assert "R8a" in rules(Person("x", work=too_short)), "less than 15 minutes is no break"
    assert "R8a" in rules(Person("x", work=pieces))


@pytest.mark.parametrize(("following", "before", "broken"), [
    ("04:00", (), False),
    ("03:59", (), False),  # the exception of 8 hours
    ("03:59", ("2027-01-04 09:00 / 17:00", "2027-01-05 03:59 / 12:00"), True),  # the second in 7 x 24 hours
])  # fmt: skip
def test_daily_rest_of_11_hours(following: str, before: tuple[str, ...], broken: bool) -> None:
    work = shifts(*before, "2027-01-06 09:00 / 17:00", f"2027-01-07 {following} / 12:00")
    it = breach(Person("x", work=work), "REST_DAILY")
    assert (it is not None) is broken
    if it:
        assert (it.measured, it.allowed) == (659, 660)


def test_the_short_rest_is_there_again_after_seven_days() -> None:
    both = shifts("2027-01-04 09:00 / 17:00", "2027-01-05 03:59 / 12:00",
                  "2027-01-11 09:00 / 17:00", "2027-01-12 03:59 / 12:00")
    early = both[:2] + shifts("2027-01-11 08:59 / 17:00", "2027-01-12 03:59 / 12:00")
    assert "REST_DAILY" not in rules(Person("x", work=both))
    assert "REST_DAILY" in rules(Person("x", work=early))


@pytest.mark.parametrize(("next_shift", "broken"), [("01:00", False), ("00:59", True)])
def test_less_than_8_hours_is_never_fine(next_shift: str, broken: bool) -> None:
    it = breach(Person("x", work=shifts("2027-01-04 12:00 / 17:00", f"2027-01-05 {next_shift} / 12:00")), "REST_DAILY")
    assert (it is not None) is broken


def test_a_call_at_two_changes_no_rest() -> None:
    work = shifts("2027-01-04 09:00 / 17:00", "2027-01-05 04:00 / 12:00")
    quiet = Person("x", work=work, standby=standby("2027-01-04 17:00 / 2027-01-05 04:00"))
    called = Person("x", work=work, standby=quiet.standby, call_outs=calls("2027-01-05 02:00 / 02:30"))
    assert rules(called) - rules(quiet) == {"R4", "SLEEP"}, "13 hours in 24 count it, the daily rest does not"


@pytest.mark.parametrize(("monday", "broken"), [("08:00", False), ("07:59", True)])
def test_weekly_rest_of_36_hours(monday: str, broken: bool) -> None:
    """Work every day, but from Saturday 20:00 to Monday."""
    work = office("2027-01-04", 1) + shifts("2027-01-09 10:00 / 20:00", f"2027-01-11 {monday} / 17:00")
    person = Person("x", work=work + office("2027-01-12", 1, days=4))
    it = breach(person, "REST_WEEKLY", "2027-01-04 08:00 / 2027-01-04 08:01")
    assert (it is not None) is broken
    if it:
        assert (it.measured, it.allowed) == (2159, 2160)
    called = Person("x", work=person.work, call_outs=calls("2027-01-10 12:00 / 13:00"))
    assert ("REST_WEEKLY" in rules(called, "2027-01-04 08:00 / 2027-01-04 08:01")) is broken


@pytest.mark.parametrize(("monday", "broken"), [("01:00", False), ("00:59", True)])
def test_72_hours_in_two_weeks_where_that_is_allowed(monday: str, broken: bool) -> None:
    """32 hours at the end of the first week and 40 at the end of the second; or one minute less."""
    work = shifts(*(f"2027-01-{day:02} 09:00 / 17:00" for day in range(4, 10)), f"2027-01-11 {monday} / 08:00",
                  *(f"2027-01-{day} 09:00 / 17:00" for day in range(12, 17)), "2027-01-18 09:00 / 17:00")
    person = Person("x", work=work)
    inside = "2027-01-04 09:00 / 2027-01-04 09:01"
    assert "REST_WEEKLY" in rules(person, inside)
    assert ("REST_WEEKLY" in rules(person, inside, allow_72h_variant=True)) is broken


@pytest.mark.parametrize(("end", "pauses", "broken"), [
    ("13:30", [], False), ("13:31", [], True),
    ("14:00", ["2027-01-04 12:00 / 12:30"], False),
    ("14:01", ["2027-01-04 12:00 / 12:29"], True),
    ("14:30", ["2027-01-04 10:00 / 10:15", "2027-01-04 12:00 / 12:15"], False),
    ("14:30", ["2027-01-04 10:00 / 10:16", "2027-01-04 12:00 / 12:14"], True),
    ("18:30", ["2027-01-04 12:00 / 12:30"], False),
    ("18:31", ["2027-01-04 12:00 / 12:30"], True),
    ("18:46", ["2027-01-04 12:00 / 12:45"], False),
])  # fmt: skip
def test_breaks(end: str, pauses: list[str], broken: bool) -> None:
    work = shifts(f"2027-01-04 08:00 / {end}", breaks=pauses)
    assert ("BREAKS" in rules(Person("x", work=work))) is broken


def test_breaks_that_are_not_told_are_not_looked_at() -> None:
    assert "BREAKS" not in rules(Person("x", work=shifts("2027-01-04 08:00 / 18:00")))


@pytest.mark.parametrize(("following", "broken"), [("21:00", False), ("20:59", True)])
def test_14_hours_after_a_night_shift(following: str, broken: bool) -> None:
    """Within 7 days of another short rest; the first one is the exception."""
    first = shifts("2027-01-04 23:00 / 2027-01-05 07:00", "2027-01-05 20:00 / 22:00")
    person = Person("x", work=first + shifts("2027-01-08 23:00 / 2027-01-09 07:00", f"2027-01-09 {following} / 22:30"))
    it = breach(person, "REST_NIGHT")
    assert (it is not None) is broken
    if it:
        assert (it.measured, it.allowed) == (839, 840)


def test_a_night_shift_that_ends_at_two_needs_no_14_hours() -> None:
    for end, expected in (("02:00", set()), ("02:01", {"REST_NIGHT"})):
        nights = [shifts(f"2027-01-{day:02} 18:00 / 2027-01-{day + 1:02} {end}", f"2027-01-{day + 1:02} 14:00 / 15:00")
                  for day in (4, 7)]
        assert rules(Person("x", work=nights[0] + nights[1])) & {"REST_NIGHT"} == expected


@pytest.mark.parametrize(("following", "broken"), [("05:00", False), ("04:59", True)])
def test_46_hours_after_three_nights(following: str, broken: bool) -> None:
    nights = shifts(*(f"2027-01-{day:02} 23:00 / 2027-01-{day + 1:02} 07:00" for day in (4, 5, 6)))
    it = breach(Person("x", work=nights + shifts(f"2027-01-09 {following} / 05:30")), "REST_NIGHT_SERIES")
    assert (it is not None) is broken
    two = Person("x", work=nights[1:] + shifts(f"2027-01-09 {following} / 05:30"))
    assert "REST_NIGHT_SERIES" not in rules(two)


@pytest.mark.parametrize(("end", "nights", "broken"), [
    ("08:00", 5, False), ("08:01", 5, False), ("08:01", 6, True), ("10:00", 1, False), ("10:01", 1, True),
])  # fmt: skip
def test_length_of_a_night_shift(end: str, nights: int, broken: bool) -> None:
    """10:00 is fine; 10:01 up to 12:00 needs the exception, five times in 14 x 24 hours."""
    days = [date(2027, 1, 4) + timedelta(days=2 * number) for number in range(nights)]
    work = tuple(Shift(instant(day, time(22)), instant(day + timedelta(days=1), time.fromisoformat(end))) for day in days)
    assert ("NIGHT_LENGTH" in rules(Person("x", night_shifts=work))) is broken


def test_a_long_night_shift_needs_12_hours_of_rest() -> None:
    work = shifts("2027-01-04 22:00 / 2027-01-05 08:30")
    assert "NIGHT_LENGTH" not in rules(Person("x", work=work + shifts("2027-01-05 20:30 / 21:30")))
    assert "NIGHT_LENGTH" in rules(Person("x", work=work + shifts("2027-01-05 20:29 / 21:30")))


def test_eight_shifts_in_a_row_with_a_night() -> None:
    row = tuple(Shift(instant(date(2027, 1, day), time(9)), instant(date(2027, 1, day), time(17))) for day in range(4, 12))
    night = shifts("2027-01-11 23:00 / 2027-01-12 07:00")
    assert "NIGHT_SERIES" not in rules(Person("x", work=row))
    assert "NIGHT_SERIES" in rules(Person("x", work=row[:7] + night))
    assert "NIGHT_SERIES" not in rules(Person("x", work=row[1:7] + night))


@pytest.mark.parametrize(("number", "broken"), [(36, False), (37, True)])
def test_36_nights_in_16_weeks(number: int, broken: bool) -> None:
    days = [date(2027, 1, 4) + timedelta(days=3 * each) for each in range(number)]
    nights = tuple(Shift(instant(day, time(0)), instant(day, time(5))) for day in days)
    it = breach(Person("x", night_shifts=nights), "NIGHT_COUNT_16W")
    assert (it.measured if it else None) == (number if broken else None)


def test_140_nights_in_52_weeks() -> None:
    days = [date(2027, 1, 4) + timedelta(days=each * 5 // 2) for each in range(141)]
    nights = tuple(Shift(instant(day, time(0)), instant(day, time(5))) for day in days)
    assert "NIGHT_COUNT_52W" in rules(Person("x", night_shifts=nights))
    assert "NIGHT_COUNT_52W" not in rules(Person("x", night_shifts=nights[1:]))


@pytest.mark.parametrize(("worked", "broken"), [(39, False), (40, True)])
def test_13_free_sundays_in_52_weeks(worked: int, broken: bool) -> None:
    """A call-out on a Sunday is work; standby alone is not."""
    sundays = [date(2027, 1, 3) + timedelta(weeks=number) for number in range(52)]
    outs = tuple(CallOut(instant(day, time(12)), instant(day, time(12, 5))) for day in sundays[:worked])
    duties = tuple(each for day in sundays for each in standby(f"{day} 00:00 / {day} 23:59"))
    it = breach(Person("x", standby=duties, call_outs=outs), "FREE_SUNDAYS")
    assert (it.measured if it else None) == (12 if broken else None)


@pytest.mark.parametrize(("published", "broken"), [("2027-01-04 12:00", False), ("2027-01-05 00:00", True)])
def test_d1_known_28_days_ahead(published: str, broken: bool) -> None:
    duty = standby("2027-02-01 08:00 / 2027-02-02 08:00")[0]
    person = Person("x", standby=(type(duty)(duty.starts_at, duty.ends_at, parse(published)),))
    it = breach(person, "PUBLISH")
    assert (it is not None) is broken
    if it:
        assert (it.severity, it.measured, it.allowed) == ("warning", 27, 28)


def test_d3_a_record_is_kept_52_weeks() -> None:
    assert kept_until(date(2027, 1, 4), 52) == date(2028, 1, 3)


@pytest.mark.parametrize(("shift", "rest"), [("11:40", None), ("11:39", 479)])
def test_the_advice_on_sleep(shift: str, rest: int | None) -> None:
    person = Person("x", standby=standby("2027-01-05 00:00 / 2027-01-05 08:00"), work=shifts(f"2027-01-05 {shift} / 17:00"),
                    call_outs=calls("2027-01-05 03:10 / 03:40"))
    it = breach(person, "SLEEP")
    assert ((it.measured, it.severity) if it else None) == ((rest, "advice") if rest else None)
    assert "SLEEP" not in rules(person, sleep_hours_after_night_call=0)


@pytest.mark.parametrize(("minutes", "broken"), [(45 * 60 * 16, False), (45 * 60 * 16 + 1, True)])
def test_p2_45_hours_in_protected_time(minutes: int, broken: bool) -> None:
    days = [date(2027, 1, 4) + timedelta(days=7 * week + day) for week in range(16) for day in range(5)]
    share, left = divmod(minutes, len(days))
    work = tuple(Shift(instant(day, time(8)), instant(day, time(8)) + timedelta(minutes=share + (place < left)))
                 for place, day in enumerate(days))
    spans = (Span(parse("2027-01-04 00:00"), parse("2027-04-26 00:00")),)
    assert ("P2_16W" in rules(Person("x", work=work, protected=spans))) is broken
    assert "P2_16W" not in rules(Person("x", work=work))


def test_p2_shifts_and_nights_in_protected_time() -> None:
    spans = (Span(parse("2027-01-01 00:00"), parse("2027-06-01 00:00")),)
    assert "P2_SHIFT" not in rules(Person("x", work=shifts("2027-01-04 08:00 / 18:00"), protected=spans))
    assert "P2_SHIFT" in rules(Person("x", work=shifts("2027-01-04 08:00 / 18:01"), protected=spans))
    assert "P2_NIGHT" in rules(Person("x", work=shifts("2027-01-04 18:00 / 2027-01-05 01:01"), protected=spans))


def test_who_may_not_be_on_the_rota_and_why_is_not_said() -> None:
    spans = (Span(parse("2027-01-04 00:00"), parse("2027-01-05 00:00")),)
    person = Person("x", standby=standby("2027-01-04 17:00 / 2027-01-05 08:00"), excluded=spans, atw_exempt=True)
    it = breach(person, "EXCLUDED")
    assert it is not None and it.measured == 7 * 60
    assert "zwanger" not in it.message.lower()


def test_who_is_exempt_or_not_ours() -> None:
    bad = shifts("2027-01-04 08:00 / 2027-01-05 08:00")
    assert rules(Person("x", work=bad))
    assert rules(Person("x", work=bad, atw_exempt=True)) == set()
    assert found(Person("x", work=bad, employed=False)) == ()
    assert found(Person("x")) == ()


def test_leave_is_rest() -> None:
    work = office("2027-01-04", 2, days=7)
    assert "REST_WEEKLY" in rules(Person("x", work=work))
    assert "REST_WEEKLY" not in rules(Person("x", work=work, leave=(
        leave("2027-01-09 00:00 / 2027-01-11 00:00"), leave("2027-01-16 00:00 / 2027-01-18 00:00"))))  # fmt: skip
