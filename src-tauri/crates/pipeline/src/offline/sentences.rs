//! What the rules say to the person, in the four languages that they know.

use resume::words::Language;

/// How many requirements there are, and how many are met.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) musts: usize,
    pub(crate) musts_met: usize,
    pub(crate) musts_partial: usize,
    pub(crate) nice: usize,
    pub(crate) nice_met: usize,
}

/// Two or three sentences on how well the resume fits.
pub(crate) fn assessment(language: Language, count: Count, gives_orders: bool) -> String {
    let Count { musts, musts_met, musts_partial, nice, nice_met } = count;
    if musts + nice == 0 {
        return match language {
            Language::German => "In dieser Anzeige haben die Regeln keine Anforderungen gefunden. Ausgewertet wurde nach Regeln auf diesem Rechner, nicht von einem Sprachmodell.",
            Language::French => "Les règles n’ont trouvé aucune exigence dans cette annonce. L’analyse suit des règles sur cet ordinateur, sans modèle de langage.",
            Language::Spanish => "Las reglas no han encontrado requisitos en esta oferta. El análisis sigue reglas en este ordenador, sin modelo de lenguaje.",
            _ => "The rules found no requirements in this posting. This was worked out by rules on this computer, not by a language model.",
        }
        .to_owned();
    }
    let mut text = match language {
        Language::German => format!(
            "Der Lebenslauf zeigt {musts_met} von {musts} Muss-Anforderungen, weitere {musts_partial} zum Teil, und {nice_met} von {nice} Wünschen. Ausgewertet wurde nach Regeln auf diesem Rechner, nicht von einem Sprachmodell: Regeln finden Wörter, keinen Sinn. Bitte prüfen Sie die Lücken selbst."
        ),
        Language::French => format!(
            "Le CV montre {musts_met} exigence(s) sur {musts}, {musts_partial} de plus en partie, et {nice_met} atout(s) sur {nice}. L’analyse suit des règles sur cet ordinateur, sans modèle de langage : elles trouvent des mots, pas le sens. Relisez vous-même les lacunes."
        ),
        Language::Spanish => format!(
            "El currículum muestra {musts_met} de {musts} requisitos, {musts_partial} más en parte, y {nice_met} de {nice} puntos valorables. El análisis sigue reglas en este ordenador, sin modelo de lenguaje: encuentran palabras, no significado. Revisa tú las lagunas."
        ),
        _ => format!(
            "The resume shows {musts_met} of {musts} must-haves, {musts_partial} more in part, and {nice_met} of {nice} nice-to-haves. This was worked out by rules on this computer, not by a language model: rules find words, not meaning. Please look at the gaps yourself."
        ),
    };
    if gives_orders {
        text.push(' ');
        text.push_str(match language {
            Language::German => {
                "Die Anzeige enthält Text, der Programmen Anweisungen gibt; er wurde nicht beachtet."
            }
            Language::French => {
                "L’annonce contient un texte qui donne des ordres aux programmes ; il a été ignoré."
            }
            Language::Spanish => {
                "La oferta contiene un texto que da órdenes a los programas; no se ha tenido en cuenta."
            }
            _ => "The posting holds text that gives orders to screening programs; it was left out.",
        });
    }
    text
}

/// A paper that the resume names as lapsed.
pub(crate) fn lapsed(language: Language, requirement: &str) -> String {
    match language {
        Language::German => format!("{requirement} (abgelaufen)"),
        Language::French => format!("{requirement} (expiré)"),
        Language::Spanish => format!("{requirement} (caducado)"),
        _ => format!("{requirement} (lapsed)"),
    }
}

/// The idea behind the changes.
pub(crate) fn strategy(language: Language, changes: usize) -> String {
    if changes == 0 {
        return match language {
            Language::German => "Die Reihenfolge und die Begriffe passen schon; ohne Modell gibt es nichts zu ändern, das nicht erfunden wäre.",
            Language::French => "L’ordre et les termes conviennent déjà ; sans modèle, rien à changer qui ne serait inventé.",
            Language::Spanish => "El orden y los términos ya encajan; sin modelo no hay nada que cambiar que no sea inventado.",
            _ => "The order and the terms already fit; without a model there is nothing to change that would not be invented.",
        }
        .to_owned();
    }
    match language {
        Language::German => "Nach vorn, was die Anzeige verlangt, und ihre Begriffe neben die gleichbedeutenden des Lebenslaufs. Nichts wird hinzugefügt, was nicht schon dasteht.",
        Language::French => "Mettre en avant ce que l’annonce demande, et placer ses termes à côté de ceux, équivalents, du CV. Rien n’est ajouté qui n’y soit déjà.",
        Language::Spanish => "Poner delante lo que pide la oferta y sus términos junto a los equivalentes del currículum. No se añade nada que no esté ya.",
        _ => "Bring what the posting asks for to the front, and put its terms beside the same terms of the resume. Nothing is added that is not there already.",
    }
    .to_owned()
}

/// Why a line comes first in its entry.
pub(crate) fn comes_first(language: Language, requirement: &str) -> String {
    match language {
        Language::German => format!("Diese Zeile passt am besten zu „{requirement}“ und steht darum vorn."),
        Language::French => format!("Cette ligne répond le mieux à « {requirement} » et passe donc devant."),
        Language::Spanish => format!("Esta línea responde mejor a «{requirement}» y por eso va delante."),
        _ => format!("This line speaks best to “{requirement}”, so it comes earlier in its entry."),
    }
}

/// Why the items of a line change their order.
pub(crate) fn items_first(language: Language, items: &str) -> String {
    match language {
        Language::German => format!("Was zur Anzeige passt, steht vorn: {items}."),
        Language::French => format!("Ce qui répond à l’annonce passe devant : {items}."),
        Language::Spanish => format!("Lo que responde a la oferta va delante: {items}."),
        _ => format!("What speaks to the posting comes first: {items}."),
    }
}

/// Why a term stands beside its equal.
pub(crate) fn same_thing(language: Language, posting: &str, resume: &str) -> String {
    match language {
        Language::German => {
            format!("Die Anzeige schreibt „{posting}“, der Lebenslauf „{resume}“; beides ist dasselbe.")
        }
        Language::French => {
            format!("L’annonce écrit « {posting} », le CV « {resume} » ; c’est la même chose.")
        }
        Language::Spanish => {
            format!("La oferta escribe «{posting}» y el currículum «{resume}»; es lo mismo.")
        }
        _ => format!("The posting says “{posting}” where the resume says “{resume}”; they are the same."),
    }
}

/// Why an edit is supported.
pub(crate) fn supported(language: Language) -> &'static str {
    match language {
        Language::German => "Die Prüfung fand nichts, was der Lebenslauf nicht sagt.",
        Language::French => "Le contrôle n’a rien trouvé que le CV ne dise déjà.",
        Language::Spanish => "La comprobación no encontró nada que el currículum no diga.",
        _ => "The check found nothing in it that the resume does not say.",
    }
}

/// What came of the edits.
pub(crate) fn summary(language: Language, supported: usize, edits: usize, before: u8, after: u8) -> String {
    match language {
        Language::German => format!(
            "{supported} von {edits} Änderungen sind belegt. Die Bewertung nach Regeln war {before} und ist jetzt {after}; Reihenfolge und Begriffe helfen beim Lesen, neue Erfahrung schaffen sie nicht."
        ),
        Language::French => format!(
            "{supported} modification(s) sur {edits} sont étayées. La note par règles était de {before}, elle est de {after} ; l’ordre et les termes aident à lire, ils n’ajoutent pas d’expérience."
        ),
        Language::Spanish => format!(
            "{supported} de {edits} cambios tienen respaldo. La puntuación por reglas era {before} y ahora es {after}; el orden y los términos ayudan a leer, no añaden experiencia."
        ),
        _ => format!(
            "{supported} of {edits} edits are supported. The score by rule was {before} and is now {after}; order and terms help a reader, they add no experience."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_that_rules_did_it() {
        let count = Count { musts: 4, musts_met: 2, musts_partial: 1, nice: 3, nice_met: 1 };
        for (language, words) in [
            (Language::English, "not by a language model"),
            (Language::German, "nicht von einem Sprachmodell"),
            (Language::French, "sans modèle de langage"),
            (Language::Spanish, "sin modelo de lenguaje"),
            (Language::Other, "not by a language model"),
        ] {
            assert!(assessment(language, count, false).contains(words));
            assert!(assessment(language, Count::default(), false).contains(words));
        }
    }
}
