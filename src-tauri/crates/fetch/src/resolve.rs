//! Names to addresses, of which only those of the open internet are connected to.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;

use crate::address::{is_loopback, is_open};

/// What a look-up finds.
pub(crate) type Found = Pin<Box<dyn Future<Output = std::io::Result<Vec<SocketAddr>>> + Send>>;

/// Somebody who knows the addresses of names.
pub(crate) trait Lookup: Send + Sync {
    /// The addresses of a name.
    fn look_up(&self, name: &str) -> Found;
}

/// The system's own resolver.
#[derive(Debug)]
pub(crate) struct System;

impl System {
    /// One for everybody.
    pub(crate) fn shared() -> Arc<dyn Lookup> {
        Arc::new(Self)
    }
}

impl Lookup for System {
    fn look_up(&self, name: &str) -> Found {
        let name = name.to_owned();
        Box::pin(async move { Ok(tokio::net::lookup_host((name.as_str(), 0)).await?.collect()) })
    }
}

/// All addresses of a name are near: nobody is connected to.
#[derive(Debug, Error)]
#[error("the name leads to a private network")]
pub(crate) struct LeadsNear;

/// A name without an address.
#[derive(Debug, Error)]
#[error("the name is not known")]
pub(crate) struct Unknown;

/// Looks up names, and gives out what may be connected to. The connection is made to just these addresses: there is no
/// second look-up that could give others.
pub(crate) struct Guarded {
    pub(crate) lookup: Arc<dyn Lookup>,
    /// `localhost` was typed: this computer may be connected to.
    pub(crate) this_computer: bool,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let found = self.lookup.look_up(name.as_str());
        let this_computer = self.this_computer;
        Box::pin(async move {
            let found = found.await.map_err(|_| Unknown)?;
            if found.is_empty() {
                return Err(Unknown.into());
            }
            let allowed: Vec<SocketAddr> = found
                .into_iter()
                .filter(
                    |address| {
                        if this_computer { is_loopback(address.ip()) } else { is_open(address.ip()) }
                    },
                )
                .collect();
            if allowed.is_empty() {
                return Err(LeadsNear.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}
