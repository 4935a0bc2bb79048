//! One HTML file in the look of a template, without scripts and without anything from elsewhere. It prints well.

use resume::Resume;

use crate::characters::clean;
use crate::design::{Design, Paper};
use crate::links::Span;
use crate::locale;
use crate::rows::{Row, rows};

/// What all templates share, and what each does otherwise.
const STYLE: &str = include_str!("html.css");

pub(super) fn write(resume: &Resume, design: &Design) -> String {
    let name = resume.name().map(clean).filter(|name| !name.is_empty());
    let paper = match design.paper.unwrap_or_else(|| locale::paper(resume)) {
        Paper::A4 => "A4",
        Paper::Letter => "letter",
    };
    let mut page = Page { out: String::new(), open: None, in_section: false };
    page.tag("<!doctype html>\n<html lang=\"");
    page.text(&locale::tag_with_country(resume));
    page.tag(if locale::is_right_to_left(resume) { "\" dir=\"rtl\">\n" } else { "\">\n" });
    page.tag("<head>\n<meta charset=\"utf-8\">\n");
    page.tag("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    page.text(name.as_deref().unwrap_or("Resume"));
    page.tag("</title>\n<style>\n");
    page.tag(STYLE);
    page.tag(&format!(
        ":root {{ --accent: #{}; --size: {:.2}pt; }}\n@page {{ size: {paper}; }}\n</style>\n</head>\n",
        design.accent().digits(),
        design.text_size()
    ));
    page.tag(&format!("<body class=\"{}\">\n<main>\n", design.template.id()));
    for row in rows(resume) {
        page.row(row);
    }
    page.close();
    if page.in_section {
        page.tag("</div>\n</section>\n");
    }
    page.tag("</main>\n</body>\n</html>\n");
    page.out
}

/// What is open and takes more rows of its kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Contacts,
    List,
}

struct Page {
    out: String,
    open: Option<Open>,
    in_section: bool,
}

impl Page {
    fn tag(&mut self, tag: &str) {
        self.out.push_str(tag);
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                c => self.out.push(c),
            }
        }
    }

    fn spans(&mut self, spans: &[Span]) {
        for span in spans {
            match &span.url {
                Some(url) => {
                    self.tag("<a href=\"");
                    self.text(url);
                    self.tag("\">");
                    self.text(&span.text);
                    self.tag("</a>");
                }
                None => self.text(&span.text),
            }
        }
    }

    /// An element with spans in it.
    fn line(&mut self, open: &str, spans: &[Span], close: &str) {
        self.tag(open);
        self.spans(spans);
        self.tag(close);
        self.tag("\n");
    }

    fn close(&mut self) {
        match self.open.take() {
            Some(Open::List) => self.tag("</ul>\n"),
            Some(Open::Contacts) => self.tag("</address>\n"),
            None => {}
        }
    }

    /// Opens a list or the contacts, unless they are open.
    fn within(&mut self, wanted: Open, tag: &str) {
        if self.open != Some(wanted) {
            self.close();
            self.tag(tag);
            self.open = Some(wanted);
        }
    }

    fn row(&mut self, row: Row) {
        match row {
            Row::Contact { spans } => {
                self.within(Open::Contacts, "<address>\n");
                self.line("<span>", &spans, "</span>");
            }
            Row::Bullet { spans } => {
                self.within(Open::List, "<ul>\n");
                self.line("<li>", &spans, "</li>");
            }
            other => {
                self.close();
                self.single(other);
            }
        }
    }

    fn single(&mut self, row: Row) {
        match row {
            Row::Name { text } => {
                self.tag("<h1>");
                self.text(&text);
                self.tag("</h1>\n");
            }
            Row::Headline { spans } => self.line("<p class=\"headline\">", &spans, "</p>"),
            Row::Heading { text } => {
                if self.in_section {
                    self.tag("</div>\n</section>\n");
                }
                self.in_section = true;
                self.tag("<section>\n<h2>");
                self.text(&text);
                self.tag("</h2>\n<div>\n");
            }
            Row::Entry { spans, right, first } => {
                let (open, close) =
                    if first { ("<h3>", "</h3>\n") } else { ("<p class=\"entry\">", "</p>\n") };
                self.tag(open);
                self.spans(&spans);
                if let Some(right) = right {
                    self.tag(" <span class=\"dates\">");
                    self.text(&right);
                    self.tag("</span>");
                }
                self.tag(close);
            }
            Row::Skills { label, spans } => {
                self.tag("<p class=\"skills\">");
                if let Some(label) = label {
                    self.tag("<strong>");
                    self.text(&label);
                    self.tag("</strong>");
                }
                self.line("", &spans, "</p>");
            }
            Row::Paragraph { spans, hanging } => {
                let open = if hanging { "<p class=\"work\">" } else { "<p>" };
                self.line(open, &spans, "</p>");
            }
            Row::Contact { .. } | Row::Bullet { .. } => {}
        }
    }
}
