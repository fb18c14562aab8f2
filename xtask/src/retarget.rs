//! Points a built page at another API, for `dev`.

use std::path::PathBuf;

use anyhow::{Context, Result};

const META: &str = "altostrat-api-base";

/// Called by Trunk, which names the directory that becomes `dist`.
pub(crate) fn staged(base: &str) -> Result<()> {
    let directory = std::env::var_os("TRUNK_STAGING_DIR").context("only as a hook of Trunk")?;
    let page = PathBuf::from(directory).join("index.html");
    let html = std::fs::read_to_string(&page)?;
    let html = retarget(&html, base).with_context(|| format!("index.html has no <meta name=\"{META}\" content>"))?;
    Ok(std::fs::write(page, html)?)
}

/// The page with its API base replaced, and with the inline script allowed that Trunk adds for live reload.
fn retarget(html: &str, base: &str) -> Option<String> {
    let name = html.find(&format!("\"{META}\""))?;
    let start = html[..name].rfind("<meta")?;
    let end = start + html[start..].find('>')?;
    let tag = &html[start..end];
    let value = tag.find("content=\"")? + "content=\"".len();
    let length = tag[value..].find('"')?;
    let tag = format!("{}{base}{}", &tag[..value], &tag[value + length..]);
    let html = format!("{}{tag}{}", &html[..start], &html[end..]);
    Some(html.replacen("script-src 'self'", "script-src 'self' 'unsafe-inline'", 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_content_of_that_meta_changes() {
        let html = r#"<meta charset="utf-8"><meta name="altostrat-api-base" content="https://a.example"><meta name="x" content="https://a.example">"#;
        assert_eq!(
            retarget(html, "/api").unwrap(),
            r#"<meta charset="utf-8"><meta name="altostrat-api-base" content="/api"><meta name="x" content="https://a.example">"#
        );
    }

    #[test]
    fn the_order_of_the_attributes_is_free() {
        let html = r#"<meta content="https://a.example" name="altostrat-api-base">"#;
        assert_eq!(retarget(html, "/api").unwrap(), r#"<meta content="/api" name="altostrat-api-base">"#);
    }

    #[test]
    fn live_reload_may_run_its_script_under_the_policy() {
        let html = r#"<meta content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"><meta name="altostrat-api-base" content="">"#;
        assert!(retarget(html, "/api").unwrap().contains("script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'"));
    }

    #[test]
    fn a_page_without_it_is_refused() {
        assert_eq!(retarget("<meta name=\"other\" content=\"x\">", "/api"), None);
        assert_eq!(retarget("<meta name=\"altostrat-api-base\">", "/api"), None);
    }

    #[test]
    fn the_page_of_this_project_has_it() {
        let html = std::fs::read_to_string(crate::run::root().join("index.html")).unwrap();
        assert!(retarget(&html, "/api").unwrap().contains("content=\"/api\""));
    }
}
