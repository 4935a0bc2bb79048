//! The items of a skills line, and their order.

/// A line of items: "Daily: Go, Postgres, Helm".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Items<'a> {
    /// What stands in front: the group's name with its colon.
    pub(super) label: &'a str,
    /// What stands between two items.
    separator: &'static str,
    /// The items in their order.
    pub(super) each: Vec<&'a str>,
    /// What stands behind the last.
    end: &'a str,
}

const SEPARATORS: [&str; 6] = [", ", " • ", " · ", " | ", "; ", " / "];

/// The items of a line, where it is a plain list: one kind of separator, at least three items, nothing that
/// speaks of all of them together.
pub(super) fn items(line: &str) -> Option<Items<'_>> {
    let label = line
        .find(": ")
        .filter(|at| *at <= 40 && !line[..*at].contains([',', '(', ';']))
        .map_or("", |at| &line[..at + 2]);
    let rest = &line[label.len()..];
    // "Daily: Go, Helm; Rusty: Java": several groups in one line, each with its own items.
    if rest.contains([':', '\t', '\n', '\r']) {
        return None;
    }
    let body = rest.trim_end_matches(['.', ';', ' ']);
    let end = &rest[body.len()..];
    let used: Vec<&'static str> =
        SEPARATORS.into_iter().filter(|separator| cut(body, separator).len() > 1).collect();
    let [separator] = used.as_slice() else { return None };
    let items = cut(body, separator);
    let tied = |item: &&str| {
        let item = item.to_lowercase();
        let outside: String = outside_brackets(&item);
        // "A, B and C", "… on carbon steel": the last words may belong to all.
        [
            " and ", " und ", " et ", " y ", " or ", " oder ", " ou ", " on ", " for ", " in ", " with ",
            " auf ", " für ", " pour ", " para ", " en ", " sur ",
        ]
        .iter()
        .any(|word| format!(" {outside} ").contains(word))
            || item.starts_with("and ")
            || item.starts_with("und ")
            || item.starts_with("some ")
            || item.starts_with("a little ")
    };
    let starts_sentence = items.first().is_some_and(|first| first.starts_with(char::is_uppercase))
        && items.iter().skip(1).any(|item| item.starts_with(char::is_lowercase));
    let plain = items.len() >= 3
        && items.iter().all(|item| !item.is_empty() && item.split_whitespace().count() <= 6)
        && !items.last().is_some_and(tied)
        && !items.iter().any(|item| item.to_lowercase().starts_with("and "))
        && !(label.is_empty() && starts_sentence);
    plain.then_some(Items { label, separator, each: items, end })
}

impl Items<'_> {
    /// The line with its items in another order, given as their places.
    pub(super) fn in_order(&self, order: &[usize]) -> String {
        let items: Vec<&str> = order.iter().filter_map(|place| self.each.get(*place).copied()).collect();
        format!("{}{}{}", self.label, items.join(self.separator), self.end)
    }
}

/// The parts of a text between separators that stand outside brackets.
fn cut<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0_i32);
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth == 0 && at >= start && text[at..].starts_with(separator) {
            found.push(&text[start..at]);
            start = at + separator.len();
        }
    }
    found.push(&text[start..]);
    found
}

fn outside_brackets(text: &str) -> String {
    let mut depth = 0_i32;
    text.chars()
        .filter(|c| {
            depth += i32::from(*c == '(');
            let outside = depth == 0;
            depth -= i32::from(*c == ')' && depth > 0);
            outside
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn another_order_keeps_label_separators_and_items_to_the_byte(
            label in prop::option::of("[A-Z][a-zé]{2,12}"),
            separator in prop::sample::select(SEPARATORS.to_vec()),
            list in prop::collection::vec("[A-Z][A-Za-z0-9+#é.]{1,8}( [A-Z][a-z]{1,6})?( \\([a-z]{2,5}, [a-z]{2,5}\\))?", 3..9),
            end in prop::sample::select(vec!["", "."]),
            seed in any::<u64>(),
        ) {
            let label = label.map(|label| format!("{label}: ")).unwrap_or_default();
            let line = format!("{label}{}{end}", list.join(separator));
            if let Some(read) = items(&line) {
                prop_assert_eq!(read.label, label.as_str());
                prop_assert_eq!(read.separator, separator);
                let places: Vec<usize> = (0..read.each.len()).collect();
                prop_assert_eq!(read.in_order(&places), line.as_str());
                let mut shuffled = places.clone();
                shuffled.sort_by_key(|place| seed.rotate_left(u32::try_from(*place * 7 % 64).unwrap_or(0)));
                let moved = read.in_order(&shuffled);
                prop_assert_eq!(moved.len(), line.len());
                prop_assert!(moved.starts_with(&label) && moved.ends_with(read.end));
                let body = &moved[label.len()..moved.len() - read.end.len()];
                let expected: Vec<&str> = shuffled.iter().map(|place| read.each[*place]).collect();
                prop_assert_eq!(cut(body, separator), expected);
            }
        }

        #[test]
        fn a_line_with_several_labels_is_left_alone(
            first in "[A-Z][a-z]{2,9}", second in "[A-Z][a-z]{2,9}", gap in prop::sample::select(vec!["; ", ", ", ". ", "\t", " | "]),
        ) {
            let line = format!("{first}: Go, Helm, Kafka{gap}{second}: Java, Ansible, Perl");
            prop_assert_eq!(items(&line), None);
        }

        #[test]
        fn any_text_is_taken_as_it_comes(line in "\\PC{0,80}") {
            if let Some(read) = items(&line) {
                let places: Vec<usize> = (0..read.each.len()).collect();
                prop_assert_eq!(read.in_order(&places), line.as_str());
            }
        }
    }

    #[test]
    fn items_keep_label_separator_and_brackets() {
        let line = items("Daily: Go, Postgres (since 2014, mostly), Helm.").expect("a list");
        assert_eq!(line.each, ["Go", "Postgres (since 2014, mostly)", "Helm"]);
        assert_eq!(line.in_order(&[2, 0, 1]), "Daily: Helm, Go, Postgres (since 2014, mostly).");
        let line = items("P&L • S&OP • EHS").expect("a list");
        assert_eq!(line.in_order(&[1, 0, 2]), "S&OP • P&L • EHS");
    }

    #[test]
    fn lines_that_are_no_plain_list_are_left_alone() {
        for line in [
            "Baking, icing and serving",
            "SMAW, FCAW, some GTAW on carbon steel",
            "R (expert), Python; some Julia",
            "Smoking, fermenting, baking",
            "Go, Rust",
            "",
            ", , ,",
            "a: b: c",
        ] {
            assert_eq!(items(line), None, "{line}");
        }
    }
}
