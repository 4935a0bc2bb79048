//! Words that do not read as they look: signs that nobody sees, letters of two scripts in one word, digits that are
//! none of ours, words broken up by markup. What cannot be read cannot be checked, so it is a claim without a source
//! unless the evidence has the very same characters.

use super::ClaimKind;
use super::claims::Claims;
use super::facts::Pool;

pub(super) fn find(claims: &mut Claims<'_>, pool: &Pool<'_>) {
    let new = claims.new;
    for chunk in new.text.split_whitespace() {
        if chunk.is_ascii() && !chunk.contains(|c: char| breaks(c) || c == '-' || c == '.') {
            continue;
        }
        let core = chunk.trim_matches(|c: char| c.is_ascii_punctuation() || "–—…“”„‚‘’«»•·".contains(c));
        let Some(kind) = disguise(core) else { continue };
        if core.is_empty() || pool.texts.iter().any(|facts| facts.text.contains(core)) {
            continue;
        }
        let start = core.as_ptr() as usize - new.text.as_ptr() as usize;
        let why = match kind {
            ClaimKind::Number => "\"{}\" has digits in it that cannot be checked.",
            _ => "\"{}\" has signs in it that make it read otherwise than it looks.",
        };
        claims.unsupported(kind, start..start + core.len(), why);
    }
}

/// What a chunk of text without spaces may hide, if it may.
fn disguise(chunk: &str) -> Option<ClaimKind> {
    let chars: Vec<char> = chunk.chars().collect();
    let (mut latin, mut other, mut single) = (false, false, 0);
    for (n, &c) in chars.iter().enumerate() {
        let before = n.checked_sub(1).map(|n| chars[n]);
        let after = chars.get(n + 1).copied();
        let within = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        // Square and cubic metres.
        let power = matches!(c, '²' | '³') && before.is_some_and(|c| c == 'm');
        if c.is_numeric() && !c.is_ascii() && !power {
            return Some(ClaimKind::Number);
        }
        if unseen(c) && !(matches!(c, '\u{200c}' | '\u{200d}') && before.is_some_and(|c| c >= '\u{590}')) {
            return Some(ClaimKind::Outcome);
        }
        // FR>EN
        let arrow =
            c == '>' && before.is_some_and(char::is_uppercase) && after.is_some_and(char::is_uppercase);
        if (breaks(c) && !arrow && (within || before.is_some_and(breaks) && n > 1)) || is_styled(c) {
            return Some(ClaimKind::Outcome);
        }
        latin |= c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}');
        other |= matches!(c, '\u{370}'..='\u{52f}' | '\u{13a0}'..='\u{13ff}');
        // K-u-b-e: letter by letter.
        let alone = c.is_alphanumeric()
            && before.is_none_or(|c| matches!(c, '-' | '.' | '‑' | '‐'))
            && after.is_none_or(|c| matches!(c, '-' | '.' | '‑' | '‐'));
        single = if alone {
            single + 1
        } else if c.is_alphanumeric() {
            0
        } else {
            single
        };
        if single > 3 {
            return Some(ClaimKind::Outcome);
        }
    }
    (latin && other).then_some(ClaimKind::Outcome)
}

/// Markup that stands in no word.
fn breaks(c: char) -> bool {
    matches!(c, '*' | '<' | '>' | '`' | '~' | '\\' | '^' | '_')
}

/// Letters in the shape of ours: 𝗟, Ｌ, Ⓛ.
fn is_styled(c: char) -> bool {
    matches!(c, '\u{1d400}'..='\u{1d7ff}' | '\u{ff21}'..='\u{ff5a}' | '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}')
}

/// Signs that nobody sees.
fn unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}
