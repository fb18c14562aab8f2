//! The shared state of one sandbox: its data, queued faults, recorded requests and CORS setting.

use std::sync::{Mutex, MutexGuard};

use crate::accounts::Store;
use crate::cors::Cors;
use crate::faults::Fault;
use crate::lock::lock;
use crate::oidc::issuer::Issuer;
use crate::request_log::RequestLog;

#[derive(Debug)]
pub(crate) struct AppState {
    store: Mutex<Store>,
    faults: Mutex<Vec<Fault>>,
    log: Mutex<RequestLog>,
    cors: Mutex<Cors>,
    issuer: Mutex<Issuer>,
}

impl AppState {
    pub(crate) fn new(store: Store) -> Self {
        Self {
            store: Mutex::new(store),
            faults: Mutex::default(),
            log: Mutex::default(),
            cors: Mutex::default(),
            issuer: Mutex::default(),
        }
    }

    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        lock(&self.store)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Vec<Fault>> {
        lock(&self.faults)
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, RequestLog> {
        lock(&self.log)
    }

    pub(crate) fn issuer(&self) -> MutexGuard<'_, Issuer> {
        lock(&self.issuer)
    }

    pub(crate) fn cors(&self) -> MutexGuard<'_, Cors> {
        lock(&self.cors)
    }
}
