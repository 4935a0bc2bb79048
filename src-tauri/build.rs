//! Tells Tauri where the permissions and capabilities are, and makes sure that there is a page to embed.

use std::error::Error;
use std::path::Path;
use std::{fs, io};

/// Shown where the interface was not built: `cargo build` alone must work without Node.
const NOT_BUILT: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<title>Tailorbird</title>
<h1>The interface is not built yet</h1>
<p>Run <code>cargo xtask run</code>, or <code>npm --prefix ui ci</code> and <code>npm --prefix ui run build</code>, then build again.</p>
</html>
";

fn main() -> Result<(), Box<dyn Error>> {
    // A folder that is missing stops the build when the assets are embedded.
    page_to_embed(Path::new("ui/dist"))?;
    for watched in ["ui/dist", "src-tauri/capabilities", "src-tauri/permissions", "icons", "tauri.conf.json"]
    {
        println!("cargo:rerun-if-changed={watched}");
    }
    tauri_build::try_build(
        tauri_build::Attributes::new()
            .capabilities_path_pattern("src-tauri/capabilities/*.json")
            .app_manifest(
                tauri_build::AppManifest::new().permissions_path_pattern("src-tauri/permissions/*.toml"),
            ),
    )?;
    Ok(())
}

fn page_to_embed(dist: &Path) -> io::Result<()> {
    let page = dist.join("index.html");
    if !page.exists() {
        fs::create_dir_all(dist)?;
        fs::write(page, NOT_BUILT)?;
    }
    Ok(())
}
