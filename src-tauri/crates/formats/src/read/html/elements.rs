//! What elements are by their names.

/// How an element stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Display {
    /// Within a line.
    Inline,
    /// On lines of its own.
    Block,
    /// Its children stand side by side.
    Row,
    /// Its children stand in so many columns.
    Grid(u16),
    Table,
    TableRow,
    TableCell,
    /// Not at all.
    None,
}

/// Elements that end at their own tag and hold nothing.
pub(super) const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements of which nobody reads anything on a resume: scripts, controls, menus.
const UNSEEN: &[&str] = &[
    "script", "style", "template", "noscript", "svg", "iframe", "object", "select", "option", "textarea",
    "canvas", "datalist", "head", "nav", "button", "dialog", "audio", "video", "map", "math", "title",
    "optgroup", "progress",
];

const BLOCKS: &[&str] = &[
    "html",
    "body",
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "address",
    "details",
    "summary",
    "fieldset",
    "legend",
    "form",
    "center",
    "hgroup",
    "menu",
    "caption",
    "search",
    "dir",
];

const INLINE: &[&str] = &[
    "a", "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "span", "small", "big", "font", "sup",
    "sub", "time", "mark", "cite", "code", "kbd", "samp", "tt", "var", "q", "abbr", "acronym", "label",
    "bdi", "bdo", "data", "output", "dfn", "nobr",
];

const TABLES: &[(&str, Display)] = &[
    ("table", Display::Table),
    ("tr", Display::TableRow),
    ("td", Display::TableCell),
    ("th", Display::TableCell),
    ("thead", Display::Block),
    ("tbody", Display::Block),
    ("tfoot", Display::Block),
    ("colgroup", Display::None),
];

/// The name of an element in lower case; `x` for one that means nothing here.
pub(super) fn known(name: &str) -> &'static str {
    [VOID, UNSEEN, BLOCKS, INLINE]
        .into_iter()
        .flatten()
        .chain(TABLES.iter().map(|(name, _)| name))
        .find(|known| name.eq_ignore_ascii_case(known))
        .copied()
        .unwrap_or("x")
}

/// How an element stands on a page that says nothing about it.
pub(super) fn display(name: &str) -> Display {
    if UNSEEN.contains(&name) {
        Display::None
    } else if BLOCKS.contains(&name) {
        Display::Block
    } else {
        TABLES.iter().find(|(known, _)| *known == name).map_or(Display::Inline, |(_, display)| *display)
    }
}
