//! The language of a text by its most common small words.

const WORDS: [(&str, &[&str]); 6] = [
    (
        "en",
        &[
            "the", "and", "of", "to", "with", "for", "in", "on", "from", "by", "at", "was", "is", "that",
            "our", "you", "we", "a",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "das", "und", "mit", "für", "von", "im", "zu", "den", "bei", "als", "eine", "auf",
            "wir", "sie", "nach", "des",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "et", "des", "du", "pour", "une", "dans", "avec", "sur", "au", "en", "nous",
            "vous", "par", "un", "aux",
        ],
    ),
    (
        "es",
        &[
            "el", "la", "los", "las", "y", "del", "para", "con", "una", "por", "en", "que", "un", "al", "de",
            "se", "más", "como",
        ],
    ),
    ("it", &["il", "di", "che", "per", "con", "della", "nel", "una", "gli", "alla", "sono", "del"]),
    ("nl", &["het", "een", "van", "voor", "met", "en", "bij", "naar", "wij", "de", "op", "zijn"]),
];

/// The language that most of the text is in, as ISO 639-1; `None` where there is too little to tell.
pub(crate) fn language(text: &str) -> Option<String> {
    let mut counts = [0usize; WORDS.len()];
    let mut cjk = 0usize;
    let mut letters = 0usize;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        for (count, (_, small)) in counts.iter_mut().zip(WORDS) {
            *count += usize::from(small.contains(&lower.as_str()));
        }
        letters += word.chars().count();
        cjk += word.chars().filter(|c| super::headings::is_cjk(*c)).count();
    }
    if cjk * 2 > letters {
        return Some("zh".to_owned());
    }
    let best = (0..WORDS.len()).max_by_key(|at| counts[*at])?;
    (counts[best] >= 3).then(|| WORDS[best].0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn four_languages_and_too_little() {
        assert_eq!(language("Led the team and moved the service to the cloud.").as_deref(), Some("en"));
        assert_eq!(
            language("Leitung der Projekte und Schulung von Personal mit dem Kunden für die Abnahme")
                .as_deref(),
            Some("de")
        );
        assert_eq!(
            language("Encadrement des équipes et recrutement pour le restaurant").as_deref(),
            Some("fr")
        );
        assert_eq!(
            language("Preparación de pedidos con la carretilla y el control del almacén").as_deref(),
            Some("es")
        );
        assert_eq!(language("Go, Kafka"), None);
    }
}
