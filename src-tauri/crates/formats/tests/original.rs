//! How the original looks, beside what was read: each block is found in it, and nothing in it is dangerous.

use std::path::{Path, PathBuf};

use formats::{Original, ReadOptions, draw_page, original, read_resume};
use resume::Origin;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// The shared set; `None`, with a word about it, where it is absent.
#[expect(clippy::print_stderr, reason = "a skipped test says why")]
fn corpus() -> Option<PathBuf> {
    let shared = std::env::var_os("TAILORBIRD_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"), PathBuf::from);
    let corpus = shared.join("corpus");
    if corpus.is_dir() {
        return Some(corpus);
    }
    assert!(std::env::var_os("TAILORBIRD_REQUIRE_SHARED").is_none(), "the shared set is required and absent");
    eprintln!("skipped: no ../shared beside the project");
    None
}

/// The resumes of the shared set: their places and bytes.
fn files() -> Vec<(String, Vec<u8>)> {
    let Some(corpus) = corpus() else { return Vec::new() };
    let index = std::fs::read_to_string(corpus.join("index.json")).expect("the shared set is complete");
    let index: Value = serde_json::from_str(&index).expect("the shared set is well formed");
    let people = index["people"].as_array().cloned().unwrap_or_default();
    people
        .iter()
        .flat_map(|person| person["files"].as_array().cloned().unwrap_or_default())
        .filter_map(|file| file["file"].as_str().map(str::to_owned))
        .map(|path| {
            let bytes = std::fs::read(corpus.join(&path)).expect("the shared set is complete");
            (path, bytes)
        })
        .collect()
}

/// A tag of the fragment: its name, its attributes, and the text up to the next tag.
struct Piece {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

/// Cuts a fragment into tags. It is our own, so every quote closes.
fn pieces(html: &str) -> Vec<Piece> {
    html.split('<')
        .skip(1)
        .map(|piece| {
            let (tag, text) = piece.split_once('>').expect("every tag closes");
            let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
            let mut attributes = Vec::new();
            while let Some((attribute, after)) = rest.split_once("=\"") {
                let (value, after) = after.split_once('"').expect("every quote closes");
                attributes.push((attribute.trim().to_owned(), value.to_owned()));
                rest = after;
            }
            Piece { name: name.to_owned(), attributes, text: text.to_owned() }
        })
        .collect()
}

/// What is wrong with a fragment that must be safe.
fn dangers(html: &str) -> Vec<String> {
    const NAMES: &[&str] = &[
        "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tbody", "tr", "td",
        "span", "b", "i", "u", "s", "br", "hr",
    ];
    const ATTRIBUTES: &[&str] = &[
        "style",
        "class",
        "colspan",
        "rowspan",
        "data-line",
        "data-line-end",
        "data-part",
        "data-paragraph",
    ];
    let mut dangers = Vec::new();
    for piece in pieces(html) {
        if !NAMES.contains(&piece.name.trim_start_matches('/')) {
            dangers.push(format!("<{}>", piece.name));
        }
        for (name, value) in &piece.attributes {
            let loads = value.contains("url") || value.contains("import") || value.contains("expression");
            if !ATTRIBUTES.contains(&name.as_str())
                || name == "style" && (loads || value.contains(['(', '@', '\\']))
            {
                dangers.push(format!("{name}={value}"));
            }
        }
    }
    dangers
}

fn plain(text: &str) -> String {
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#160;", " ")
        .replace("&amp;", "&");
    text.nfkc().filter(|c| c.is_alphanumeric()).collect()
}

/// The text of the elements that an origin names.
fn text_of(html: &str, origin: &Origin) -> String {
    let mut text = String::new();
    let mut inside: Option<(String, usize)> = None;
    for piece in pieces(html) {
        let number = |name: &str| {
            let value =
                piece.attributes.iter().find(|(attribute, _)| attribute == name).map(|(_, value)| value);
            value.and_then(|value| value.parse::<u32>().ok())
        };
        let named = match origin {
            Origin::Lines { first, last } => {
                number("data-line").is_some_and(|line| (*first..=*last).contains(&line))
            }
            Origin::Paragraphs { part, first, last } => {
                piece.attributes.iter().any(|(name, value)| name == "data-part" && value == part)
                    && number("data-paragraph").is_some_and(|at| (*first..=*last).contains(&at))
            }
            Origin::Nowhere | Origin::Page { .. } => false,
        };
        match &mut inside {
            None if named && piece.name != "br" => inside = Some((piece.name.clone(), 1)),
            Some((name, depth)) if piece.name == *name => *depth += 1,
            Some((name, depth)) if piece.name.strip_prefix('/') == Some(name) => *depth -= 1,
            _ => {}
        }
        match &inside {
            Some((_, 0)) => inside = None,
            Some(_) => text.push_str(&piece.text),
            None => {}
        }
    }
    plain(&text)
}

#[test]
fn each_block_is_found_in_the_picture_of_its_file() {
    let options = ReadOptions::default();
    let mut failures = Vec::new();
    let mut found = 0;
    for (path, bytes) in files() {
        let reading = read_resume(&bytes, Some(&path)).expect("it is a good file");
        match original(&bytes, Some(&path), &options).expect("it is a good file") {
            Original::Html { html } => {
                failures.extend(dangers(&html).into_iter().map(|danger| format!("{path}: {danger}")));
                for block in &reading.resume.blocks {
                    if text_of(&html, &block.origin).contains(&plain(&block.text)) {
                        found += 1;
                    } else {
                        failures.push(format!("{path}: {:?}: {}", block.origin, block.text));
                    }
                }
            }
            Original::Pages { pages, of } => {
                assert_eq!(pages.len(), of as usize, "{path}");
                for block in &reading.resume.blocks {
                    let Origin::Page { page, x, y, width, height } = block.origin else {
                        failures.push(format!("{path}: {:?}", block.origin));
                        continue;
                    };
                    let size = pages[page as usize - 1];
                    let inside = x >= -1.0
                        && y >= -1.0
                        && x + width <= size.width + 1.0
                        && y + height <= size.height + 1.0;
                    if !inside {
                        failures.push(format!("{path}: beside the page: {:?}", block.origin));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(corpus().is_none() || found > 1000, "only {found} blocks");
}

#[test]
fn ink_is_where_the_blocks_of_a_page_are() {
    let options = ReadOptions::default();
    for (path, bytes) in files().into_iter().filter(|(path, _)| path.strip_suffix(".pdf").is_some()).take(4) {
        let reading = read_resume(&bytes, Some(&path)).expect("it is a good file");
        let Ok(Original::Pages { pages, .. }) = original(&bytes, Some(&path), &options) else {
            panic!("{path} has pages")
        };
        let drawn = draw_page(&bytes, Some(&path), 1, 600, &options).expect("there is a first page");
        assert_eq!(drawn.width, 600);
        let mut picture =
            png::Decoder::new(std::io::Cursor::new(&drawn.png)).read_info().expect("it is a PNG file");
        let mut pixels = vec![0; picture.output_buffer_size().expect("it is small")];
        let about = picture.next_frame(&mut pixels).expect("it is whole");
        assert_eq!((about.width, about.height), (drawn.width, drawn.height));
        let scale = 600.0 / pages[0].width;
        let (mut inked, mut all) = (0, 0);
        for block in &reading.resume.blocks {
            let Origin::Page { page: 1, x, y, width, height } = block.origin else { continue };
            all += 1;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "places on a picture"
            )]
            let at = |points: f32| (points * scale).max(0.0) as usize;
            let samples = about.color_type.samples();
            let dark = (at(y)..at(y + height).min(drawn.height as usize)).any(|row| {
                (at(x)..at(x + width).min(drawn.width as usize)).any(|column| {
                    let from = row * about.line_size + column * samples;
                    let first = pixels.get(from).copied().unwrap_or(255);
                    // Another colour than the corner of the block has: letters, whatever the ground is.
                    first.abs_diff(pixels[at(y) * about.line_size + at(x) * samples]) > 60
                })
            });
            inked += i32::from(dark);
        }
        assert!(all > 5 && inked * 10 >= all * 9, "{path}: {inked} of {all} blocks have ink");
    }
}

#[test]
fn a_page_that_is_not_there_is_told() {
    let options = ReadOptions::default();
    let code =
        |bytes: &[u8], page| draw_page(bytes, None, page, 600, &options).err().map(|error| error.code());
    assert_eq!(code(b"Jane Example", 1), Some("no_such_page"));
    let Some((_, pdf)) = files().into_iter().find(|(path, _)| path.strip_suffix(".pdf").is_some()) else {
        return;
    };
    assert_eq!(code(&pdf, 0), Some("no_such_page"));
    assert_eq!(code(&pdf, 59), Some("no_such_page"));
    assert_eq!(code(&pdf, u32::MAX), Some("no_such_page"));
}

#[test]
fn whatever_a_file_says_its_picture_is_safe() {
    let bad = "<script>alert(1)</script><img src=x onerror=alert(1)> \"quotes\" 'single' <a href=\"javascript:x\">go</a>";
    let files: [(&str, String); 6] = [
        ("a.txt", bad.to_owned()),
        ("a.md", format!("# {bad}\n\n- {bad}\n\n[x](javascript:alert) ![y](http://example.org/y.png)\n\n<iframe src=x></iframe>\n")),
        ("a.html", format!("<html><body style=\"background:url(http://example.org/x)\"><p style='font-size:9pt;behavior:url(x)' onclick=\"x\">{bad}</p><form action=x><p>text</p></form></body></html>")),
        ("a.json", serde_json::json!({ "basics": { "name": bad, "url": "javascript:x" }, "work": [{ "name": bad }] }).to_string()),
        ("a.rtf", format!("{{\\rtf1 {}\\par}}", bad.replace('\\', ""))),
        ("a.fodt", format!("<?xml version=\"1.0\"?><office:document><office:body><office:text><text:p>{}</text:p></office:text></office:body></office:document>", bad.replace('&', "&amp;").replace('<', "&lt;"))),
    ];
    for (name, text) in files {
        match original(text.as_bytes(), Some(name), &ReadOptions::default()) {
            Ok(Original::Html { html }) => {
                let dangers = dangers(&html);
                assert!(dangers.is_empty(), "{name}: {dangers:?}");
                assert!(html.starts_with("<div class=\"original\">") && html.ends_with("</div>"), "{name}");
            }
            other => panic!("{name}: {other:?}"),
        }
    }
}
