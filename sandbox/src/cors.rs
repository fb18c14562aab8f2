//! The setting for cross-origin requests (CORS).

/// The cross-origin requests that the API permits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cors {
    /// None, as with an API that does not know the site's origin: the preflight fails, and the browser sends nothing.
    #[default]
    Denied,
    /// Sending but not reading: the API does the work, and the page gets a network error.
    SendOnly,
    /// Sending and reading.
    Allowed,
}
