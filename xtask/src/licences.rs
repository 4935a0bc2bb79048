//! The licences of all crates that we ship, from `cargo metadata`.

use std::collections::BTreeSet;

use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};

use crate::Outcome;
use crate::shell::{command, output};

/// Licences under which others may use and ship our app without further duties than naming them.
/// MPL-2.0 covers files, not programs; none of those files is changed here.
const PERMITTED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "NCSA",
    "OFL-1.1",
    "Ubuntu-font-1.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Fails where a crate has no licence, or one that is not permitted.
pub(crate) fn check() -> Outcome {
    let metadata = output(command("cargo").args(["metadata", "--format-version", "1", "--locked"]))
        .ok_or("`cargo metadata --locked` failed; is Cargo.lock up to date?")?;
    let metadata: Value = serde_json::from_str(&metadata)
        .map_err(|error| format!("`cargo metadata` made no sense: {error}"))?;
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut refused = BTreeSet::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let version = package["version"].as_str().unwrap_or_default();
        match package["license"].as_str() {
            None => _ = refused.insert(format!("{name} {version} names no licence")),
            Some(licence) if !is_permitted(licence) => {
                refused.insert(format!("{name} {version} is under {licence}"));
            }
            Some(_) => {}
        }
    }
    println!("Licences of {} crates looked at.", packages.len());
    if refused.is_empty() {
        return Ok(());
    }
    let refused: Vec<String> = refused.into_iter().collect();
    Err(format!("these licences are not permitted:\n  {}", refused.join("\n  ")))
}

/// Whether one way to fulfil the SPDX expression is permitted.
fn is_permitted(licence: &str) -> bool {
    Expression::parse_mode(licence, ParseMode::LAX)
        .is_ok_and(|expression| expression.evaluate(requirement_is_permitted))
}

fn requirement_is_permitted(requirement: &LicenseReq) -> bool {
    requirement.license.id().is_some_and(|id| PERMITTED.contains(&id.name))
}

#[cfg(test)]
mod tests {
    use super::is_permitted;

    #[test]
    fn a_choice_is_permitted_by_its_permissive_branch() {
        assert!(is_permitted("MIT OR Apache-2.0"));
        assert!(is_permitted("MIT/Apache-2.0"));
        assert!(is_permitted("MIT OR Apache-2.0 OR LGPL-2.1-or-later"));
        assert!(is_permitted("(Apache-2.0 OR MIT) AND BSD-3-Clause"));
        assert!(is_permitted("Apache-2.0 WITH LLVM-exception"));
    }

    #[test]
    fn copyleft_is_not_permitted() {
        assert!(!is_permitted("GPL-3.0-or-later"));
        assert!(!is_permitted("AGPL-3.0-only"));
        assert!(!is_permitted("MIT AND LGPL-3.0"));
        assert!(!is_permitted("nonsense"));
    }
}
