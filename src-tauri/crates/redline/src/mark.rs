//! What marks a change as tracked: numbers, author, date; and the comments that say why.

use quick_xml::escape::escape;

use crate::Style;
use crate::splice::text_element;

/// Numbers of comments begin at one that the document does not use yet.
#[derive(Debug)]
pub(crate) struct Marks {
    /// Author and date; `None` where changes are not tracked.
    signed: Option<String>,
    next_id: u64,
    comments: Vec<Comment>,
}

/// A comment on an edit.
#[derive(Debug)]
pub(crate) struct Comment {
    pub(crate) id: u64,
    pub(crate) text: String,
}

impl Marks {
    pub(crate) fn new(style: &Style, highest_id: u64) -> Self {
        let signed = match style {
            Style::Clean => None,
            Style::Tracked { author, date } => {
                let date = date.as_ref().map(|date| format!(" w:date=\"{}\"", escape(date.as_str())));
                Some(format!("w:author=\"{}\"{}", escape(author.as_str()), date.unwrap_or_default()))
            }
        };
        Self { signed, next_id: highest_id.saturating_add(1), comments: Vec::new() }
    }

    pub(crate) fn tracked(&self) -> bool {
        self.signed.is_some()
    }

    /// `<w:ins …>` or `<w:del …>`; nothing where changes are not tracked.
    pub(crate) fn open(&mut self, name: &str) -> String {
        self.tag(name, ">")
    }

    /// `<w:ins …/>` or `<w:del …/>`; nothing where changes are not tracked.
    pub(crate) fn empty(&mut self, name: &str) -> String {
        self.tag(name, "/>")
    }

    fn tag(&mut self, name: &str, end: &str) -> String {
        let Some(signed) = &self.signed else { return String::new() };
        let id = self.next_id;
        self.next_id += 1;
        format!("<{name} w:id=\"{id}\" {signed}{end}")
    }

    /// Begins a comment: what stands before and behind the text that it is about. Nothing where changes are not
    /// tracked or there is nothing to say.
    pub(crate) fn comment(&mut self, text: &str) -> (String, String) {
        if !self.tracked() || text.trim().is_empty() {
            return Default::default();
        }
        let id = self.next_id;
        self.next_id += 1;
        self.comments.push(Comment { id, text: text.trim().to_owned() });
        (
            format!("<w:commentRangeStart w:id=\"{id}\"/>"),
            format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"),
        )
    }

    /// The number that the next mark would have.
    pub(crate) fn next_id(&self) -> u64 {
        self.next_id
    }

    /// The comments, as they stand in the part for comments.
    pub(crate) fn comments_xml(&self) -> String {
        let Some(signed) = &self.signed else { return String::new() };
        let comment = |comment: &Comment| {
            let (id, text) = (comment.id, text_element(&comment.text, false));
            format!(
                "<w:comment w:id=\"{id}\" {signed} w:initials=\"T\"><w:p><w:r>{text}</w:r></w:p></w:comment>"
            )
        };
        self.comments.iter().map(comment).collect()
    }
}
