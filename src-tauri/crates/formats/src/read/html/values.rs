//! Lengths, sizes and colours of style sheets.

/// A length in points; `em` is the size of the letters around it. `None`: it is none, or relative to the page.
pub(super) fn length(text: &str, em: f32) -> Option<f32> {
    let text = text.trim();
    let at = text.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    let number = number.trim().parse::<f32>().ok().filter(|number| number.is_finite())?;
    let factor = match unit {
        "" if number == 0.0 => 0.0,
        "px" => 0.75,
        "pt" => 1.0,
        "em" => em,
        "rem" => ROOT_SIZE,
        "ex" | "ch" => em / 2.0,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 7.2 / 2.54,
        "pc" => 12.0,
        _ => return None,
    };
    Some(number * factor)
}

/// The size of letters on a page that says nothing, in points.
pub(super) const ROOT_SIZE: f32 = 12.0;

/// A size of letters in points, where the letters around have the size `around`.
pub(super) fn size(text: &str, around: f32) -> Option<f32> {
    let named = match text {
        "xx-small" => Some(6.75),
        "x-small" => Some(7.5),
        "small" => Some(9.75),
        "medium" => Some(12.0),
        "large" => Some(13.5),
        "x-large" => Some(18.0),
        "xx-large" => Some(24.0),
        "smaller" => Some(around / 1.2),
        "larger" => Some(around * 1.2),
        _ => None,
    };
    let share = || text.strip_suffix('%')?.trim().parse::<f32>().ok().map(|share| around * share / 100.0);
    named.or_else(share).or_else(|| length(text, around)).filter(|size| (0.0..=500.0).contains(size))
}

/// A colour as red, green, blue; `None`: it is none that is known.
pub(super) fn color(text: &str) -> Option<[u8; 3]> {
    let text = text.trim();
    if let Some(digits) = text.strip_prefix('#') {
        let value = |from: usize, to: usize| u8::from_str_radix(digits.get(from..to)?, 16).ok();
        return match digits.len() {
            3 | 4 => {
                let one = |at: usize| value(at, at + 1).map(|digit| digit * 17);
                Some([one(0)?, one(1)?, one(2)?])
            }
            6 | 8 => Some([value(0, 2)?, value(2, 4)?, value(4, 6)?]),
            _ => None,
        };
    }
    if let Some(inside) =
        text.strip_prefix("rgb").and_then(|rest| rest.split_once('(')).map(|(_, inside)| inside)
    {
        let mut parts = inside.trim_end_matches(')').split([',', ' ', '/']).filter(|part| !part.is_empty());
        let mut part = || {
            let part = parts.next()?.trim();
            let value = match part.strip_suffix('%') {
                Some(share) => share.parse::<f32>().ok()? * 2.55,
                None => part.parse::<f32>().ok()?,
            };
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
            let value = value.clamp(0.0, 255.0) as u8;
            Some(value)
        };
        return Some([part()?, part()?, part()?]);
    }
    let named: [(&str, [u8; 3]); 20] = [
        ("black", [0, 0, 0]),
        ("white", [255, 255, 255]),
        ("gray", [128, 128, 128]),
        ("grey", [128, 128, 128]),
        ("silver", [192, 192, 192]),
        ("red", [255, 0, 0]),
        ("maroon", [128, 0, 0]),
        ("navy", [0, 0, 128]),
        ("blue", [0, 0, 255]),
        ("teal", [0, 128, 128]),
        ("green", [0, 128, 0]),
        ("purple", [128, 0, 128]),
        ("orange", [255, 165, 0]),
        ("darkblue", [0, 0, 139]),
        ("dimgray", [105, 105, 105]),
        ("darkgray", [169, 169, 169]),
        ("lightgray", [211, 211, 211]),
        ("whitesmoke", [245, 245, 245]),
        ("steelblue", [70, 130, 180]),
        ("slategray", [112, 128, 144]),
    ];
    named.iter().find(|(name, _)| *name == text).map(|(_, color)| *color)
}

/// The text of `content`, with its escapes resolved; signs of icon fonts are left out.
pub(super) fn content(value: &str) -> String {
    let value = value.trim();
    let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return String::new() };
    let mut out = String::new();
    let mut rest = value[1..].chars().peekable();
    while let Some(c) = rest.next() {
        if c == quote {
            break;
        }
        if c != '\\' {
            out.push(c);
            continue;
        }
        let mut code = 0u32;
        let mut digits = 0;
        while digits < 6
            && let Some(digit) = rest.peek().and_then(|c| c.to_digit(16))
        {
            code = code * 16 + digit;
            digits += 1;
            rest.next();
        }
        if digits == 0 {
            out.extend(rest.next());
        } else {
            if rest.peek() == Some(&' ') {
                rest.next();
            }
            out.extend(char::from_u32(code));
        }
    }
    out.retain(|c| !c.is_control() && !('\u{e000}'..='\u{f8ff}').contains(&c));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_sizes_colours_and_contents() {
        assert_eq!(length("16px", 10.0), Some(12.0));
        assert_eq!(length("1.5em", 10.0), Some(15.0));
        assert_eq!(length("50%", 10.0), None);
        assert_eq!(size("120%", 10.0), Some(12.0));
        assert_eq!(size("x-large", 10.0), Some(18.0));
        assert_eq!(color("#fff"), Some([255; 3]));
        assert_eq!(color("rgb(10, 20 ,30)"), Some([10, 20, 30]));
        assert_eq!(color("rgba(10 20 30 / 50%)"), Some([10, 20, 30]));
        assert_eq!(color("inherit"), None);
        assert_eq!(content("\" | \""), " | ");
        assert_eq!(content("'\\2022 '"), "•");
        assert_eq!(content("\"\\f095\""), "");
        assert_eq!(content("counter(x)"), "");
    }
}
