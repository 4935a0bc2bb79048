//! How often: "a day", "weekly".

pub(super) fn period(word: &str) -> Option<&'static str> {
    Some(match word {
        "hour" | "hours" | "hr" | "stunde" | "heure" | "hora" => "hour",
        "day" | "tag" | "jour" | "dia" => "day",
        "night" | "nacht" | "nuit" | "noche" => "night",
        "shift" | "schicht" => "shift",
        "week" | "woche" | "semaine" | "semana" => "week",
        "month" | "monat" | "mois" | "mes" => "month",
        "quarter" | "quartal" | "trimestre" => "quarter",
        "year" | "annum" | "jahr" | "ano" | "annee" => "year",
        _ => return None,
    })
}

pub(super) fn adverb(word: &str) -> Option<&'static str> {
    Some(match word {
        "hourly" | "stundlich" => "hour",
        "daily" | "taglich" | "diario" | "diaria" | "diarios" | "diarias" | "diariamente" | "quotidien"
        | "quotidienne" | "quotidiens" | "journalier" => "day",
        "nightly" => "night",
        "weekly" | "pw" | "wochentlich" | "semanal" | "semanales" | "hebdomadaire" | "hebdomadaires" => {
            "week"
        }
        "monthly" | "pcm" | "pm" | "monatlich" | "mensual" | "mensuales" | "mensuel" | "mensuelle"
        | "mensuels" => "month",
        "quarterly" => "quarter",
        "yearly" | "annually" | "annual" | "pa" | "jahrlich" | "anual" | "anuales" | "annuel"
        | "annuelle" | "annuels" => "year",
        _ => return None,
    })
}

/// How many of the shorter period are in the longer one, as people count: five or seven days a week.
pub(super) fn times_in(short: &str, long: &str) -> &'static [f64] {
    match (short, long) {
        ("hour", "day") => &[24.0, 8.0],
        ("day" | "shift" | "night", "week") => &[5.0, 6.0, 7.0],
        ("day", "month") => &[30.0, 20.0],
        ("week", "month") | ("quarter", "year") => &[4.0],
        ("week", "year") => &[52.0],
        ("month", "quarter") => &[3.0],
        ("month", "year") => &[12.0],
        _ => &[],
    }
}
