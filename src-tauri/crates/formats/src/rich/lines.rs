//! Lines for the understanding out of paragraphs with looks.

use std::collections::HashMap;

use resume::Origin;

use super::{Paragraph, Part, Piece};
use crate::line::Line;
use crate::read::docx;

/// The lines of a part. Cells and boxes are regions of their own; a row of a layout table may become one line, as in
/// a Word document.
pub(crate) fn lines(part: &Part) -> Vec<Line> {
    let has_title = part.pieces.iter().any(
        |piece| matches!(piece, Piece::Paragraph(paragraph) if paragraph.is_title && !paragraph.is_empty()),
    );
    let mut lines = docx::to_lines(paragraphs(part), &part.name, has_title);
    let by_index: HashMap<u32, &Paragraph> = part
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Paragraph(paragraph) => Some((paragraph.index, paragraph)),
            _ => None,
        })
        .collect();
    for line in &mut lines {
        let Origin::Paragraphs { first, last, .. } = line.origin else { continue };
        let named: Vec<&Paragraph> =
            (first..=last).filter_map(|index| by_index.get(&index).copied()).collect();
        let runs: Vec<String> = named.iter().flat_map(|paragraph| parts(paragraph)).collect();
        let here = runs.into_iter().filter(|run| line.text.contains(run.as_str())).collect::<Vec<_>>();
        if here.len() > 1 {
            line.runs = here;
        }
        let linked = named.iter().flat_map(|paragraph| &paragraph.links);
        line.links = linked.filter(|(text, _)| line.text.contains(text.as_str())).cloned().collect();
    }
    lines
}

/// The parts of a paragraph that differ in weight or slant, line by line.
fn parts(paragraph: &Paragraph) -> Vec<String> {
    let mut parts: Vec<(bool, bool, String)> = Vec::new();
    for run in &paragraph.runs {
        for (at, text) in run.text.split(['\n', '\t']).enumerate() {
            match parts.last_mut() {
                Some((bold, italic, all))
                    if at == 0
                        && (text.trim().is_empty()
                            || (*bold, *italic) == (run.looks.bold, run.looks.italic)) =>
                {
                    all.push_str(text);
                }
                _ => parts.push((run.looks.bold, run.looks.italic, text.to_owned())),
            }
        }
    }
    parts.into_iter().map(|(_, _, text)| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// The paragraphs as the reader of Word documents has them.
pub(crate) fn paragraphs(part: &Part) -> Vec<docx::scan::Paragraph> {
    let mut found = Vec::new();
    let (mut regions, mut next_region) = (vec![0u32], 1u32);
    let (mut rows, mut next_row) = (vec![0u32], 1u32);
    for piece in &part.pieces {
        match piece {
            Piece::CellStart(_) | Piece::BoxStart => {
                regions.push(next_region);
                next_region = next_region.saturating_add(1);
                if *piece == Piece::BoxStart {
                    rows.push(0);
                }
            }
            Piece::CellEnd | Piece::BoxEnd => {
                if regions.len() > 1 {
                    regions.pop();
                }
                if *piece == Piece::BoxEnd && rows.len() > 1 {
                    rows.pop();
                }
            }
            Piece::RowStart => {
                rows.push(next_row);
                next_row = next_row.saturating_add(1);
            }
            Piece::RowEnd => {
                if rows.len() > 1 {
                    rows.pop();
                }
            }
            Piece::TableStart | Piece::TableEnd => {}
            Piece::Paragraph(paragraph) => {
                if !paragraph.is_empty() {
                    found.push(docx::scan::Paragraph {
                        region: *regions.last().unwrap_or(&0),
                        row: *rows.last().unwrap_or(&0),
                        ..plain(paragraph)
                    });
                }
            }
        }
    }
    found
}

fn plain(paragraph: &Paragraph) -> docx::scan::Paragraph {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    let (mut bold, mut italic) = (None::<bool>, None::<bool>);
    let (mut starts_bold, mut starts_italic) = (false, false);
    let mut text = String::new();
    for run in &paragraph.runs {
        let signs = run.text.chars().filter(|c| !c.is_whitespace()).count();
        if signs > 0 {
            if bold.is_none() {
                starts_bold = run.looks.bold;
                starts_italic = run.looks.italic;
            }
            bold = Some(bold.unwrap_or(true) && run.looks.bold);
            italic = Some(italic.unwrap_or(true) && run.looks.italic);
            match sizes.iter_mut().find(|(size, _)| (size - run.looks.size).abs() < 0.1) {
                Some((_, count)) => *count += signs,
                None => sizes.push((run.looks.size, signs)),
            }
        }
        text.push_str(&run.text);
    }
    docx::scan::Paragraph {
        index: paragraph.index,
        last: paragraph.index,
        text: text.trim_matches('\n').to_owned(),
        bullet: paragraph.item && paragraph.heading == 0,
        heading: paragraph.heading,
        is_title: paragraph.is_title,
        size: sizes.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| size),
        bold: bold.unwrap_or(false),
        starts_bold,
        italic: italic.unwrap_or(false),
        starts_italic,
        ..docx::scan::Paragraph::default()
    }
}
