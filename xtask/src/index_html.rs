//! Rewrites the `index.html` of a built site: the content of a `<meta>`, and the origins that the policy permits.

use anyhow::{Context, Result, bail};

const CONNECT: &str = "connect-src 'self'";

/// Replaces the content of the `<meta>` with this name. `content` is safe in an attribute.
pub(crate) fn set_meta(html: &str, name: &str, content: &str) -> Result<String> {
    let value = || {
        let position = html.find(&format!("\"{name}\""))?;
        let start = html[..position].rfind("<meta")?;
        let end = start + html[start..].find('>')?;
        let value = start + html[start..end].find("content=\"")? + "content=\"".len();
        Some(value..value + html[value..end].find('"')?)
    };
    let value = value().with_context(|| format!("index.html has no <meta name=\"{name}\" content>"))?;
    Ok(format!("{}{content}{}", &html[..value.start], &html[value.end..]))
}

/// Rewrites the origins that the policy permits requests to. `sources` gets those after `'self'` and returns the new ones.
pub(crate) fn rewrite_connect_src(html: &str, sources: impl FnOnce(&str) -> String) -> Result<String> {
    let [before, after] = html.split(CONNECT).collect::<Vec<_>>()[..] else {
        bail!("index.html must have exactly one policy with {CONNECT}");
    };
    let end = after.find([';', '"']).context("the policy in index.html has no end")?;
    Ok(format!("{before}{CONNECT}{}{}", sources(&after[..end]), &after[end..]))
}
