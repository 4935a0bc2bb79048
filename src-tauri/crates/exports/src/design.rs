//! How an exported document looks.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A template. Each sets the same rows; what differs is type, room and order of sections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// One column, sans serif, headings over a thin rule.
    #[default]
    Plain,
    /// One column, serif, name and contacts centred.
    Book,
    /// One column, coloured name, a bar beside each heading.
    Modern,
    /// One column, small type and narrow margins: the most on a page.
    Compact,
    /// One column, serif, wide margins, publications with hanging lines.
    Academic,
    /// Headings in a narrow column on the left, what stands under each beside it.
    Columns,
}

impl Template {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Plain, Self::Book, Self::Modern, Self::Compact, Self::Academic, Self::Columns];

    /// Its name in settings and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Book => "book",
            Self::Modern => "modern",
            Self::Compact => "compact",
            Self::Academic => "academic",
            Self::Columns => "columns",
        }
    }

    /// The template of that [`Template::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|template| template.id() == id)
    }

    /// Whether its text has serifs.
    pub(crate) fn has_serifs(self) -> bool {
        matches!(self, Self::Book | Self::Academic)
    }

    /// Its colour where the user chose none.
    fn accent(self) -> Accent {
        match self {
            Self::Plain => Accent { red: 0x1f, green: 0x4e, blue: 0x5f },
            Self::Book => Accent { red: 0x7a, green: 0x2e, blue: 0x2e },
            Self::Modern => Accent { red: 0x1d, green: 0x4f, blue: 0x91 },
            Self::Compact => Accent { red: 0x2f, green: 0x3e, blue: 0x4e },
            Self::Academic => Accent { red: 0x2b, green: 0x3a, blue: 0x67 },
            Self::Columns => Accent { red: 0x1f, green: 0x5c, blue: 0x4a },
        }
    }

    /// Size of the running text in points.
    fn text_size(self) -> f64 {
        match self {
            Self::Compact => 9.3,
            Self::Book | Self::Academic => 10.8,
            Self::Columns => 9.8,
            Self::Plain | Self::Modern => 10.0,
        }
    }
}

/// A size of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 in.
    Letter,
}

/// Size of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// Seven hundredths smaller.
    Small,
    /// As the template has it.
    #[default]
    Normal,
    /// Eight hundredths larger.
    Large,
}

/// A colour for headings and links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Accent {
    /// 0 to 255.
    pub red: u8,
    /// 0 to 255.
    pub green: u8,
    /// 0 to 255.
    pub blue: u8,
}

impl Accent {
    /// `#rrggbb`, or `rrggbb`.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let hex = hex.strip_prefix('#').unwrap_or(hex);
        if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
        Some(Self { red: part(0)?, green: part(2)?, blue: part(4)? })
    }

    /// Six digits without a sign before them.
    pub(crate) fn digits(self) -> String {
        format!("{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// Darkened until small text in it can be read on white: a contrast of 4.5 at least.
    #[must_use]
    pub fn legible(self) -> Self {
        let mut colour = self;
        while colour.contrast_on_white() < 4.5 {
            let darker = |part: u8| part - part / 16 - u8::from(part > 0);
            colour = Self { red: darker(colour.red), green: darker(colour.green), blue: darker(colour.blue) };
        }
        colour
    }

    /// As WCAG 2 counts it: 1 to 21.
    fn contrast_on_white(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let light = 0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue);
        1.05 / (light + 0.05)
    }
}

impl From<Accent> for String {
    fn from(accent: Accent) -> Self {
        format!("#{}", accent.digits())
    }
}

impl TryFrom<String> for Accent {
    type Error = String;

    fn try_from(hex: String) -> Result<Self, String> {
        Self::from_hex(&hex).ok_or_else(|| format!("`{hex}` is no colour like #1f4e5f"))
    }
}

/// All that the user can choose about the looks of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Design {
    /// The template.
    pub template: Template,
    /// The paper; `None`: what is usual where the resume comes from.
    pub paper: Option<Paper>,
    /// The colour; `None`: the template's own.
    pub accent: Option<Accent>,
    /// The size of the text.
    pub size: Size,
    /// How many pages it should fill at most, from 1; `None`: as many as it takes.
    pub pages: Option<u8>,
}

impl Design {
    /// The defaults of a template.
    pub fn of(template: Template) -> Self {
        Self { template, ..Self::default() }
    }

    /// The colour that is used, dark enough to be read.
    pub(crate) fn accent(&self) -> Accent {
        self.accent.unwrap_or(self.template.accent()).legible()
    }

    /// Size of the running text, in points.
    pub(crate) fn text_size(&self) -> f64 {
        let factor = match self.size {
            Size::Small => 0.93,
            Size::Normal => 1.0,
            Size::Large => 1.08,
        };
        self.template.text_size() * factor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_written() {
        let accent = Accent::from_hex("#1f4E5f").expect("it is a colour");
        assert_eq!(String::from(accent), "#1f4e5f");
        for no in ["", "#12345", "#1234567", "#12345g", "red", "#12é45"] {
            assert_eq!(Accent::from_hex(no), None, "{no}");
        }
    }

    #[test]
    fn every_colour_becomes_legible() {
        for hex in ["ffffff", "ffff00", "00ff00", "ff8080", "000000"] {
            let accent = Accent::from_hex(hex).expect("it is a colour").legible();
            assert!(accent.contrast_on_white() >= 4.5, "{hex}");
        }
        let dark = Accent::from_hex("1f4e5f").expect("it is a colour");
        assert_eq!(dark.legible(), dark, "what is legible stays");
    }

    #[test]
    fn templates_have_names() {
        for template in Template::ALL {
            assert_eq!(Template::from_id(template.id()), Some(template));
            let json = serde_json::to_string(&template).expect("it is a name");
            assert_eq!(json, format!("\"{}\"", template.id()));
        }
    }
}
