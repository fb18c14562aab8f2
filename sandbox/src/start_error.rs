//! The reasons why a sandbox can't start.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// The reason why a sandbox can't start. Its text names the option that helps.
#[derive(Debug)]
pub enum StartError {
    /// Another program listens on this port.
    PortInUse(u16),
    /// Listening on this port failed for another reason.
    Listen(u16, io::Error),
    /// This folder has no `index.html`.
    NoIndex(PathBuf),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortInUse(port) => write!(
                f,
                "Port {port} is in use. Choose another port with --port, or let the system pick one with --port 0."
            ),
            Self::Listen(port, source) => {
                write!(f, "Can't listen on port {port}: {source}. Choose another port with --port.")
            }
            Self::NoIndex(dist) => write!(
                f,
                "There is no index.html in {}. Build the site with `cargo xtask dist`, name its folder with --dist, \
                 or serve no site with --api-only.",
                dist.display()
            ),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen(_, source) => Some(source),
            Self::PortInUse(_) | Self::NoIndex(_) => None,
        }
    }
}
