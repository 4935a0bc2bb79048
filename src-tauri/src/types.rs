//! The TypeScript types of [`crate::api`], in one file that is committed. `TAILORBIRD_WRITE_TYPES=1` writes it;
//! without, the test fails where it is stale.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use ts_rs::{Config, TS, TypeVisitor};

use crate::api;

const HEAD: &str = "// Generated from src-tauri/src/api.rs by `cargo xtask types`. Do not edit.\n";

/// Declarations by name, so that the file does not change when somebody moves a type.
struct Collected<'a> {
    config: &'a Config,
    seen: HashSet<TypeId>,
    declarations: BTreeMap<String, String>,
}

impl TypeVisitor for Collected<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Only types that would be exported have a path; the others are TypeScript's own.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let declaration = format!("{docs}export {}\n", T::decl(self.config));
            self.declarations.insert(T::ident(self.config), declaration);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

fn generated() -> String {
    let config = Config::new();
    let mut all = Collected { config: &config, seen: HashSet::new(), declarations: BTreeMap::new() };
    all.visit::<api::AppState>();
    all.visit::<api::Read>();
    all.visit::<api::Role>();
    all.visit::<api::Drag>();
    all.visit::<formats::Original>();
    all.visit::<api::ModelOffer>();
    all.visit::<api::LocalServer>();
    all.visit::<api::ConnectionTest>();
    all.visit::<api::Estimated>();
    all.visit::<resume::correction::Ask>();
    all.visit::<api::Decision>();
    all.visit::<api::Review>();
    all.visit::<api::Checked>();
    all.visit::<api::ExportFormat>();
    all.visit::<api::Exported>();
    all.visit::<pipeline::Event>();
    all.visit::<pipeline::Snapshot>();
    all.visit::<pipeline::ErrorReport>();
    let mut text = HEAD.to_owned();
    for declaration in all.declarations.values() {
        text.push('\n');
        text.push_str(declaration);
    }
    text
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/lib/api/types.ts")
}

#[test]
fn the_committed_types_are_those_of_the_shell() {
    let generated = generated();
    if std::env::var_os("TAILORBIRD_WRITE_TYPES").is_some() {
        std::fs::create_dir_all(file().parent().unwrap()).unwrap();
        std::fs::write(file(), &generated).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(file()).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        committed == generated,
        "ui/src/lib/api/types.ts is stale: run `cargo xtask types` and commit it"
    );
}

#[test]
fn every_command_is_named_in_the_table_and_in_the_permission() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri");
    let read = |name: &str| std::fs::read_to_string(sources.join(name)).unwrap();
    let commands: Vec<String> = read("src/commands.rs")
        .split("#[tauri::command]")
        .skip(1)
        .filter_map(|after| after.split_once("async fn ")?.1.split_once('(').map(|(name, _)| name.to_owned()))
        .collect();
    let quoted = |text: &str, quote: char| -> Vec<String> {
        text.split(quote).skip(1).step_by(2).map(str::to_owned).collect()
    };
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    let permission = read("permissions/own-commands.toml");
    let (_, allowed) = permission.split_once("commands.allow").unwrap();
    assert_eq!(sorted(quoted(allowed, '"')), sorted(commands.clone()));
    let api = read("src/api.rs");
    let table: Vec<String> = api
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `")?.split_once('`').map(|(name, _)| name.to_owned()))
        .collect();
    assert_eq!(sorted(table), sorted(commands));
}
