//! The keys of providers, one entry each: in the keychain of the operating system, else in memory until the app ends.
//! A provider is named by its short id; this crate knows none of them.
//!
//! A locked keychain can wait for ever for somebody to unlock it, and its calls must not run on an async
//! worker. So one plain thread makes all calls, and whoever asks waits for a limited time. While the thread
//! hangs in a call the keychain counts as absent; when the call comes back it is there again.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use zeroize::Zeroize as _;

/// How long drawing the window may wait for the keychain.
pub const GLANCE: Duration = Duration::from_secs(2);

/// How long to wait where the user asked for the key, and may have to unlock the keychain first.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The service that entries are kept under.
const SERVICE: &str = "io.github.tailorbird";

/// A key that tells nobody what it is, and is wiped from memory when it goes.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes a key as the user typed it; `None` when nothing is left without the white space around it.
    pub fn typed(key: &str) -> Option<Self> {
        let key = key.trim();
        (!key.is_empty()).then(|| Self(key.to_owned()))
    }

    /// The key itself, for the request that needs it.
    pub fn reveal(mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What a keychain does, so that tests can stand in for one that hangs.
pub trait Store: Send + 'static {
    /// The provider's key, or that there is none.
    ///
    /// # Errors
    /// Where it does not let us in.
    fn get(&self, provider: &str) -> Result<Option<Secret>, Unusable>;
    /// Keeps a key for the provider.
    ///
    /// # Errors
    /// Where it does not let us in.
    fn set(&self, provider: &str, key: Secret) -> Result<(), Unusable>;
    /// Forgets the provider's key; also well when there was none.
    ///
    /// # Errors
    /// Where it does not let us in.
    fn delete(&self, provider: &str) -> Result<(), Unusable>;
}

/// Why the keychain cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// There is none, so it holds no key either.
    Absent,
    /// It does not let us in, or does not answer. It may hold a key.
    Closed,
}

/// The keychain of the operating system.
pub struct SystemKeychain;

impl SystemKeychain {
    fn entry(provider: &str) -> Result<keyring::Entry, Unusable> {
        keyring::Entry::new(SERVICE, provider).map_err(|error| unusable(&error))
    }
}

impl Store for SystemKeychain {
    fn get(&self, provider: &str) -> Result<Option<Secret>, Unusable> {
        match Self::entry(provider)?.get_password() {
            Ok(key) => Ok(Secret::typed(&key)),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(unusable(&error)),
        }
    }

    fn set(&self, provider: &str, key: Secret) -> Result<(), Unusable> {
        Self::entry(provider)?.set_password(&key.0).map_err(|error| unusable(&error))
    }

    fn delete(&self, provider: &str) -> Result<(), Unusable> {
        match Self::entry(provider)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(unusable(&error)),
        }
    }
}

fn unusable(error: &keyring::Error) -> Unusable {
    // Some variants carry the stored bytes; only the kind is logged.
    let (kind, unusable) = match error {
        keyring::Error::NoDefaultStore => ("absent", Unusable::Absent),
        keyring::Error::NoStorageAccess(_) => ("locked or refused", Unusable::Closed),
        keyring::Error::PlatformFailure(_) => ("failed", Unusable::Closed),
        _ => ("unexpected answer", Unusable::Closed),
    };
    tracing::warn!(kind, "the keychain cannot be used");
    unusable
}

/// Where keys are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the keychain of the operating system.
    System,
    /// There is none that lets us in: in memory, until the program ends.
    Session,
    /// The key comes from an environment variable, which we do not change.
    Environment,
}

/// What there is to know about a provider's key without knowing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether there is a key.
    pub has_key: bool,
    /// Where keys are kept.
    pub place: Place,
}

type Call = Box<dyn FnOnce(&dyn Store) + Send>;
type Environment = Box<dyn Fn(&str) -> Option<Secret> + Send + Sync>;

/// The way to the keys. Its calls block for at most the time that they are given: call them aside.
pub struct Keys {
    calls: mpsc::Sender<Call>,
    hangs: Arc<AtomicBool>,
    session: Mutex<HashMap<String, Secret>>,
    environment: Environment,
}

impl Keys {
    /// Keys in `store`. What `environment` gives for a provider counts where neither the keychain nor the session has
    /// a key.
    pub fn new(
        store: impl Store,
        environment: impl Fn(&str) -> Option<Secret> + Send + Sync + 'static,
    ) -> Self {
        let (calls, waiting) = mpsc::channel::<Call>();
        let spawned = thread::Builder::new().name("keychain".to_owned()).spawn(move || {
            for call in waiting {
                call(&store);
            }
        });
        if spawned.is_err() {
            tracing::warn!("no thread for the keychain; keys last until the app ends");
        }
        Self { calls, hangs: Arc::default(), session: Mutex::default(), environment: Box::new(environment) }
    }

    /// The keys of this computer. `variable` names the environment variable that usually holds a provider's key.
    pub fn of_this_computer(variable: impl Fn(&str) -> Option<&'static str> + Send + Sync + 'static) -> Self {
        Self::new(SystemKeychain, move |provider| {
            std::env::var(variable(provider)?).ok().as_deref().and_then(Secret::typed)
        })
    }

    /// Whether there is a key for the provider, and where its key is kept.
    pub fn standing(&self, provider: &str, limit: Duration) -> Standing {
        let kept = self.kept(provider, limit);
        let place = match &kept {
            _ if self.in_session().contains_key(provider) => Place::Session,
            Ok(Some(_)) => Place::System,
            _ if (self.environment)(provider).is_some() => Place::Environment,
            Ok(None) => Place::System,
            Err(_) => Place::Session,
        };
        Standing { has_key: self.choose(provider, kept).is_some(), place }
    }

    /// The provider's key.
    pub fn get(&self, provider: &str, limit: Duration) -> Option<Secret> {
        self.choose(provider, self.kept(provider, limit))
    }

    /// Keeps a provider's key: in the keychain, or where that cannot be, until the app ends.
    pub fn set(&self, provider: &str, key: Secret, limit: Duration) -> Place {
        let (copy, entry) = (key.clone(), provider.to_owned());
        if self.ask(limit, move |store| store.set(&entry, copy)).is_ok() {
            self.in_session().remove(provider);
            Place::System
        } else {
            self.in_session().insert(provider.to_owned(), key);
            Place::Session
        }
    }

    /// Forgets a provider's key.
    ///
    /// # Errors
    /// Where the keychain may still hold one.
    pub fn delete(&self, provider: &str, limit: Duration) -> Result<(), Unusable> {
        self.in_session().remove(provider);
        let entry = provider.to_owned();
        match self.ask(limit, move |store| store.delete(&entry)) {
            Err(Unusable::Absent) => Ok(()),
            deleted => deleted,
        }
    }

    fn kept(&self, provider: &str, limit: Duration) -> Result<Option<Secret>, Unusable> {
        let entry = provider.to_owned();
        self.ask(limit, move |store| store.get(&entry))
    }

    fn choose(&self, provider: &str, kept: Result<Option<Secret>, Unusable>) -> Option<Secret> {
        let in_session = self.in_session().get(provider).cloned();
        in_session.or_else(|| kept.ok().flatten()).or_else(|| (self.environment)(provider))
    }

    fn in_session(&self) -> std::sync::MutexGuard<'_, HashMap<String, Secret>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask<T: Send + 'static>(
        &self,
        limit: Duration,
        call: impl FnOnce(&dyn Store) -> Result<T, Unusable> + Send + 'static,
    ) -> Result<T, Unusable> {
        // Whoever comes while a call hangs must not queue up behind it.
        if self.hangs.load(Ordering::Acquire) {
            return Err(Unusable::Closed);
        }
        let (answer, answered) = mpsc::sync_channel(1);
        let hangs = Arc::clone(&self.hangs);
        let job: Call = Box::new(move |store| {
            // In this order: whoever finds no answer after setting the mark can rely on it being cleared.
            let _ = answer.try_send(call(store));
            hangs.store(false, Ordering::Release);
        });
        self.calls.send(job).map_err(|_| Unusable::Closed)?;
        match answered.recv_timeout(limit) {
            Ok(result) => result,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                self.hangs.store(true, Ordering::Release);
                // The answer may have come between the two lines above.
                if let Ok(result) = answered.try_recv() {
                    self.hangs.store(false, Ordering::Release);
                    return result;
                }
                tracing::warn!("the keychain did not answer in time");
                Err(Unusable::Closed)
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(Unusable::Closed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A keychain in memory whose calls wait until they are let through.
    struct Gate {
        open: Mutex<mpsc::Receiver<()>>,
        keys: Mutex<HashMap<String, Secret>>,
        refusal: Unusable,
    }

    impl Gate {
        fn new() -> (Self, mpsc::Sender<()>) {
            let (open, gate) = mpsc::channel();
            (Self { open: Mutex::new(gate), keys: Mutex::default(), refusal: Unusable::Absent }, open)
        }

        fn pass(&self) -> Result<(), Unusable> {
            self.open.lock().unwrap().recv().map_err(|_| self.refusal)
        }
    }

    impl Store for Gate {
        fn get(&self, provider: &str) -> Result<Option<Secret>, Unusable> {
            self.pass()?;
            Ok(self.keys.lock().unwrap().get(provider).cloned())
        }
        fn set(&self, provider: &str, key: Secret) -> Result<(), Unusable> {
            self.pass()?;
            self.keys.lock().unwrap().insert(provider.to_owned(), key);
            Ok(())
        }
        fn delete(&self, provider: &str) -> Result<(), Unusable> {
            self.pass()?;
            self.keys.lock().unwrap().remove(provider);
            Ok(())
        }
    }

    fn key(text: &str) -> Secret {
        Secret::typed(text).unwrap()
    }

    /// A provider.
    const ONE: &str = "one";

    fn revealed(keys: &Keys) -> Option<String> {
        keys.get(ONE, PATIENCE).map(Secret::reveal)
    }

    #[test]
    fn a_key_is_kept_found_and_forgotten() {
        let (store, open) = Gate::new();
        let keys = Keys::new(store, |_| None);
        for _ in 0..6 {
            open.send(()).unwrap();
        }
        assert_eq!(keys.standing(ONE, PATIENCE), Standing { has_key: false, place: Place::System });
        assert_eq!(keys.set(ONE, key(" sk-1\n"), PATIENCE), Place::System);
        assert_eq!(revealed(&keys).as_deref(), Some("sk-1"));
        keys.delete(ONE, PATIENCE).unwrap();
        assert_eq!(revealed(&keys), None);
        assert_eq!(format!("{:?}", key("sk-1")), "Secret(…)");
    }

    #[test]
    fn each_provider_has_a_key_of_its_own() {
        let (store, open) = Gate::new();
        let keys = Keys::new(store, |provider| (provider == "three").then(|| key("sk-env")));
        for _ in 0..6 {
            open.send(()).unwrap();
        }
        keys.set(ONE, key("sk-1"), PATIENCE);
        keys.set("two", key("sk-2"), PATIENCE);
        keys.delete(ONE, PATIENCE).unwrap();
        let known = |provider| keys.get(provider, PATIENCE).map(Secret::reveal);
        assert_eq!(known(ONE), None);
        assert_eq!(known("two").as_deref(), Some("sk-2"));
        assert_eq!(known("three").as_deref(), Some("sk-env"));
        drop(open);
        keys.set(ONE, key("sk-3"), PATIENCE);
        assert_eq!(known(ONE).as_deref(), Some("sk-3"));
        assert_eq!(known("two"), None, "what one session keeps is not another provider's");
    }

    #[test]
    fn a_keychain_that_is_absent_leaves_the_session() {
        let (store, open) = Gate::new();
        drop(open);
        let keys = Keys::new(store, |_| None);
        assert_eq!(keys.set(ONE, key("sk-2"), PATIENCE), Place::Session);
        assert_eq!(keys.standing(ONE, PATIENCE), Standing { has_key: true, place: Place::Session });
        keys.delete(ONE, PATIENCE).unwrap();
        assert_eq!(revealed(&keys), None);
        assert_eq!(keys.delete(ONE, PATIENCE), Ok(()), "what is absent holds nothing");
    }

    #[test]
    fn a_keychain_that_hangs_holds_nobody_up_and_is_used_again_when_it_is_back() {
        let (store, open) = Gate::new();
        let keys = Keys::new(store, |provider| (provider == ONE).then(|| key("sk-env")));
        // No time at all: the call hangs, as behind a prompt that nobody answers.
        assert_eq!(
            keys.standing(ONE, Duration::ZERO),
            Standing { has_key: true, place: Place::Environment },
            "the environment's key counts"
        );
        assert_eq!(keys.set(ONE, key("sk-3"), PATIENCE), Place::Session, "at once, without the thread");
        assert_eq!(revealed(&keys).as_deref(), Some("sk-3"));
        open.send(()).unwrap();
        while keys.hangs.load(Ordering::Acquire) {
            thread::yield_now();
        }
        open.send(()).unwrap();
        assert_eq!(keys.set(ONE, key("sk-4"), PATIENCE), Place::System);
        open.send(()).unwrap();
        assert_eq!(revealed(&keys).as_deref(), Some("sk-4"), "the session's key is gone");
    }

    #[test]
    fn a_keychain_that_refuses_may_still_hold_a_key() {
        let (mut store, open) = Gate::new();
        store.refusal = Unusable::Closed;
        drop(open);
        let keys = Keys::new(store, |_| None);
        keys.set(ONE, key("sk-6"), PATIENCE);
        assert_eq!(keys.delete(ONE, PATIENCE), Err(Unusable::Closed));
        assert_eq!(revealed(&keys), None, "the session's key is gone all the same");
    }

    #[test]
    fn the_environment_comes_last() {
        let (store, open) = Gate::new();
        let keys = Keys::new(store, |provider| (provider == ONE).then(|| key("sk-env")));
        for _ in 0..3 {
            open.send(()).unwrap();
        }
        assert_eq!(revealed(&keys).as_deref(), Some("sk-env"));
        keys.set(ONE, key("sk-5"), PATIENCE);
        assert_eq!(revealed(&keys).as_deref(), Some("sk-5"));
    }
}
