//! Fonts: two families that come with the program, one face more for Chinese and Japanese, and those of the system for
//! what these cannot draw.

use std::collections::BTreeSet;
use std::sync::{LazyLock, OnceLock};

use fontdb::{Database, FaceInfo, ID, Stretch, Style};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::WriteError;

static SANS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let faces: [&'static [u8]; 4] = [
        include_bytes!("../../fonts/SourceSans3-Regular.ttf"),
        include_bytes!("../../fonts/SourceSans3-Italic.ttf"),
        include_bytes!("../../fonts/SourceSans3-SemiBold.ttf"),
        include_bytes!("../../fonts/SourceSans3-SemiBoldItalic.ttf"),
    ];
    faces.into_iter().flat_map(|face| Font::iter(Bytes::new(face))).collect()
});

static SERIF: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let faces: [&'static [u8]; 3] = [
        include_bytes!("../../fonts/LibertinusSerif-Regular.otf"),
        include_bytes!("../../fonts/LibertinusSerif-Italic.otf"),
        include_bytes!("../../fonts/LibertinusSerif-Semibold.otf"),
    ];
    faces.into_iter().flat_map(|face| Font::iter(Bytes::new(face))).collect()
});

/// Chinese and Japanese: the characters of GB 2312, of JIS X 0208 level 1 and of Big5 level 1, in one weight.
static HAN: LazyLock<Vec<Font>> = LazyLock::new(|| {
    Font::iter(Bytes::new(&include_bytes!("../../fonts/NotoSansSC-Regular-subset.otf")[..])).collect()
});

/// The names of the fonts in the system's folders; the files are read when a character asks for them.
static INSTALLED: OnceLock<Database> = OnceLock::new();

/// The fonts of one document.
#[derive(Clone)]
pub(super) struct Fonts {
    faces: Vec<Font>,
    book: LazyHash<FontBook>,
    families: Vec<String>,
}

impl Fonts {
    /// The fonts for a text: the embedded ones, and as few more of the system as draw all its characters. The
    /// embedded face for Han characters draws them the Chinese way; `han_from_system`: it comes last. What the
    /// `serifs` lack is drawn without.
    ///
    /// # Errors
    /// [`WriteError::MissingGlyphs`] when there are none for some characters.
    pub(super) fn for_text(
        characters: &BTreeSet<char>,
        han_from_system: bool,
        serifs: bool,
    ) -> Result<Self, WriteError> {
        let families: &[&LazyLock<Vec<Font>>] = if serifs { &[&SERIF, &SANS] } else { &[&SANS] };
        let mut fonts = Self { faces: Vec::new(), book: LazyHash::default(), families: Vec::new() };
        let mut missing: BTreeSet<char> = characters.iter().copied().filter(|c| needs_glyph(*c)).collect();
        for family in families {
            fonts.families.extend(family.first().map(|font| font.info().family.clone()));
            fonts.faces.extend(family.iter().cloned());
            missing.retain(|c| !family.iter().all(|font| has(font, *c)));
            if missing.is_empty() {
                break;
            }
        }
        if !han_from_system {
            fonts.add_han(&mut missing);
        }
        fonts.add_installed(&mut missing);
        fonts.add_han(&mut missing);
        if !missing.is_empty() {
            let named: Vec<String> =
                missing.iter().take(20).map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
            return Err(WriteError::MissingGlyphs { characters: named.join(", ") });
        }
        fonts.book = LazyHash::new(FontBook::from_fonts(&fonts.faces));
        Ok(fonts)
    }

    /// Adds the embedded face for Han characters, where it has any of those missing.
    fn add_han(&mut self, missing: &mut BTreeSet<char>) {
        let before = missing.len();
        missing.retain(|c| !HAN.iter().any(|font| has(font, *c)));
        if missing.len() < before {
            self.faces.extend(HAN.iter().cloned());
            self.families.extend(HAN.iter().map(|font| font.info().family.clone()));
        }
    }

    /// Adds fonts of the system, where any has those missing.
    fn add_installed(&mut self, missing: &mut BTreeSet<char>) {
        if missing.is_empty() {
            return;
        }
        let installed = INSTALLED.get_or_init(|| {
            let mut database = Database::new();
            database.load_system_fonts();
            database
        });
        for family in families_for(installed, missing) {
            self.faces.extend(faces_of(installed, &family));
            self.families.push(family);
        }
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(super) fn get(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }

    /// The families, first choice first.
    pub(super) fn families(&self) -> Vec<String> {
        self.families.clone()
    }
}

fn has(font: &Font, c: char) -> bool {
    font.info().coverage.contains(u32::from(c))
}

/// Whether the character shows. Joiners, direction marks and variation selectors work without a glyph.
fn needs_glyph(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(u32::from(c), 0x034F | 0x061C | 0x180B..=0x180F | 0x200B..=0x200F | 0xFE00..=0xFE0F | 0xE_0100..=0xE_01EF)
}

/// Chooses families that have the missing characters, and takes those out of the set. Each time the family that
/// has most of them; of equals, the one that looks most like running text.
fn families_for(installed: &Database, missing: &mut BTreeSet<char>) -> Vec<String> {
    let mut candidates: Vec<(&FaceInfo, BTreeSet<char>)> = installed
        .faces()
        .filter(|face| {
            face.style == Style::Normal
                && face.stretch == Stretch::Normal
                && face.weight.0.abs_diff(400) <= 100
        })
        .filter_map(|face| Some((face, covered(installed, face.id, missing)?)))
        .filter(|(_, covered)| !covered.is_empty())
        .collect();
    candidates
        .sort_by_key(|(face, _)| (rank(face), face.weight.0.abs_diff(400), face.post_script_name.clone()));
    let mut chosen = Vec::new();
    while !missing.is_empty() {
        // The last of equals wins in `max_by_key`, so look from the least wanted on.
        let best = candidates.iter().rev().max_by_key(|(_, covered)| covered.intersection(missing).count());
        let Some((face, covered)) = best else { break };
        let before = missing.len();
        missing.retain(|c| !covered.contains(c));
        let Some((family, _)) = face.families.first().filter(|_| missing.len() < before) else { break };
        chosen.push(family.clone());
    }
    chosen
}

/// How far a face is from the text face: sans before serif before typewriter, known families first.
fn rank(face: &FaceInfo) -> (bool, bool, bool) {
    let family = face.families.first().map_or("", |(name, _)| name.as_str());
    (face.monospaced, family.contains("Serif"), !family.contains("Sans"))
}

/// Which of the characters a face has; `None` where the file cannot be read.
fn covered(installed: &Database, id: ID, characters: &BTreeSet<char>) -> Option<BTreeSet<char>> {
    installed.with_face_data(id, |file, index| {
        let face = ttf_parser::Face::parse(file, index).ok()?;
        Some(
            characters
                .iter()
                .copied()
                .filter(|c| face.glyph_index(*c).is_some_and(|glyph| glyph.0 != 0))
                .collect(),
        )
    })?
}

/// The upright faces of a family, regular and as near to semibold as there is.
fn faces_of(installed: &Database, family: &str) -> Vec<Font> {
    let upright = || {
        installed.faces().filter(|face| {
            face.style == Style::Normal
                && face.stretch == Stretch::Normal
                && face.families.iter().any(|(name, _)| name == family)
        })
    };
    let near = |weight: u16| upright().min_by_key(|face| face.weight.0.abs_diff(weight)).map(|face| face.id);
    let mut ids: Vec<ID> = [near(400), near(600)].into_iter().flatten().collect();
    ids.dedup();
    ids.into_iter()
        .filter_map(|id| {
            installed.with_face_data(id, |file, index| Font::new(Bytes::new(file.to_vec()), index))?
        })
        .collect()
}
