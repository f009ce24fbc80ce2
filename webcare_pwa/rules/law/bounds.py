"""How far the law lets each number of the settings go. A collective agreement may be stricter, never looser."""

from __future__ import annotations

from collections.abc import Mapping

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ANY = "any"
ANY_START, DUTY_START = "any_start", "duty_start"
NIGHTS, PERIODS = "nights", "periods"
ARRIVAL_HOME, WORK_DONE = "arrival_home", "work_done"

NUMBERS: Mapping[str, tuple[int, int]] = {
    "min_age_years": (18, 99),
    "free_24h_blocks_per_28d": (14, 28),
    "free_48h_periods_per_28d": (2, 14),
    "hours_before_night_shift": (11, 168),
    "hours_after_night_shift": (14, 168),
    "max_work_minutes_per_24h": (0, 780),
    "max_shift_minutes": (0, 720),
    "max_week_minutes": (0, 3600),
    "avg_minutes_16w": (0, 2880),
    "avg_minutes_4w": (0, 3600),
    "night_threshold_count_16w": (1, 16),
    "avg_minutes_16w_night": (0, 2400),
    "avg_minutes_16w_night_with_rest": (0, 2700),
    "night_rest_minutes": (480, 1080),
    "callout_min_minutes": (30, 1440),
    "callout_merge_gap_minutes": (30, 1440),
    "daily_rest_minutes": (660, 1440),
    "short_daily_rest_minutes": (480, 1440),
    "short_daily_rest_per_days": (7, 365),
    "weekly_rest_minutes": (2160, 10080),
    "free_sundays_per_52w": (0, 52),
    "publish_days_ahead": (0, 366),
    "record_retention_weeks": (52, 520),
    "sleep_hours_after_night_call": (0, 24),
}
"""Lowest and highest. The upper or lower ends that no law gives only keep nonsense out."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "free_window_levels": (ANY_START, DUTY_START),
    "week_start": (*WEEKDAYS, ANY),
    "night_window": ("00:00-06:00",),
    "night_count_mode": (NIGHTS, PERIODS),
    "callout_ends_at": (ARRIVAL_HOME, WORK_DONE),
}


def fault(key: str, value: object) -> str | None:
    """What is wrong with the value of a key, in English for a file's author; None when nothing is."""
    if key in NUMBERS:
        low, high = NUMBERS[key]
        if not isinstance(value, int) or isinstance(value, bool):
            return "must be a whole number"
        return None if low <= value <= high else f"must be {low} to {high} (the law's bound)"
    if key in CHOICES:
        return None if value in CHOICES[key] else f"must be one of {', '.join(CHOICES[key])}"
    return None if isinstance(value, bool) else "must be true or false"
