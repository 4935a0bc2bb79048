//! What a Word document says about itself: title, author, language, program.

use quick_xml::escape::escape;
use resume::Resume;

use crate::characters::clean;
use crate::locale;

/// The extended properties.
pub(super) const APP: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">"#,
    "<Application>Tailorbird</Application></Properties>"
);

/// The core properties. No dates: a file that says when it was written cannot be compared with the one before.
pub(super) fn core(resume: &Resume) -> String {
    let name = resume.name().map(clean).unwrap_or_default();
    let author =
        if name.is_empty() { String::new() } else { format!("<dc:creator>{}</dc:creator>", escape(&name)) };
    let title = if name.is_empty() { "Resume" } else { &name };
    format!(
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
            r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties""#,
            r#" xmlns:dc="http://purl.org/dc/elements/1.1/">"#,
            "<dc:title>{title}</dc:title>{author}<dc:language>{language}</dc:language></cp:coreProperties>"
        ),
        title = escape(title),
        author = author,
        language = locale::tag_with_country(resume),
    )
}
