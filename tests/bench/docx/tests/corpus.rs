//! Edits in the Word documents of the shared set: clean and tracked, accepted and rejected.

use std::path::{Path, PathBuf};

use bench_docx::examine;

#[test]
fn each_document_takes_edits_clean_and_tracked() {
    let folder = std::env::var_os("TAILORBIRD_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"), PathBuf::from);
    if !folder.join("corpus").is_dir() {
        assert!(std::env::var_os("TAILORBIRD_REQUIRE_SHARED").is_none(), "the shared set must be there");
        println!("skipped: no ../shared beside the project");
        return;
    }
    let mut documents = 0;
    for person in std::fs::read_dir(folder.join("corpus/people")).unwrap() {
        for file in std::fs::read_dir(person.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "docx") {
                continue;
            }
            documents += 1;
            let examined = examine(&std::fs::read(&path).unwrap()).unwrap();
            let (name, left) = (path.display(), &examined.left_alone);
            println!("{name}: {} of {} edits made; left alone: {left:?}", examined.made, examined.tried);
            assert!(examined.is_right(), "{name}: {:?}", Summary(&examined));
            assert!(left.len() * 5 <= examined.tried, "{name}: too many edits left alone");
        }
    }
    assert!(documents > 0);
}

/// All but the documents themselves.
struct Summary<'a>(&'a bench_docx::Examined);

impl std::fmt::Debug for Summary<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let it = self.0;
        f.debug_struct("Examined")
            .field("parts", &(&it.parts_clean, &it.parts_tracked))
            .field("looks", &it.looks_kept)
            .field("exact", &(it.clean_exact, it.accepted_exact, it.rejected_exact, it.one_comment_each))
            .finish()
    }
}
