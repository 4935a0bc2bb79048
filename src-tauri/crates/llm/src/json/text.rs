//! A JSON string that comes byte by byte. What it gives is always whole characters: no half of an escape, of a
//! surrogate pair or of a UTF-8 sequence.

/// What is still open inside a string.
#[derive(Debug, Default)]
pub(super) struct Text {
    escape: Escape,
    /// The first bytes of a UTF-8 sequence that is not whole yet.
    begun: [u8; 4],
    begun_len: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Escape {
    #[default]
    None,
    /// After `\`; the high surrogate before it, if any.
    Slash(Option<u16>),
    /// After `\u`.
    Hex { high: Option<u16>, value: u16, digits: u8 },
    /// After an escaped high surrogate: its other half must follow.
    HighDone(u16),
}

/// What a string did with the bytes it was given.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Took {
    /// All of them; it goes on.
    All,
    /// So many, the closing quote among them.
    Closed(usize),
    /// It is not valid; so many bytes were fine.
    Broken(usize, &'static str),
}

impl Text {
    /// Reads on, and puts whole characters behind `out`.
    pub(super) fn read(&mut self, bytes: &[u8], out: &mut String) -> Took {
        let mut at = 0;
        while at < bytes.len() {
            if self.escape == Escape::None {
                let run = bytes[at..].iter().position(|&byte| matches!(byte, b'"' | b'\\' | 0..=0x1F));
                let end = run.map_or(bytes.len(), |length| at + length);
                if !self.plain(&bytes[at..end], out) {
                    return Took::Broken(at, "a text is not UTF-8");
                }
                at = end;
                let Some(&byte) = bytes.get(at) else { break };
                if self.begun_len > 0 {
                    return Took::Broken(at, "a text is not UTF-8");
                }
                match byte {
                    b'"' => return Took::Closed(at + 1),
                    b'\\' => self.escape = Escape::Slash(None),
                    _ => return Took::Broken(at, "a text has a line break or a control character in it"),
                }
            } else if let Err(reason) = self.escaped(bytes[at], out) {
                return Took::Broken(at, reason);
            }
            at += 1;
        }
        Took::All
    }

    /// Takes bytes that are neither quote nor escape.
    fn plain(&mut self, mut bytes: &[u8], out: &mut String) -> bool {
        while self.begun_len > 0 {
            let Some((&byte, rest)) = bytes.split_first() else { return true };
            self.begun[self.begun_len] = byte;
            self.begun_len += 1;
            bytes = rest;
            match std::str::from_utf8(&self.begun[..self.begun_len]) {
                Ok(whole) => {
                    out.push_str(whole);
                    self.begun_len = 0;
                }
                // Three bytes of a sequence of four at most, so there is room for one more.
                Err(error) if error.error_len().is_none() => {}
                Err(_) => return false,
            }
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => out.push_str(text),
            Err(error) if error.error_len().is_none() => {
                let (whole, begun) = bytes.split_at(error.valid_up_to());
                out.push_str(&String::from_utf8_lossy(whole));
                self.begun[..begun.len()].copy_from_slice(begun);
                self.begun_len = begun.len();
            }
            Err(_) => return false,
        }
        true
    }

    fn escaped(&mut self, byte: u8, out: &mut String) -> Result<(), &'static str> {
        const LONE: &str = "a text has half of a surrogate pair in it";
        self.escape = match self.escape {
            Escape::None => Escape::None,
            Escape::Slash(high) => {
                if byte == b'u' {
                    Escape::Hex { high, value: 0, digits: 0 }
                } else if high.is_some() {
                    return Err(LONE);
                } else {
                    out.push(match byte {
                        b'"' | b'\\' | b'/' => char::from(byte),
                        b'b' => '\u{8}',
                        b'f' => '\u{c}',
                        b'n' => '\n',
                        b'r' => '\r',
                        b't' => '\t',
                        _ => return Err("a text has an unknown escape in it"),
                    });
                    Escape::None
                }
            }
            Escape::HighDone(high) if byte == b'\\' => Escape::Slash(Some(high)),
            Escape::HighDone(_) => return Err(LONE),
            Escape::Hex { high, value, digits } => {
                let Some(digit) = char::from(byte).to_digit(16) else {
                    return Err("a text has an unknown escape in it");
                };
                let value = value << 4 | u16::try_from(digit).unwrap_or(0);
                if digits < 3 {
                    Escape::Hex { high, value, digits: digits + 1 }
                } else {
                    let units = [high.unwrap_or(value), value];
                    let units = if high.is_some() { &units[..] } else { &units[..1] };
                    if high.is_none() && matches!(value, 0xD800..=0xDBFF) {
                        Escape::HighDone(value)
                    } else {
                        for decoded in char::decode_utf16(units.iter().copied()) {
                            out.push(decoded.map_err(|_| LONE)?);
                        }
                        Escape::None
                    }
                }
            }
        };
        Ok(())
    }
}
