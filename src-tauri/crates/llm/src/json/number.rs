//! A number that comes byte by byte, by the grammar of RFC 8259, section 6.

/// How far a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Minus,
    Zero,
    Whole,
    Point,
    Fraction,
    E,
    Sign,
    Exponent,
}

/// A number so far.
#[derive(Debug)]
pub(super) struct Number {
    place: Place,
    digits: String,
}

impl Number {
    /// Begins with its first byte, if that can begin one.
    pub(super) fn begin(byte: u8) -> Option<Self> {
        let place = match byte {
            b'-' => Place::Minus,
            b'0' => Place::Zero,
            b'1'..=b'9' => Place::Whole,
            _ => return None,
        };
        Some(Self { place, digits: char::from(byte).to_string() })
    }

    /// Takes one more byte, if it belongs to the number.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let next = match (self.place, byte) {
            (Place::Minus, b'0') => Place::Zero,
            (Place::Minus, b'1'..=b'9') | (Place::Whole, b'0'..=b'9') => Place::Whole,
            (Place::Zero | Place::Whole, b'.') => Place::Point,
            (Place::Point | Place::Fraction, b'0'..=b'9') => Place::Fraction,
            (Place::Zero | Place::Whole | Place::Fraction, b'e' | b'E') => Place::E,
            (Place::E, b'+' | b'-') => Place::Sign,
            (Place::E | Place::Sign | Place::Exponent, b'0'..=b'9') => Place::Exponent,
            _ => return false,
        };
        self.place = next;
        self.digits.push(char::from(byte));
        true
    }

    /// Ends it, if it may end here.
    pub(super) fn end(self) -> Option<Box<str>> {
        matches!(self.place, Place::Zero | Place::Whole | Place::Fraction | Place::Exponent)
            .then(|| self.digits.into_boxed_str())
    }
}
