//! A Word document with real styles: Title, Heading 1 and 2, List Bullet, and a few of its own.
//!
//! docx-rs writes the body, the lists, the links and the package. Two parts are written here, as docx-rs cannot
//! say what they need: `styles.xml` (document language, direction) and the core properties (title, author).

mod properties;

use std::io::Cursor;

use docx_rs::{
    AbstractNumbering, Docx, Hyperlink, HyperlinkType, IndentLevel, Level, LevelJc, LevelText, NumberFormat,
    Numbering, NumberingId, PageMargin, Paragraph, Run, RunFonts, SpecialIndentType, Start,
};
use resume::Resume;

use crate::WriteError;
use crate::design::{Design, Paper, Template};
use crate::links::Span;
use crate::locale;
use crate::rows::{Row, rows};

/// Margins at the sides, and above and below, in twentieths of a point.
fn margins(template: Template) -> (i32, i32) {
    match template {
        Template::Compact => (850, 680),
        Template::Academic => (1418, 1247),
        Template::Plain | Template::Book | Template::Modern | Template::Columns => (1134, 1021),
    }
}

/// The list of bullets. Not 1: docx-rs writes a numbered list of its own under that number.
const BULLETS: usize = 2;

pub(super) fn write(resume: &Resume, design: &Design) -> Result<Vec<u8>, WriteError> {
    let (width, height) = match design.paper.unwrap_or_else(|| locale::paper(resume)) {
        Paper::A4 => (11_906, 16_838),
        Paper::Letter => (12_240, 15_840),
    };
    let (side, edge) = margins(design.template);
    let margin =
        PageMargin::new().left(side).right(side).top(edge).bottom(edge).header(567).footer(567).gutter(0);
    let mut docx = Docx::new()
        .page_size(width, height)
        .page_margin(margin)
        .add_abstract_numbering(AbstractNumbering::new(BULLETS).add_level(bullet_level()))
        .add_numbering(Numbering::new(BULLETS, BULLETS));
    for paragraph in paragraphs(rows(resume)) {
        docx = docx.add_paragraph(paragraph);
    }
    let mut package = docx.build();
    package.styles = styles(resume, design, i64::from(width) - 2 * i64::from(side)).into_bytes();
    package.doc_props.core = properties::core(resume).into_bytes();
    package.doc_props.app = properties::APP.as_bytes().to_vec();
    let mut bytes = Cursor::new(Vec::new());
    package.pack(&mut bytes).map_err(|error| WriteError::Packaging { reason: error.to_string() })?;
    Ok(bytes.into_inner())
}

fn bullet_level() -> Level {
    let format = NumberFormat::new("bullet");
    Level::new(0, Start::new(1), format, LevelText::new("•"), LevelJc::new("left"))
        .indent(Some(284), Some(SpecialIndentType::Hanging(227)), None, None)
        .fonts(RunFonts::new().ascii("Calibri").hi_ansi("Calibri").cs("Calibri"))
        .paragraph_style("ListBullet")
}

/// One paragraph a row; ways to reach the person share one, with a dot between two.
fn paragraphs(rows: Vec<Row>) -> Vec<Paragraph> {
    let mut paragraphs = Vec::with_capacity(rows.len());
    let mut contacts: Option<Paragraph> = None;
    for row in rows {
        if let Row::Contact { spans } = row {
            let before = match contacts.take() {
                Some(line) => line.add_run(Run::new().add_text("  ·  ")),
                None => Paragraph::new().style("Contact"),
            };
            contacts = Some(with_spans(before, spans));
        } else {
            paragraphs.extend(contacts.take());
            paragraphs.push(paragraph(row));
        }
    }
    paragraphs.extend(contacts);
    paragraphs
}

fn paragraph(row: Row) -> Paragraph {
    match row {
        Row::Name { text } => Paragraph::new().style("Title").add_run(Run::new().add_text(text)),
        Row::Headline { spans } => with_spans(Paragraph::new().style("Subtitle"), spans),
        Row::Contact { spans } => with_spans(Paragraph::new().style("Contact"), spans),
        Row::Heading { text } => Paragraph::new().style("Heading1").add_run(Run::new().add_text(text)),
        Row::Entry { spans, right, first } => {
            let style = if first { "Heading2" } else { "EntryLine" };
            let paragraph = with_spans(Paragraph::new().style(style), spans);
            match right {
                Some(right) => paragraph
                    .add_run(Run::new().add_tab())
                    .add_run(Run::new().style("EntryDates").add_text(right)),
                None => paragraph,
            }
        }
        Row::Bullet { spans } => with_spans(
            Paragraph::new().style("ListBullet").numbering(NumberingId::new(BULLETS), IndentLevel::new(0)),
            spans,
        ),
        Row::Skills { label, spans } => {
            let paragraph = Paragraph::new().style("Normal");
            let paragraph = match label {
                Some(label) => paragraph.add_run(Run::new().style("Strong").add_text(label)),
                None => paragraph,
            };
            with_spans(paragraph, spans)
        }
        Row::Paragraph { spans, .. } => with_spans(Paragraph::new().style("Normal"), spans),
    }
}

fn with_spans(paragraph: Paragraph, spans: Vec<Span>) -> Paragraph {
    spans.into_iter().fold(paragraph, |paragraph, span| {
        let run = Run::new().add_text(span.text);
        match span.url {
            Some(url) => {
                let link = Hyperlink::new(url, HyperlinkType::External);
                paragraph.add_hyperlink(link.add_run(run.style("Hyperlink")))
            }
            None => paragraph.add_run(run),
        }
    })
}

/// The style sheet. `right` is where the right margin stands, from the left one, in twentieths of a point.
fn styles(resume: &Resume, design: &Design, right: i64) -> String {
    let sheet = include_str!("styles.xml");
    let (head, rest) = sheet.split_once("<!--").unwrap_or((sheet, ""));
    let sheet = match rest.split_once("-->") {
        Some((_, rest)) => format!("{}{}", head, rest.trim_start()),
        None => sheet.to_owned(),
    };
    let accent = design.accent().digits();
    let border = |side: &str, size: u32, space: u32, colour: &str| {
        format!(
            "<w:pBdr><w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"{space}\" w:color=\"{colour}\"/></w:pBdr>"
        )
    };
    let heading_border = match design.template {
        Template::Plain | Template::Compact | Template::Columns => border("bottom", 4, 2, "9AA4B0"),
        Template::Book => border("bottom", 6, 2, &accent),
        Template::Modern => border("left", 24, 6, &accent),
        Template::Academic => String::new(),
    };
    let name = match design.template {
        Template::Modern | Template::Columns => accent.as_str(),
        Template::Plain | Template::Book | Template::Compact | Template::Academic => "1F2328",
    };
    // Word's own faces look larger than ours: half a point more is the same to the eye. Sizes are half points.
    let size = format!("{:.0}", (design.text_size() + 0.5) * 2.0);
    let direction = if locale::is_right_to_left(resume) { "<w:bidi/>" } else { "" };
    sheet
        .replace("{language}", &locale::tag_with_country(resume))
        .replace("{direction}", direction)
        .replace("{right}", &right.to_string())
        .replace("{font}", if design.template.has_serifs() { "Cambria" } else { "Calibri" })
        .replace("{size}", &size)
        .replace("{accent}", &accent)
        .replace("{name}", name)
        .replace("{heading-border}", &heading_border)
        .replace("{head}", if design.template == Template::Book { "<w:jc w:val=\"center\"/>" } else { "" })
}
