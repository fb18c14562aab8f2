//! URLs that tokens may be sent to and that a Content-Security-Policy can name.

/// The origin and the path of an `https:` URL, or of an `http:` URL of this machine; `None` for any other text. A policy can
/// express no host beyond ASCII and no IPv6.
pub(crate) fn split(url: &str) -> Option<(String, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let is_host =
        !name.is_empty() && has_only(name, "-.") && port.is_none_or(|port| matches!(port.parse(), Ok(1u16..)));
    let is_secure = scheme == "https" || scheme == "http" && matches!(name, "localhost" | "127.0.0.1");
    (is_host && is_secure).then(|| (format!("{scheme}://{host}"), path))
}

/// Whether a text has only ASCII letters, digits and these marks.
pub(crate) fn has_only(text: &str, marks: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || marks.contains(c))
}
