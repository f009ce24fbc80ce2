"""Cases of the decision rules: per category the answers, the urgency, and the number of the urgency rule that decides it.

`None` as the rule: no rule holds, or the category's default does. Outside it is mild unless the case says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field

COLD, MILD = 2.0, 12.0


@dataclass(frozen=True)
class Case:
    """One report at night with only a category and answers."""

    category: str
    urgency: str
    rule: int | None
    answers: dict[str, str] = field(default_factory=dict)
    temperature: float | None = MILD
    month: int = 11
    text: str = ""


def case(  # one line per case in the table below
    category: str, urgency: str, rule: int | None, /, temperature: float | None = MILD, month: int = 11, text: str = "",
    **answers: str,
) -> Case:
    return Case(category, urgency, rule, answers, temperature, month, text)


DECIDED = [
    case("gaslucht", "noodgeval", 1),
    case("gaslucht", "noodgeval", 1, gas_strong="no", gas_where="unknown"),
    case("gaslucht", "noodgeval", 2, gas_strong="yes"),
    case("gaslucht", "noodgeval", 3, gas_where="home"),
    case("co_alarm", "noodgeval", 1, co_sound="continuous", complaints="no", co_all_clear="no"),
    case("co_alarm", "noodgeval", 1, co_sound="chirp", complaints="yes", co_all_clear="yes"),
    case("co_alarm", "werkdag", 2, co_sound="chirp", complaints="no", co_all_clear="no"),
    case("co_alarm", "spoed", 3, co_sound="continuous", complaints="no", co_all_clear="yes"),
    case("brand_rook", "noodgeval", 1, fire_over="no"),
    case("brand_rook", "spoed", 2, fire_over="yes"),
    case("elektra_gevaar", "noodgeval", 1, sparks="yes", danger_power_off="yes"),
    case("elektra_gevaar", "noodgeval", 2, sparks="no", shock="unwell", danger_power_off="yes"),
    case("elektra_gevaar", "spoed", 3, sparks="no", shock="well", danger_power_off="yes"),
    case("elektra_gevaar", "noodgeval", None, sparks="no", shock="no", danger_power_off="no"),
    case("stroomstoring", "werkdag", 1, power_extent="street", medical_power="no", plug_test="no"),
    case("stroomstoring", "spoed", 2, power_extent="home", plug_test="no", medical_power="no"),
    case("stroomstoring", "werkdag", 3, power_extent="part", medical_power="no", plug_test="no"),
    case("stroomstoring", "spoed", 3, power_extent="part", medical_power="yes"),
    case("stroomstoring", "werkdag", 4, power_extent="home", plug_test="yes", medical_power="no"),
    case("lekkage_ernstig", "noodgeval", 1, water_at_power="yes", ceiling_falling="no", leak_held="held"),
    case("lekkage_ernstig", "spoed", 1, water_at_power="off", ceiling_falling="no", leak_held="held"),
    case("lekkage_ernstig", "noodgeval", 2, water_at_power="no", ceiling_falling="yes", leak_held="held"),
    case("lekkage_ernstig", "spoed", 2, water_at_power="no", ceiling_falling="no", leak_held="no"),
    case("lekkage_ernstig", "spoed", 2, water_at_power="no", ceiling_falling="no", leak_held="neighbours"),
    case("lekkage_ernstig", "werkdag", 3, water_at_power="no", ceiling_falling="no", leak_held="held"),
    case("lekkage_klein", "werkdag", 1, leak_held="held"),
    case("lekkage_klein", "spoed", 2, leak_held="neighbours"),
    case("daklekkage", "noodgeval", 1, water_at_power="yes", roof_water="damp"),
    case("daklekkage", "spoed", 1, water_at_power="no", roof_water="running"),
    case("daklekkage", "spoed", None, water_at_power="no", roof_water="caught"),
    case("daklekkage", "werkdag", 2, water_at_power="no", roof_water="damp"),
    case("geen_water", "werkdag", 1, water_extent="street"),
    case("geen_water", "spoed", 2, water_extent="home"),
    case("geen_water", "werkdag", 3, water_extent="part"),
    case("bevroren_leiding", "spoed", 1, frozen_where="inside", pipe_burst="no", water_at_power="no"),
    case("bevroren_leiding", "spoed", 2, frozen_where="outside_tap", pipe_burst="yes", water_at_power="no"),
    case("bevroren_leiding", "noodgeval", 2, pipe_burst="yes", water_at_power="yes"),
    case("bevroren_leiding", "werkdag", 3, frozen_where="outside_tap", pipe_burst="no", water_at_power="no"),
    case("cv_geen_verwarming", "noodgeval", 1, boiler_danger="gas_co"),
    case("cv_geen_verwarming", "spoed", 1, boiler_danger="water", heating_extent="part", vulnerable="no"),
    case("cv_geen_verwarming", "spoed", 2, temperature=5.0, boiler_danger="no", heating_extent="none", vulnerable="no"),
    case("cv_geen_verwarming", "werkdag", 4, temperature=5.1, boiler_danger="no", heating_extent="none", vulnerable="no"),
    case("cv_geen_verwarming", "spoed", 2, temperature=None, boiler_danger="no", heating_extent="none", vulnerable="no"),
    case("cv_geen_verwarming", "spoed", 2, temperature=None, month=4, boiler_danger="no", heating_extent="none",
         vulnerable="no"),
    case("cv_geen_verwarming", "werkdag", 4, temperature=None, month=5, boiler_danger="no", heating_extent="none",
         vulnerable="no"),
    case("cv_geen_verwarming", "spoed", 3, month=7, boiler_danger="no", heating_extent="none", vulnerable="yes"),
    case("cv_geen_verwarming", "werkdag", 4, temperature=COLD, boiler_danger="no", heating_extent="part", vulnerable="yes"),
    case("geen_warm_water", "werkdag", 1, heating_works="yes", needs_hot_water="no"),
    case("geen_warm_water", "spoed", 2, temperature=COLD, heating_works="no", needs_hot_water="no"),
    case("geen_warm_water", "werkdag", None, heating_works="no", needs_hot_water="no"),
    case("geen_warm_water", "spoed", 3, heating_works="yes", needs_hot_water="yes"),
    case("collectieve_verwarming", "spoed", 1, neighbours_heat="no", vulnerable="no"),
    case("collectieve_verwarming", "spoed", None, month=7, neighbours_heat="no", vulnerable="no"),
    case("collectieve_verwarming", "spoed", 3, temperature=COLD, neighbours_heat="yes", vulnerable="no"),
    case("collectieve_verwarming", "spoed", 3, neighbours_heat="yes", vulnerable="yes"),
    case("collectieve_verwarming", "werkdag", 3, neighbours_heat="yes", vulnerable="no"),
    case("riool_verstopt", "spoed", 1, sewage_up="yes", only_toilet_blocked="no"),
    case("riool_verstopt", "spoed", 1, sewage_up="no", only_toilet_blocked="yes"),
    case("riool_verstopt", "werkdag", 2, sewage_up="no", only_toilet_blocked="no"),
    case("toilet_onbruikbaar", "spoed", 1, only_toilet="yes", bucket_flush="no"),
    case("toilet_onbruikbaar", "werkdag", 2, bucket_flush="yes"),
    case("toilet_onbruikbaar", "werkdag", None, only_toilet="no", bucket_flush="no"),
    case("lift_opsluiting", "spoed", 1, trapped_unwell="no"),
    case("lift_opsluiting", "noodgeval", 2, trapped_unwell="yes"),
    case("lift_defect", "spoed", 1, shaft_open="no", lift_empty="yes", cannot_leave="yes"),
    case("lift_defect", "werkdag", 2, shaft_open="no", lift_empty="yes", cannot_leave="no"),
    case("lift_defect", "spoed", 2, shaft_open="no", lift_empty="no", cannot_leave="no"),
    case("lift_defect", "noodgeval", 3, shaft_open="yes"),
    case("buitengesloten", "spoed", 1, inside="vulnerable", lock="lost"),
    case("buitengesloten", "noodgeval", 1, inside="danger"),
    case("buitengesloten", "spoed", 2, inside="nobody", lock="broken"),
    case("buitengesloten", "werkdag", 3, inside="nobody", lock="lost"),
    case("deur_niet_afsluitbaar", "spoed", 1, which_door="home", forced_by_services="no"),
    case("deur_niet_afsluitbaar", "spoed", 2, which_door="building_open", forced_by_services="no"),
    case("deur_niet_afsluitbaar", "werkdag", 2, which_door="building", forced_by_services="no"),
    case("deur_niet_afsluitbaar", "werkdag", 3, which_door="inner", forced_by_services="no"),
    case("deur_niet_afsluitbaar", "spoed", 4, which_door="inner", forced_by_services="yes"),
    case("inbraak_glas", "noodgeval", 1, burglar="yes"),
    case("inbraak_glas", "spoed", 2, burglar="no", glass="open"),
    case("inbraak_glas", "spoed", 2, burglar="no", glass="falling"),
    case("inbraak_glas", "werkdag", 3, burglar="no", glass="crack"),
    case("stormschade", "noodgeval", 1, storm_falling="now"),
    case("stormschade", "spoed", 1, storm_falling="may", storm_inside="no"),
    case("stormschade", "spoed", 2, storm_falling="no", storm_inside="yes"),
    case("stormschade", "werkdag", 3, storm_falling="no", storm_inside="no"),
    case("constructie_gevaar", "noodgeval", 1, structure="falling"),
    case("constructie_gevaar", "spoed", 1, structure="may_fall"),
    case("constructie_gevaar", "spoed", 2, structure="loose"),
    case("constructie_gevaar", "werkdag", 3, structure="crack"),
    case("brandmeldinstallatie", "noodgeval", 1, alarm_cause="fire"),
    case("brandmeldinstallatie", "noodgeval", 1, alarm_cause="unknown", care_or_tower="no"),
    case("brandmeldinstallatie", "spoed", 2, alarm_cause="false_alarm", care_or_tower="no"),
    case("brandmeldinstallatie", "spoed", 2, alarm_cause="out_of_order", care_or_tower="no"),
    case("brandmeldinstallatie", "werkdag", 3, alarm_cause="lamp", care_or_tower="no"),
    case("brandmeldinstallatie", "spoed", 3, alarm_cause="lamp", care_or_tower="yes"),
    case("melder_piept", "werkdag", 1, beep="chirp"),
    case("melder_piept", "noodgeval", 2, beep="alarm"),
    case("verlichting_algemeen", "spoed", 1, dark="all"),
    case("verlichting_algemeen", "werkdag", 2, dark="one"),
    case("wateroverlast_kelder", "noodgeval", 1, cellar_danger="yes"),
    case("wateroverlast_kelder", "spoed", 1, cellar_danger="no", cellar_water="rising"),
    case("wateroverlast_kelder", "spoed", 2, cellar_danger="no", cellar_water="street"),
    case("wateroverlast_kelder", "werkdag", 3, cellar_danger="no", cellar_water="still"),
    case("legionella", "spoed", 1, legionella_notice="yes", seriously_ill="no"),
    case("legionella", "spoed", 2, legionella_notice="no", seriously_ill="yes"),
    case("legionella", "werkdag", 3, legionella_notice="no", seriously_ill="no"),
    case("asbest", "spoed", 1, asbestos_state="broken"),
    case("asbest", "werkdag", 2, asbestos_state="whole"),
    case("ventilatie", "noodgeval", 1, open_appliance="yes", complaints="yes"),
    case("ventilatie", "spoed", 1, open_appliance="yes", complaints="no"),
    case("ventilatie", "spoed", 1, open_appliance="no", complaints="yes"),
    case("ventilatie", "werkdag", 2, open_appliance="no", complaints="no"),
    case("ongedierte", "noodgeval", 1, stung="yes"),
    case("ongedierte", "spoed", 2, stung="no", rats_vulnerable="yes"),
    case("ongedierte", "werkdag", 3, stung="no", rats_vulnerable="no"),
    case("overlast", "noodgeval", 1, violence_now="yes"),
    case("overlast", "werkdag", 2, violence_now="no"),
    case("zorg_bewoner", "noodgeval", 1, life_danger="yes"),
    case("zorg_bewoner", "werkdag", 2, life_danger="no"),
    case("overig", "noodgeval", 1, people_danger="yes"),
    case("overig", "spoed", 1, people_danger="no", getting_worse="yes"),
    case("overig", "spoed", 3, people_danger="no", getting_worse="no", text="het keukenkastje hangt los"),
    case("overig", "werkdag", None, people_danger="no", getting_worse="no"),
    case("geen_storing", "geen", 1, now_broken="no"),
    case("geen_storing", "noodgeval", 2, now_broken="danger"),
    case("geen_storing", "spoed", 3, now_broken="broken"),
]

NOTHING_ANSWERED = {
    "noodgeval": [
        "gaslucht", "co_alarm", "brand_rook", "elektra_gevaar", "constructie_gevaar", "brandmeldinstallatie",
        "zorg_bewoner", "lekkage_ernstig", "daklekkage", "wateroverlast_kelder", "lift_opsluiting", "inbraak_glas",
        "stormschade", "melder_piept",
    ],
    "spoed": [
        "stroomstoring", "lekkage_klein", "geen_water", "bevroren_leiding", "cv_geen_verwarming", "geen_warm_water",
        "collectieve_verwarming", "riool_verstopt", "toilet_onbruikbaar", "lift_defect", "buitengesloten",
        "deur_niet_afsluitbaar", "verlichting_algemeen", "legionella", "asbest", "ventilatie",
        "ongedierte", "overlast", "overig", "geen_storing",
    ],
}  # fmt: skip
