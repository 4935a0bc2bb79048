//! One pass over the groups of an RTF file.
//!
//! A group inherits the looks around it and gives them back at its end; some groups are destinations, whose
//! text goes elsewhere or nowhere.

use super::sink::{Place, Sink};
use super::tables::{Letters, Style, Tables, charset, code_page};
use super::tokens::{Token, Tokens};
use crate::rich::{Align, Looks, MAX_PIECES, Part, Piece};

/// Deeper groups are counted and share the state of this one.
const MAX_DEPTH: usize = 500;

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Text,
    /// Nowhere: pictures, data, what programs keep for themselves.
    Nowhere,
    Fonts,
    Colors,
    Styles,
    /// A drawn box: only the text in it counts.
    Shape,
    /// What a field does, as `HYPERLINK "https://example.org"`.
    Instruction,
}

#[derive(Clone, Copy, Debug)]
struct State {
    target: Target,
    looks: Looks,
    hidden: bool,
    font: i32,
    /// How many signs stand behind `\u` for readers without Unicode.
    fallback: i32,
    align: Align,
    /// Points.
    indent: f32,
    /// Points.
    space: f32,
    style: i32,
    outline: Option<u8>,
    list: Option<u8>,
    in_table: bool,
    /// The end of this group ends a sink.
    sink: bool,
    /// This group is the shown result of a field, which began at that byte of its paragraph.
    result: Option<usize>,
}

/// The parts of a document.
pub(super) struct Document {
    pub(super) headers: Part,
    pub(super) text: Part,
    pub(super) footers: Part,
    /// Groups are still open at the end.
    pub(super) cut_off: bool,
}

struct Walk {
    state: State,
    stack: Vec<State>,
    tables: Tables,
    file: &'static encoding_rs::Encoding,
    sinks: Vec<Sink>,
    headers: Vec<Piece>,
    footers: Vec<Piece>,
    /// Bytes of text that wait for the rest of their sign.
    bytes: Vec<u8>,
    /// Signs that are still to be passed over behind `\u`.
    skip: i32,
    /// First half of a sign that stands as two `\u`.
    half: Option<u16>,
    /// `\*` was the last token: an unknown destination is passed over.
    optional: bool,
    /// A group has just begun.
    fresh: bool,
    next: u32,
    names: Style,
    number: i32,
    instruction: String,
}

/// Reads a document. Whatever the bytes are, this ends, with what could be read.
pub(super) fn document(bytes: &[u8]) -> Document {
    let state = State {
        target: Target::Text,
        looks: Looks { size: 12.0, ..Looks::default() },
        hidden: false,
        font: -1,
        fallback: 1,
        align: Align::Start,
        indent: 0.0,
        space: 0.0,
        style: -1,
        outline: None,
        list: None,
        in_table: false,
        sink: false,
        result: None,
    };
    let mut walk = Walk {
        state,
        stack: Vec::new(),
        tables: Tables::default(),
        file: encoding_rs::WINDOWS_1252,
        sinks: vec![Sink::new(Place::Text)],
        headers: Vec::new(),
        footers: Vec::new(),
        bytes: Vec::new(),
        skip: 0,
        half: None,
        optional: false,
        fresh: false,
        next: 0,
        names: Style::default(),
        number: -1,
        instruction: String::new(),
    };
    let mut tokens = Tokens::new(bytes);
    let mut deeper = 0usize;
    let mut closed = false;
    while let Some(token) = tokens.next() {
        let (fresh, optional) = (std::mem::take(&mut walk.fresh), std::mem::take(&mut walk.optional));
        match token {
            Token::Open => {
                walk.flush();
                walk.skip = 0;
                if walk.stack.len() >= MAX_DEPTH {
                    deeper += 1;
                } else {
                    walk.stack.push(walk.state);
                    walk.state.sink = false;
                    walk.state.result = None;
                    walk.fresh = true;
                }
            }
            Token::Close => {
                walk.flush();
                walk.skip = 0;
                if deeper > 0 {
                    deeper -= 1;
                } else if let Some(before) = walk.stack.pop() {
                    walk.leave(before);
                    closed = walk.stack.is_empty();
                }
            }
            Token::Word("bin", count) => {
                walk.flush();
                tokens.pass_over(usize::try_from(count.unwrap_or(0)).unwrap_or(0));
            }
            Token::Word(word, number) => walk.word(word, number, fresh || optional, optional),
            Token::Symbol(b'*') => {
                walk.optional = true;
                walk.fresh = fresh;
            }
            Token::Symbol(symbol) => walk.symbol(symbol),
            Token::Byte(byte) => walk.byte(byte),
        }
        if closed || walk.sinks.iter().map(|sink| sink.pieces.len()).sum::<usize>() > MAX_PIECES {
            break;
        }
    }
    walk.flush();
    while walk.sinks.len() > 1 {
        walk.end_sink();
    }
    if let Some(sink) = walk.sinks.last()
        && (!sink.paragraph.is_empty() || !sink.after.is_empty())
    {
        walk.end_paragraph();
    }
    walk.end_table();
    let part = |pieces| Part { name: "document".to_owned(), pieces };
    Document {
        headers: part(walk.headers),
        text: part(walk.sinks.pop().map(|sink| sink.pieces).unwrap_or_default()),
        footers: part(walk.footers),
        cut_off: !closed,
    }
}

impl Walk {
    fn sink(&mut self) -> &mut Sink {
        if self.sinks.is_empty() {
            self.sinks.push(Sink::new(Place::Text));
        }
        let last = self.sinks.len() - 1;
        &mut self.sinks[last]
    }

    /// The end of a group: what it changed is changed back.
    fn leave(&mut self, before: State) {
        if let Some(from) = self.state.result {
            let address = address(&std::mem::take(&mut self.instruction));
            self.sink().paragraph.link(from, &address);
        }
        if self.state.sink {
            self.end_sink();
        }
        self.state = before;
    }

    fn begin_sink(&mut self, place: Place) {
        self.sinks.push(Sink::new(place));
        self.state.sink = true;
        self.state.target = Target::Text;
        self.state.in_table = false;
        self.state.list = None;
    }

    fn end_sink(&mut self) {
        if self.sinks.len() < 2 {
            return;
        }
        if !self.sink().paragraph.is_empty() || !self.sink().after.is_empty() {
            self.end_paragraph();
        }
        self.end_table();
        let Some(sink) = self.sinks.pop() else { return };
        match sink.place {
            Place::Header => self.headers.extend(sink.pieces),
            Place::Footer => self.footers.extend(sink.pieces),
            Place::Text | Place::Box => {
                let after = &mut self.sink().after;
                after.push(Piece::BoxStart);
                after.extend(sink.pieces);
                after.push(Piece::BoxEnd);
            }
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>, opens: bool, optional: bool) {
        self.flush();
        if word == "u" {
            self.unicode(number.unwrap_or(0));
            return;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        if opens && self.destination(word, optional) {
            return;
        }
        let on = number != Some(0);
        let value = number.unwrap_or(0);
        match self.state.target {
            Target::Nowhere | Target::Shape | Target::Instruction => return,
            Target::Fonts => {
                match word {
                    "f" => self.number = value,
                    "fcharset" => _ = self.tables.fonts.insert(self.number, charset(value)),
                    _ => {}
                }
                return;
            }
            Target::Colors => {
                let part = u8::try_from(value.clamp(0, 255)).unwrap_or(0);
                let color = self.tables.color.get_or_insert([0; 3]);
                match word {
                    "red" => color[0] = part,
                    "green" => color[1] = part,
                    "blue" => color[2] = part,
                    _ => {}
                }
                return;
            }
            Target::Styles => {
                match word {
                    "s" => self.number = value,
                    "cs" | "ds" | "ts" => self.number = -1,
                    "outlinelevel" => self.names.outline = level(value),
                    _ => {}
                }
                return;
            }
            Target::Text => {}
        }
        match word {
            "ansicpg" => self.file = code_page(value),
            "mac" => self.file = encoding_rs::MACINTOSH,
            "uc" => self.state.fallback = value.clamp(0, 10),
            // A table in a cell is read line by line.
            "par" | "sect" | "page" | "column" | "softpage" | "nestcell" => self.end_paragraph(),
            "line" | "lbr" => self.put("\n"),
            "tab" => self.put("\t"),
            "cell" => self.end_cell(),
            "row" => self.end_row(),
            "emdash" => self.put("—"),
            "endash" => self.put("–"),
            "lquote" => self.put("‘"),
            "rquote" => self.put("’"),
            "ldblquote" => self.put("“"),
            "rdblquote" => self.put("”"),
            "bullet" => self.put("•"),
            "enspace" | "emspace" | "qmspace" => self.put(" "),
            "pard" => self.plain_paragraph(),
            "qc" => self.state.align = Align::Center,
            "qr" => self.state.align = Align::End,
            "ql" | "qj" => self.state.align = Align::Start,
            "li" | "lin" => self.state.indent = twips(value),
            "sb" => self.state.space = twips(value),
            "s" => self.state.style = value,
            "outlinelevel" => self.state.outline = level(value),
            "ls" => self.state.list = (value > 0).then_some(self.state.list.unwrap_or(1)),
            "ilvl" => {
                self.state.list = Some(u8::try_from(value.clamp(0, 8)).unwrap_or(0) + 1);
            }
            "intbl" => self.state.in_table = true,
            "plain" => {
                self.state.looks = Looks { size: 12.0, ..Looks::default() };
                self.state.hidden = false;
                self.state.font = -1;
            }
            "b" => self.state.looks.bold = on,
            "i" => self.state.looks.italic = on,
            "ul" | "uld" | "uldb" | "ulw" => self.state.looks.underline = on,
            "ulnone" => self.state.looks.underline = false,
            "fs" if value > 0 => {
                #[expect(clippy::cast_precision_loss, reason = "clamped to sizes of letters")]
                let points = value.clamp(1, 2000) as f32 / 2.0;
                self.state.looks.size = points;
            }
            "cf" => {
                let color = usize::try_from(value).ok().and_then(|at| self.tables.colors.get(at).copied());
                self.state.looks.color = color.flatten();
            }
            "f" => self.state.font = value,
            "v" | "deleted" => self.state.hidden = on,
            _ => {}
        }
    }

    fn plain_paragraph(&mut self) {
        self.state.align = Align::Start;
        self.state.indent = 0.0;
        self.state.space = 0.0;
        self.state.style = -1;
        self.state.outline = None;
        self.state.list = None;
        self.state.in_table = false;
    }

    /// A control word that opens a group may send its text elsewhere. Whether it did.
    fn destination(&mut self, word: &str, optional: bool) -> bool {
        let quiet = self.state.target == Target::Nowhere;
        match word {
            _ if quiet => return true,
            "fonttbl" => self.state.target = Target::Fonts,
            "colortbl" => self.state.target = Target::Colors,
            "stylesheet" => self.state.target = Target::Styles,
            // The styles of letters stand in the table as optional destinations.
            "cs" | "ts" | "ds" if self.state.target == Target::Styles => {
                self.state.target = Target::Nowhere;
            }
            "header" | "headerl" | "headerr" | "headerf" => self.begin_sink(Place::Header),
            "footer" | "footerl" | "footerr" | "footerf" => self.begin_sink(Place::Footer),
            "footnote" | "shptxt" | "dptxbxtext" => self.begin_sink(Place::Box),
            "shp" | "shpgrp" | "shpinst" | "do" => self.state.target = Target::Shape,
            "listtext" | "pntext" => {
                self.sink().item = true;
                self.state.target = Target::Nowhere;
            }
            "pict" | "shppict" | "nonshppict" | "object" | "objdata" | "info" | "fldtype" | "datafield"
            | "listtable" | "listoverridetable" | "revtbl" | "rsidtbl" | "generator" | "bkmkstart"
            | "bkmkend" | "xe" | "tc" | "rxe" | "annotation" | "atnid" | "atnauthor" | "atrfstart"
            | "atrfend" | "atndate" | "atnref" | "atnparent" | "shprslt" | "sp" | "nesttableprops"
            | "nonesttables" | "themedata" | "colorschememapping" | "datastore" | "latentstyles"
            | "xmlnstbl" | "mmath" | "filetbl" | "pgptbl" | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep"
            | "aftnsepc" | "aftncn" | "falt" | "panose" | "template" | "pn" | "pnseclvl" | "private"
            | "userprops" | "docvar" | "background" | "oldcprops" | "oldpprops" | "oldtprops"
            | "oldsprops" | "upr" | "passwordhash" | "formfield" => {
                self.state.target = Target::Nowhere;
            }
            "fldinst" => {
                self.instruction.clear();
                self.state.target = Target::Instruction;
            }
            "fldrslt" => self.state.result = Some(self.sink().paragraph.length()),
            "result" | "field" | "ud" | "rtf" => {}
            _ if optional => self.state.target = Target::Nowhere,
            _ => return false,
        }
        true
    }

    fn symbol(&mut self, symbol: u8) {
        self.flush();
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match symbol {
            b'~' => self.put("\u{a0}"),
            b'_' => self.put("\u{2011}"),
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'\n' | b'\r' => self.end_paragraph(),
            b'\t' => self.put("\t"),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match self.state.target {
            Target::Text => {
                if self.half.is_some() {
                    self.half = None;
                }
                self.bytes.push(byte);
            }
            Target::Instruction if self.instruction.len() < 2000 => self.instruction.push(char::from(byte)),
            Target::Colors if byte == b';' => {
                let color = self.tables.color.take();
                if self.tables.colors.len() < 1000 {
                    self.tables.colors.push(color);
                }
            }
            Target::Styles => {
                if byte == b';' {
                    let style = std::mem::take(&mut self.names);
                    if self.number >= 0 && self.tables.styles.len() < 5000 {
                        self.tables.styles.insert(self.number, style);
                    }
                    self.number = -1;
                } else if byte.is_ascii() && self.names.name.len() < 60 {
                    self.names.name.push(char::from(byte));
                }
            }
            _ => {}
        }
    }

    /// Bytes of text, all of one font, as text.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let text = match self.tables.fonts.get(&self.state.font).copied().unwrap_or(Letters::OfTheFile) {
            Letters::OfTheFile => self.file.decode_without_bom_handling(&bytes).0.into_owned(),
            Letters::Encoded(encoding) => encoding.decode_without_bom_handling(&bytes).0.into_owned(),
            Letters::Signs => bytes
                .iter()
                .map(|byte| match byte {
                    0x20 => ' ',
                    0xB7 | 0xA7 | 0x6E | 0x6C => '•',
                    byte => char::from_u32(0xF000 + u32::from(*byte)).unwrap_or(' '),
                })
                .collect(),
        };
        self.put(&text);
    }

    fn unicode(&mut self, number: i32) {
        self.skip = self.state.fallback;
        // Numbers above 32767 stand as negative ones.
        let unit = u16::try_from(number & 0xFFFF).unwrap_or(0);
        let units = match self.half.take() {
            Some(half) => vec![half, unit],
            None => vec![unit],
        };
        if units.len() == 1 && (0xD800..0xDC00).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        let text: String =
            char::decode_utf16(units).map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        self.put(&text);
    }

    fn put(&mut self, text: &str) {
        if self.state.target != Target::Text || self.state.hidden {
            return;
        }
        let looks = self.state.looks;
        self.sink().paragraph.push(text, looks);
    }

    fn end_paragraph(&mut self) {
        let state = self.state;
        if state.target != Target::Text {
            return;
        }
        let style = self.tables.styles.get(&state.style);
        let is_title = style.is_some_and(Style::is_title);
        let heading = if is_title {
            1
        } else {
            state.outline.unwrap_or_else(|| style.map_or(0, Style::heading)).min(6)
        };
        let index = self.next;
        self.next = self.next.saturating_add(1);
        let sink = self.sink();
        let mut paragraph = std::mem::take(&mut sink.paragraph);
        let item = std::mem::take(&mut sink.item) || state.list.is_some();
        paragraph.index = index;
        paragraph.align = state.align;
        paragraph.indent = state.indent;
        paragraph.space = state.space;
        paragraph.heading = heading;
        paragraph.is_title = is_title;
        paragraph.item = item && heading == 0;
        paragraph.list = if paragraph.item { state.list.unwrap_or(1) } else { 0 };
        if state.in_table {
            sink.open_cell();
        } else if !sink.in_cell {
            sink.end_table();
        }
        sink.pieces.push(Piece::Paragraph(paragraph));
        let after = std::mem::take(&mut sink.after);
        sink.pieces.extend(after);
    }

    fn end_cell(&mut self) {
        if self.state.target != Target::Text {
            return;
        }
        self.state.in_table = true;
        self.end_paragraph();
        let sink = self.sink();
        if sink.in_cell {
            sink.pieces.push(Piece::CellEnd);
            sink.in_cell = false;
        }
    }

    fn end_row(&mut self) {
        if self.state.target == Target::Text {
            self.sink().end_row();
        }
    }

    fn end_table(&mut self) {
        self.sink().end_table();
    }
}

/// The address in the instruction of a field: `HYPERLINK "https://example.org"`.
fn address(instruction: &str) -> String {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK").unwrap_or_default().trim_start();
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
        None => rest.split_whitespace().next().unwrap_or_default().to_owned(),
    }
}

/// Twentieths of a point as points.
fn twips(value: i32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "clamped to the size of a page")]
    let points = value.clamp(0, 20_000) as f32 / 20.0;
    points
}

/// A level of the outline, which RTF counts from 0; 9 is running text.
fn level(value: i32) -> Option<u8> {
    u8::try_from(value).ok().filter(|level| *level < 9).map(|level| level + 1)
}
