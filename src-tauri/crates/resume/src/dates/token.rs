//! A line as numbers, words and signs, each with its place.

/// A piece of a line. `from` and `to` are bytes.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) from: usize,
    pub(super) to: usize,
    /// White space stands before it.
    pub(super) spaced: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number {
        value: u32,
        digits: usize,
    },
    /// In lower case.
    Word(String),
    Sign(char),
}

/// The value of a digit of any of the writings that are read.
fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        '\u{e50}'..='\u{e59}' => '\u{e50}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}

/// Signs of writings that set no spaces between words are words of their own.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// Marks above and below letters belong to the word.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{64b}'..='\u{652}')
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut spaced = true;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}') {
            spaced = true;
            continue;
        }
        let to = at + c.len_utf8();
        if let Some(value) = digit(c) {
            match tokens.last_mut() {
                Some(Token { kind: Kind::Number { value: so_far, digits }, to: end, .. }) if !spaced => {
                    *so_far = so_far.saturating_mul(10).saturating_add(value);
                    *digits += 1;
                    *end = to;
                }
                _ => tokens.push(Token { kind: Kind::Number { value, digits: 1 }, from: at, to, spaced }),
            }
        } else if c.is_alphabetic() || is_mark(c) || matches!(c, 'º' | 'ª') {
            let alone = stands_alone(c);
            match tokens.last_mut() {
                Some(Token { kind: Kind::Word(word), to: end, .. })
                    if !spaced && !alone && !word.chars().next_back().is_some_and(stands_alone) =>
                {
                    word.extend(c.to_lowercase());
                    *end = to;
                }
                _ => {
                    let word = c.to_lowercase().collect();
                    tokens.push(Token { kind: Kind::Word(word), from: at, to, spaced });
                }
            }
        } else {
            tokens.push(Token { kind: Kind::Sign(c), from: at, to, spaced });
        }
        spaced = false;
    }
    tokens
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<(u32, usize)> {
        match self.kind {
            Kind::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    pub(super) fn is_sign(&self, signs: &[char]) -> bool {
        matches!(self.kind, Kind::Sign(c) if signs.contains(&c))
    }
}
