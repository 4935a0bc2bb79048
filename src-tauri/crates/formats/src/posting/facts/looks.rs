//! What a few words near the top of a posting look like: a place, a firm, or neither.

/// Parts of a head line that are none of the facts: they begin so.
const OTHER: &[&str] = &[
    "full-time",
    "full time",
    "part-time",
    "part time",
    "fulltime",
    "posted",
    "requisition",
    "req",
    "salary",
    "contract",
    "permanent",
    "fixed term",
    "fixed-term",
    "temporary",
    "internship",
    "apprenticeship",
    "freelance",
    "apply",
    "closing",
    "deadline",
    "start",
    "hours",
    "pay",
    "grade",
    "band",
    "reference",
    "ref",
    "id",
    "job id",
    "hiring",
    "new",
    "urgent",
    "featured",
    "promoted",
    "sponsored",
    "be among",
    "be the first",
    "over",
    "more than",
    "actively",
    "easy apply",
    "on-site",
    "onsite",
    "in-person",
    "hybrid",
    "shift",
    "nights",
    "days",
    "weekends",
    "required for",
    "required from",
    "starting",
    "immediate",
    "save",
    "share",
    "print",
    "back to",
    "view all",
    "all jobs",
    "see all",
    "reply",
    "report",
    "vollzeit",
    "teilzeit",
    "unbefristet",
    "befristet",
    "ab sofort",
    "zum nächst",
    "festanstellung",
    "minijob",
    "werkstudent",
    "kennziffer",
    "referenz",
    "veröffentlicht",
    "jetzt bewerben",
    "homeoffice",
    "eintritt",
    "gehalt",
    "stellen-id",
    "cdi",
    "cdd",
    "intérim",
    "stage",
    "alternance",
    "temps plein",
    "temps partiel",
    "référence",
    "réf",
    "publié",
    "salaire",
    "postuler",
    "télétravail",
    "prise de poste",
    "dès que possible",
    "statut",
    "jornada",
    "contrato",
    "indefinido",
    "tiempo completo",
    "media jornada",
    "presencial",
    "híbrido",
    "teletrabajo",
    "publicada",
    "publicado",
    "salario",
    "inscríbete",
    "incorporación",
    "prácticas",
    "referencia",
];

/// Whole parts that name a department, a level or a button.
const WHOLE: &[&str] = &[
    "sales",
    "engineering",
    "marketing",
    "finance",
    "hr",
    "human resources",
    "people",
    "operations",
    "legal",
    "design",
    "product",
    "support",
    "customer success",
    "customer service",
    "it",
    "data",
    "research",
    "administration",
    "healthcare",
    "education",
    "retail",
    "logistics",
    "manufacturing",
    "entry level",
    "mid level",
    "senior",
    "associate",
    "director",
    "executive",
    "jobs",
    "careers",
    "career",
    "karriere",
    "stellenangebote",
    "emplois",
    "empleo",
    "home",
    "menu",
    "vertrieb",
    "entwicklung",
    "verwaltung",
    "pflege",
    "commerce",
    "ventas",
    "ingeniería",
];

/// Words of firms, schools and other houses.
const FIRM: &[&str] = &[
    "gmbh",
    "mbh",
    "ag",
    "kg",
    "ohg",
    "ug",
    "se",
    "inc",
    "llc",
    "llp",
    "ltd",
    "limited",
    "plc",
    "corp",
    "corporation",
    "company",
    "co",
    "group",
    "gruppe",
    "groupe",
    "grupo",
    "holding",
    "sarl",
    "sas",
    "sa",
    "sl",
    "slu",
    "bv",
    "nv",
    "oy",
    "ab",
    "cic",
    "cio",
    "university",
    "universität",
    "université",
    "universidad",
    "hochschule",
    "college",
    "school",
    "schule",
    "école",
    "escuela",
    "colegio",
    "lycée",
    "institute",
    "institut",
    "instituto",
    "academy",
    "akademie",
    "hospital",
    "klinik",
    "klinikum",
    "clinic",
    "clinique",
    "clínica",
    "hôpital",
    "trust",
    "council",
    "ministry",
    "agency",
    "foundation",
    "stiftung",
    "fondation",
    "fundación",
    "association",
    "verein",
    "museum",
    "musée",
    "museo",
    "library",
    "hotel",
    "hôtel",
    "restaurant",
    "restaurante",
    "kitchen",
    "bakery",
    "bank",
    "banque",
    "banco",
    "insurance",
    "mutual",
    "mutuelle",
    "partners",
    "associates",
    "solutions",
    "services",
    "systems",
    "technologies",
    "technology",
    "labs",
    "lab",
    "studio",
    "studios",
    "works",
    "werke",
    "werk",
    "industries",
    "foods",
    "farm",
    "farms",
    "logistics",
    "haulage",
    "therapeutics",
    "pharma",
    "energy",
    "media",
    "games",
    "software",
    "consulting",
    "engineering",
    "construction",
    "department",
    "division",
    "centre",
    "center",
    "zentrum",
    "haus",
    "résidence",
    "maison",
    "atelier",
    "kita",
    "praxis",
    "vets",
    "surgery",
    "nursery",
    "church",
    "charity",
    "society",
    "club",
];

/// Endings of a firm's name that a comma may stand before.
const LEGAL_FORMS: &[&str] = &[
    "inc", "llc", "llp", "ltd", "limited", "plc", "corp", "sl", "slu", "sa", "sau", "sarl", "sas", "gmbh",
    "ag", "kg", "co", "se", "ev", "gbr", "bv", "nv", "pc", "lp", "pllc", "scoop", "scop", "eurl", "sccl",
];

/// Countries and regions, and words that only stand with places.
const REGIONS: &[&str] = &[
    "remote",
    "uk",
    "u.k",
    "usa",
    "u.s",
    "us",
    "united kingdom",
    "united states",
    "england",
    "scotland",
    "wales",
    "ireland",
    "northern ireland",
    "canada",
    "australia",
    "new zealand",
    "germany",
    "deutschland",
    "austria",
    "österreich",
    "switzerland",
    "schweiz",
    "suisse",
    "france",
    "belgium",
    "belgique",
    "netherlands",
    "spain",
    "españa",
    "portugal",
    "italy",
    "poland",
    "sweden",
    "norway",
    "denmark",
    "finland",
    "europe",
    "europa",
    "eu",
    "emea",
    "dach",
    "nationwide",
    "bundesweit",
    "deutschlandweit",
    "anywhere",
    "worldwide",
    "india",
    "singapore",
    "mexico",
    "méxico",
    "argentina",
    "chile",
    "colombia",
    "perú",
    "alabama",
    "alaska",
    "arizona",
    "arkansas",
    "california",
    "colorado",
    "connecticut",
    "delaware",
    "florida",
    "georgia",
    "hawaii",
    "idaho",
    "illinois",
    "indiana",
    "iowa",
    "kansas",
    "kentucky",
    "louisiana",
    "maine",
    "maryland",
    "massachusetts",
    "michigan",
    "minnesota",
    "mississippi",
    "missouri",
    "montana",
    "nebraska",
    "nevada",
    "new hampshire",
    "new jersey",
    "new mexico",
    "new york",
    "north carolina",
    "north dakota",
    "ohio",
    "oklahoma",
    "oregon",
    "pennsylvania",
    "rhode island",
    "south carolina",
    "south dakota",
    "tennessee",
    "texas",
    "utah",
    "vermont",
    "virginia",
    "washington",
    "west virginia",
    "wisconsin",
    "wyoming",
    "ontario",
    "quebec",
    "québec",
    "british columbia",
    "alberta",
    "bayern",
    "sachsen",
    "hessen",
    "berlin",
    "hamburg",
    "münchen",
    "london",
    "paris",
    "madrid",
    "barcelona",
];

/// States of the US and provinces of Canada, abbreviated.
const STATES: &[&str] = &[
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY",
    "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND",
    "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC",
    "ON", "QC", "BC", "AB", "MB", "SK", "NS", "NB", "NL", "NSW", "VIC", "QLD",
];

/// Words by which a line counts as one about pay, hours or dates.
const MEASURES: &[&str] = &[
    "£",
    "$",
    "€",
    "per hour",
    "per annum",
    "p.a.",
    "/hr",
    "hours",
    "hrs",
    "stunden",
    "heures",
    "horas",
    "ago",
    "weeks",
    "months",
    "monate",
    "mois",
    "meses",
    "applicants",
    "requisition",
    "brut",
    "brutto",
    "bruto",
];

/// Whether a part is none of the facts.
pub(super) fn is_other(part: &str) -> bool {
    let lower = part.to_lowercase();
    let lower = lower.trim();
    let opens = |word: &&str| {
        lower.strip_prefix(*word).is_some_and(|rest| {
            // "Hybrid" alone says how, "Hybrid Systems" is a name.
            let whole = rest.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
            let more = rest.starts_with([',', ' ', '(', ':', '/', '-', '·', '.', ';']);
            let names =
                part.split_whitespace().nth(1).is_some_and(|next| next.starts_with(char::is_uppercase));
            whole || more && !names || more && rest.chars().any(|c| c.is_ascii_digit())
        })
    };
    OTHER.iter().any(opens)
        || WHOLE.contains(&lower)
        || MEASURES.iter().any(|sign| lower.contains(sign)) && lower.chars().any(|c| c.is_ascii_digit())
        || !lower.chars().any(char::is_alphabetic)
        || lower.ends_with('?')
        || lower.contains('@')
        || lower.contains("http")
}

/// Whether a part is surely a place.
pub(super) fn is_place(part: &str) -> bool {
    if has_firm_word(part) {
        return false;
    }
    let lower = part.to_lowercase();
    let words: Vec<&str> =
        part.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|word| !word.is_empty()).collect();
    let region = REGIONS.iter().any(|region| {
        lower.match_indices(region).any(|(at, _)| {
            let before = lower[..at].chars().next_back();
            let after = lower[at + region.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
    });
    // "us" and "eu" only in capitals.
    let small = ["us", "eu"].iter().any(|word| lower.split(' ').any(|one| one == *word))
        && !words.iter().any(|word| matches!(*word, "US" | "EU"));
    let state = words.iter().skip(1).any(|word| STATES.contains(word));
    let department = part.contains('(')
        && part.rsplit('(').next().is_some_and(|inner| {
            let inner = inner.trim_end_matches(')');
            (2..=5).contains(&inner.len()) && inner.starts_with(|c: char| c.is_ascii_digit())
        });
    let postcode = words.iter().any(|word| word.len() == 5 && word.chars().all(|c| c.is_ascii_digit()))
        || words.windows(2).any(|pair| {
            is_outward(pair[0]) && pair[1].len() == 3 && pair[1].starts_with(|c: char| c.is_ascii_digit())
        })
        || words.len() > 1 && words.last().is_some_and(|word| is_outward(word));
    region && !small || state || department || postcode
}

/// The first half of a British postcode.
fn is_outward(word: &str) -> bool {
    let letters = word.chars().take_while(char::is_ascii_uppercase).count();
    (1..=2).contains(&letters)
        && (letters + 1..=letters + 2).contains(&word.len())
        && word[letters..].starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a part may be a place: a few words with capitals, and none of a firm.
pub(super) fn may_be_place(part: &str) -> bool {
    is_place(part)
        || !has_firm_word(part)
            && !is_other(part)
            && part.chars().count() <= 40
            && (1..=5).contains(&part.split_whitespace().count())
            && part.starts_with(char::is_uppercase)
            && !part.ends_with(['.', '!'])
            && part.split_whitespace().all(|word| {
                word.starts_with(|c: char| c.is_uppercase() || c == '(')
                    || word.chars().count() <= 4
                    || word.ends_with(')')
            })
}

/// Whether a part has a word of a firm, a school or another house.
pub(super) fn has_firm_word(part: &str) -> bool {
    part.split(|c: char| !c.is_alphanumeric() && c != '.' && c != '\'')
        // "CO" is Colorado, "Co" a company.
        .filter(|word| !STATES.contains(word))
        .map(|word| word.replace('.', "").to_lowercase())
        .any(|word| FIRM.contains(&word.as_str()))
        || part.contains("e. V.")
        || part.contains("e.V.")
        || part.contains(" & ")
}

/// Whether a part is short enough for a name.
fn is_name(part: &str) -> bool {
    part.split_whitespace().count() <= 8 && part.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// "Saltgrass Kitchen, Galveston TX": the firm and the place, where one line holds both.
pub(super) fn firm_and_place(part: &str) -> Option<(&str, &str)> {
    for sign in [" – ", " — ", " - ", ", ", " in "] {
        for (at, _) in part.match_indices(sign) {
            let (firm, place) = (part[..at].trim(), part[at + sign.len()..].trim());
            let legal: String = place
                .split([',', ' '])
                .next()
                .unwrap_or_default()
                .chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect();
            if LEGAL_FORMS.contains(&legal.as_str()) || firm.is_empty() || place.is_empty() {
                continue;
            }
            // "Portland, OR" is one place, not a firm at one.
            let one_place =
                is_place(part) && !has_firm_word(firm) && is_place(place) && place.chars().count() <= 3;
            // Behind a dash, words on travel may follow the place.
            let dash = sign.trim() != "," && sign != " in ";
            let mut parts = place.split(", ");
            let all_place = if dash {
                parts.next().is_some_and(|one| may_be_place(one) && !is_other(one)) && is_name(firm)
            } else {
                parts.all(|one| may_be_place(one) && !is_other(one))
            };
            if all_place && !one_place && (sign != " in " || has_firm_word(firm)) {
                return Some((firm, place));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn firms_and_places_of_one_line() {
        for (line, wanted) in [
            ("Saltgrass Kitchen, Galveston TX", Some(("Saltgrass Kitchen", "Galveston TX"))),
            ("Kita Zwergenwiese e. V., Göttingen", Some(("Kita Zwergenwiese e. V.", "Göttingen"))),
            ("Mutuelle Horizon Bleu – Nantes", Some(("Mutuelle Horizon Bleu", "Nantes"))),
            ("Elektro Brandtner, Regensburg", Some(("Elektro Brandtner", "Regensburg"))),
            ("Ferrostatt Industries, Inc.", None),
            ("Ebrolán Componentes, S.L.", None),
            ("Institute for Biology, Merrow University", None),
            ("Altmere Therapeutics", None),
        ] {
            assert_eq!(firm_and_place(line), wanted, "{line}");
        }
    }

    #[test]
    fn places_firms_and_what_is_neither() {
        for place in
            ["Denver, CO", "Remote (EU)", "Dijon (21)", "Kendal, England", "Doncaster DN4", "London SE1 7EH"]
        {
            assert!(is_place(place) && !is_other(place), "{place}");
        }
        for firm in ["Lumenlearn CIC", "Texas Pipe Company", "Oatwell Foods", "Brightloom"] {
            assert!(!is_place(firm) && !is_other(firm), "{firm}");
        }
        for other in [
            "Full-time",
            "3 weeks ago",
            "Teilzeit oder Vollzeit",
            "Sales",
            "£27,000 per annum",
            "CDI",
            "Fixed term, 24 months",
        ] {
            assert!(is_other(other), "{other}");
        }
    }
}
