//! Cuts RTF into braces, control words and text.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'r> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word`, with its number where it has one.
    Word(&'r str, Option<i32>),
    /// `\` and a sign that is no letter: `\~`, `\*`.
    Symbol(u8),
    /// A byte of text, in the encoding of its font: `\'hh`, or as it stands.
    Byte(u8),
}

/// The tokens of a file.
pub(super) struct Tokens<'r> {
    bytes: &'r [u8],
    at: usize,
}

impl<'r> Tokens<'r> {
    pub(super) fn new(bytes: &'r [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Passes over bytes of binary content.
    pub(super) fn pass_over(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.bytes.len());
    }

    fn word(&mut self) -> Token<'r> {
        let rest = &self.bytes[self.at..];
        let letters = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let mut at = letters;
        let negative = rest.get(at) == Some(&b'-') && rest.get(at + 1).is_some_and(u8::is_ascii_digit);
        at += usize::from(negative);
        let digits = rest[at..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let number = (digits > 0).then(|| {
            let value =
                rest[at..at + digits].iter().fold(0i64, |sum, digit| sum * 10 + i64::from(digit - b'0'));
            let value = if negative { -value } else { value };
            i32::try_from(value).unwrap_or(i32::MAX)
        });
        at += digits;
        if rest.get(at) == Some(&b' ') {
            at += 1;
        }
        self.at += at;
        Token::Word(std::str::from_utf8(&rest[..letters]).unwrap_or_default(), number)
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

impl<'r> Iterator for Tokens<'r> {
    type Item = Token<'r>;

    fn next(&mut self) -> Option<Token<'r>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\r' | b'\n' | 0 => {}
                b'\\' => match *self.bytes.get(self.at)? {
                    b'\'' => {
                        let digits = self.bytes.get(self.at + 1).zip(self.bytes.get(self.at + 2));
                        let value = digits.and_then(|(high, low)| Some(hex(*high)? << 4 | hex(*low)?));
                        self.at += 1;
                        if let Some(value) = value {
                            self.at += 2;
                            return Some(Token::Byte(value));
                        }
                    }
                    c if c.is_ascii_alphabetic() => return Some(self.word()),
                    c => {
                        self.at += 1;
                        return Some(Token::Symbol(c));
                    }
                },
                byte => return Some(Token::Byte(byte)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_bytes() {
        let tokens: Vec<_> = Tokens::new(b"{\\b0\\li-360 x\\'e9\\~\\'zz\\*}").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word("b", Some(0)),
                Token::Word("li", Some(-360)),
                Token::Byte(b'x'),
                Token::Byte(0xE9),
                Token::Symbol(b'~'),
                Token::Byte(b'z'),
                Token::Byte(b'z'),
                Token::Symbol(b'*'),
                Token::Close,
            ]
        );
    }
}
