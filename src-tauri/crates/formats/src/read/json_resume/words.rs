//! The words that the schema has keys for, in the language of the resume.

/// Headings of sections, and what stands for an end that has not come.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) summary: &'static str,
    pub(super) work: &'static str,
    pub(super) volunteer: &'static str,
    pub(super) education: &'static str,
    pub(super) awards: &'static str,
    pub(super) certificates: &'static str,
    pub(super) publications: &'static str,
    pub(super) skills: &'static str,
    pub(super) languages: &'static str,
    pub(super) interests: &'static str,
    pub(super) references: &'static str,
    pub(super) projects: &'static str,
    pub(super) present: &'static str,
    /// Short names of the months; none where dates are better written in numbers.
    pub(super) months: Option<[&'static str; 12]>,
}

static ENGLISH: Words = Words {
    summary: "Summary",
    work: "Experience",
    volunteer: "Volunteering",
    education: "Education",
    awards: "Awards",
    certificates: "Certificates",
    publications: "Publications",
    skills: "Skills",
    languages: "Languages",
    interests: "Interests",
    references: "References",
    projects: "Projects",
    present: "Present",
    months: Some(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]),
};

static GERMAN: Words = Words {
    summary: "Profil",
    work: "Berufserfahrung",
    volunteer: "Ehrenamt",
    education: "Ausbildung",
    awards: "Auszeichnungen",
    certificates: "Zertifikate",
    publications: "Publikationen",
    skills: "Kenntnisse",
    languages: "Sprachen",
    interests: "Interessen",
    references: "Referenzen",
    projects: "Projekte",
    present: "heute",
    months: None,
};

static FRENCH: Words = Words {
    summary: "Profil",
    work: "Expérience professionnelle",
    volunteer: "Bénévolat",
    education: "Formation",
    awards: "Distinctions",
    certificates: "Certifications",
    publications: "Publications",
    skills: "Compétences",
    languages: "Langues",
    interests: "Centres d’intérêt",
    references: "Références",
    projects: "Projets",
    present: "aujourd’hui",
    months: Some([
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
    ]),
};

static SPANISH: Words = Words {
    summary: "Perfil",
    work: "Experiencia",
    volunteer: "Voluntariado",
    education: "Formación",
    awards: "Premios",
    certificates: "Certificados",
    publications: "Publicaciones",
    skills: "Competencias",
    languages: "Idiomas",
    interests: "Intereses",
    references: "Referencias",
    projects: "Proyectos",
    present: "actualidad",
    months: Some([
        "ene.", "feb.", "mar.", "abr.", "may.", "jun.", "jul.", "ago.", "sept.", "oct.", "nov.", "dic.",
    ]),
};

/// The words of a language; English where it is none of the four.
pub(super) fn of(language: Option<&str>) -> &'static Words {
    match language {
        Some("de") => &GERMAN,
        Some("fr") => &FRENCH,
        Some("es") => &SPANISH,
        _ => &ENGLISH,
    }
}

impl Words {
    /// A date of the schema (`2021-03-01`, `2021-03`, `2021`) as people write it; anything else as it stands.
    pub(super) fn date(&self, text: &str) -> String {
        let text = text.trim();
        let date = text.split_once('T').map_or(text, |(date, _)| date);
        let mut parts = date.split('-');
        let numbers = [parts.next(), parts.next(), parts.next()]
            .map(|part| part.filter(|part| part.len() <= 4).and_then(|part| part.parse::<usize>().ok()));
        let (Some(year @ 1900..=2199), rest) = (numbers[0], parts.next()) else { return text.to_owned() };
        if rest.is_some() || date.chars().any(|c| !c.is_ascii_digit() && c != '-') {
            return text.to_owned();
        }
        match (numbers[1], self.months) {
            (Some(month @ 1..=12), Some(names)) => format!("{} {year}", names[month - 1]),
            (Some(month @ 1..=12), None) => format!("{month:02}/{year}"),
            _ => year.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        let english = of(None);
        for (from, to) in [
            ("2021-03-15", "Mar 2021"),
            ("2021-12", "Dec 2021"),
            ("2021", "2021"),
            ("2021-03-15T00:00:00Z", "Mar 2021"),
            ("spring 2021", "spring 2021"),
            ("2021-13", "2021"),
            ("", ""),
        ] {
            assert_eq!(english.date(from), to);
        }
        assert_eq!(of(Some("de")).date("2021-03"), "03/2021");
    }
}
