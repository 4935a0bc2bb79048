//! Which files the page may have read. Paths come from the operating system alone (a drop, a native
//! dialog) and stay here; the page holds opaque ids.

use std::collections::VecDeque;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::path::{Path, PathBuf};

use crate::api::DroppedFile;

/// Drops that are remembered. The page hands an id back at once; older ones are forgotten.
const REMEMBERED: usize = 64;

/// The files that were dropped on the window.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    dropped: VecDeque<(String, PathBuf)>,
    count: u64,
    // Seeded by the operating system, so that an id cannot be guessed from another one.
    seed: (RandomState, RandomState),
}

impl Grants {
    /// Remembers dropped files; what the page may know of them.
    pub(crate) fn grant(&mut self, paths: &[PathBuf]) -> Vec<DroppedFile> {
        paths.iter().take(REMEMBERED).map(|path| self.grant_one(path)).collect()
    }

    fn grant_one(&mut self, path: &Path) -> DroppedFile {
        self.count += 1;
        let id =
            format!("{:016x}{:016x}", self.seed.0.hash_one(self.count), self.seed.1.hash_one(self.count));
        if self.dropped.len() == REMEMBERED {
            self.dropped.pop_front();
        }
        self.dropped.push_back((id.clone(), path.to_owned()));
        DroppedFile { id, name: name(path) }
    }

    /// The path behind an id that was handed out; `None` for anything else.
    pub(crate) fn path(&self, id: &str) -> Option<PathBuf> {
        self.dropped.iter().find(|(known, _)| known == id).map(|(_, path)| path.clone())
    }
}

/// A file's name without its folder.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_gives_its_path_and_nothing_else_does() {
        let mut grants = Grants::default();
        let path = PathBuf::from("/home/someone/resume.pdf");
        let files = grants.grant(std::slice::from_ref(&path));
        assert_eq!(files[0].name, "resume.pdf");
        assert!(!files[0].id.contains("resume"));
        assert_eq!(grants.path(&files[0].id), Some(path));
        for wrong in ["", "/home/someone/resume.pdf", "resume.pdf", "0", "../resume.pdf"] {
            assert_eq!(grants.path(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn ids_differ_and_old_drops_are_forgotten() {
        let mut grants = Grants::default();
        let first = grants.grant(&[PathBuf::from("/a")]).remove(0);
        let many: Vec<_> = (0..REMEMBERED).map(|n| PathBuf::from(format!("/{n}"))).collect();
        let ids: std::collections::HashSet<_> = grants.grant(&many).into_iter().map(|file| file.id).collect();
        assert_eq!(ids.len(), REMEMBERED);
        assert_eq!(grants.path(&first.id), None);
        assert_eq!(grants.dropped.len(), REMEMBERED);
    }
}
