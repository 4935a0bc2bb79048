//! What the user chose, as one JSON file in the platform's folder for settings. No key is ever in it.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use tauri::{AppHandle, Manager as _};

use serde::Deserialize;

use crate::api::{OFFLINE, ProviderChoice, SILENCE_S, Settings, Theme};

/// Name of the file in its folder.
const FILE: &str = "settings.json";

/// The largest settings file that is read, in bytes. Ours has some hundred.
const LIMIT: u64 = 64 * 1024;

impl Default for Settings {
    /// Offline: nothing leaves the machine before the user said so.
    fn default() -> Self {
        Self {
            engine: OFFLINE.to_owned(),
            providers: BTreeMap::new(),
            silence_s: SILENCE_S,
            limit_usd: None,
            theme: Theme::System,
        }
    }
}

/// The settings as files hold them, those of earlier versions among them.
#[derive(Deserialize)]
#[serde(default)]
pub(crate) struct Written {
    engine: String,
    providers: BTreeMap<String, ProviderChoice>,
    silence_s: u32,
    limit_usd: Option<f64>,
    theme: Theme,
    /// Before there were several providers, these two were Anthropic's.
    model: Option<String>,
    base_url: Option<String>,
}

impl Default for Written {
    fn default() -> Self {
        let Settings { engine, providers, silence_s, limit_usd, theme } = Settings::default();
        Self { engine, providers, silence_s, limit_usd, theme, model: None, base_url: None }
    }
}

impl From<Written> for Settings {
    fn from(written: Written) -> Self {
        let Written { engine, mut providers, silence_s, limit_usd, theme, model, base_url } = written;
        if let Some(model) = model {
            providers.entry("anthropic".to_owned()).or_insert(ProviderChoice { model, base_url });
        }
        Self { engine, providers, silence_s, limit_usd, theme }
    }
}

/// The folder for settings: `TAILORBIRD_CONFIG_DIR` where it is set, else the platform's. `None` where
/// there is neither; settings then last until the app ends.
pub(crate) fn folder(app: &AppHandle) -> Option<PathBuf> {
    match std::env::var_os("TAILORBIRD_CONFIG_DIR") {
        Some(folder) if !folder.is_empty() => Some(PathBuf::from(folder)),
        _ => app.path().app_config_dir().ok(),
    }
}

/// The folder for what the user makes: `TAILORBIRD_DATA_DIR` where it is set, else the platform's. `None` where there
/// is neither; it then lasts until the app ends.
pub(crate) fn data_folder(app: &AppHandle) -> Option<PathBuf> {
    match std::env::var_os("TAILORBIRD_DATA_DIR") {
        Some(folder) if !folder.is_empty() => Some(PathBuf::from(folder)),
        _ => app.path().app_data_dir().ok(),
    }
}

/// The settings in `folder`. A file that is missing gives the defaults; so does a damaged one, with a log line.
pub(crate) fn load(folder: &Path) -> Settings {
    match read(&folder.join(FILE)) {
        Ok(settings) => settings,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Settings::default(),
        Err(error) => {
            tracing::warn!(kind = %error.kind(), "the settings file cannot be read; starting with the defaults");
            Settings::default()
        }
    }
}

fn read(file: &Path) -> io::Result<Settings> {
    if fs::metadata(file)?.len() > LIMIT {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(serde_json::from_slice(&fs::read(file)?)?)
}

/// Writes the settings so that a crash leaves the old file or the new one, never half of one.
pub(crate) fn save(folder: &Path, settings: &Settings) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&serde_json::to_vec_pretty(settings)?)?;
    file.as_file().sync_all()?;
    file.persist(folder.join(FILE))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen() -> Settings {
        let choice =
            ProviderChoice { model: "a-model".to_owned(), base_url: Some("http://127.0.0.1:9".to_owned()) };
        Settings {
            engine: "ollama".to_owned(),
            providers: BTreeMap::from([("ollama".to_owned(), choice)]),
            silence_s: 300,
            limit_usd: Some(0.5),
            theme: Theme::Dark,
        }
    }

    #[test]
    fn what_was_saved_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("not/there/yet");
        save(&inner, &chosen()).unwrap();
        assert_eq!(load(&inner), chosen());
        assert_eq!(fs::read_dir(&inner).unwrap().count(), 1, "the temporary file is gone");
    }

    #[test]
    fn the_file_of_an_earlier_version_is_understood() {
        let folder = tempfile::tempdir().unwrap();
        let old = r#"{"engine":"anthropic","model":"claude-opus-5-5","base_url":"https://gateway.example.com","theme":"dark"}"#;
        fs::write(folder.path().join(FILE), old).unwrap();
        let settings = load(folder.path());
        assert_eq!(settings.engine, "anthropic");
        assert_eq!(settings.providers["anthropic"].model, "claude-opus-5-5");
        assert_eq!(settings.providers["anthropic"].base_url.as_deref(), Some("https://gateway.example.com"));
        assert_eq!((settings.silence_s, settings.limit_usd, settings.theme), (SILENCE_S, None, Theme::Dark));
        save(folder.path(), &settings).unwrap();
        assert_eq!(load(folder.path()), settings);
    }

    #[test]
    fn a_missing_file_gives_the_defaults() {
        assert_eq!(load(tempfile::tempdir().unwrap().path()), Settings::default());
    }

    #[test]
    fn a_damaged_file_gives_the_defaults_and_can_be_replaced() {
        let folder = tempfile::tempdir().unwrap();
        for damage in ["", "{", "[]", "{\"theme\":\"nobody\"}", "\u{0}\u{0}\u{0}"] {
            fs::write(folder.path().join(FILE), damage).unwrap();
            assert_eq!(load(folder.path()), Settings::default(), "{damage:?}");
        }
        fs::write(folder.path().join(FILE), vec![b' '; 100_000]).unwrap();
        assert_eq!(load(folder.path()), Settings::default());
        save(folder.path(), &chosen()).unwrap();
        assert_eq!(load(folder.path()), chosen());
    }
}
