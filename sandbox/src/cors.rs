//! What another origin may ask of the API: nothing until told, as with an API that does not know the site's origin.

/// What a page of another origin is allowed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cors {
    /// Nothing: the browser asks first, is refused, and sends nothing.
    #[default]
    Denied,
    /// To send, and not to read: what was asked for is done, and the page learns nothing of it.
    SendOnly,
    /// To send and to read.
    Allowed,
}
