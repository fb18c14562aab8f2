//! Why the sandbox could not start.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why the sandbox could not start, said so that the reader knows what to type next.
#[derive(Debug)]
pub enum StartError {
    /// Something else listens on this port.
    PortInUse(u16),
    /// The port cannot be listened on for another reason.
    Listen(u16, io::Error),
    /// The folder of the site has no `index.html`.
    NoIndex(PathBuf),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortInUse(port) => write!(
                f,
                "Port {port} is in use. Choose another one with --port, or let the system choose with --port 0."
            ),
            Self::Listen(port, source) => {
                write!(f, "Cannot listen on port {port}: {source}. Choose another one with --port.")
            }
            Self::NoIndex(dist) => write!(
                f,
                "There is no index.html in {}. Build the site (cargo xtask dist), name its folder with --dist, or \
                 leave it out with --api-only.",
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
