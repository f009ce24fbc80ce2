"""The numbers of the working-time law as settings: defaults are the Act, and nothing looser than the Act exists."""

from __future__ import annotations

from dataclasses import dataclass, fields

from webcare_pwa.rules.law.bounds import ANY_START, ARRIVAL_HOME, NIGHTS, fault


class LawSettingsError(ValueError):
    """Values the law does not allow; `faults` says per key what is wrong."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("; ".join(f"{key}: {text}" for key, text in faults.items()))
        self.faults = faults


@dataclass(frozen=True)
class LawSettings:
    """One set of norms, checked when made (`LawSettingsError`).

    `free_window_levels`: any_start = a window of 28 x 24 h with too few free blocks is an error wherever it begins;
    duty_start = an error when it begins with a standby period, else a warning. `week_start`: a weekday (00:00 in Amsterdam)
    or `any` = every 7 x 24 h. `night_count_mode`: nights = each night touched; periods = each standby period with night in it.
    """

    min_age_years: int = 18
    free_24h_blocks_per_28d: int = 14
    free_48h_periods_per_28d: int = 2
    free_window_levels: str = ANY_START
    two_48h_must_be_separate: bool = False
    hours_before_night_shift: int = 11
    hours_after_night_shift: int = 14
    max_work_minutes_per_24h: int = 780
    max_shift_minutes: int = 720
    max_week_minutes: int = 3600
    week_start: str = "monday"
    avg_minutes_16w: int = 2880
    avg_minutes_4w: int = 3300
    night_threshold_count_16w: int = 16
    night_window: str = "00:00-06:00"
    night_count_mode: str = NIGHTS
    avg_minutes_16w_night: int = 2400
    avg_minutes_16w_night_with_rest: int = 2700
    night_rest_minutes: int = 480
    use_45h_variant: bool = False
    callout_min_minutes: int = 30
    callout_merge_gap_minutes: int = 30
    callout_ends_at: str = ARRIVAL_HOME
    night_callout_is_night_shift: bool = False
    daily_rest_minutes: int = 660
    short_daily_rest_minutes: int = 480
    short_daily_rest_per_days: int = 7
    weekly_rest_minutes: int = 2160
    allow_72h_variant: bool = False
    free_sundays_per_52w: int = 13
    publish_days_ahead: int = 28
    record_retention_weeks: int = 52
    sleep_hours_after_night_call: int = 8
    part_time_pro_rata: bool = False

    def __post_init__(self) -> None:
        """Refuse every value beyond the law, all faults at once."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        faults = {key: text for key, value in values.items() if (text := fault(key, value)) is not None}
        if faults:
            raise LawSettingsError(faults)


KEYS = tuple(each.name for each in fields(LawSettings))
