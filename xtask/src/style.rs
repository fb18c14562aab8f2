//! A hook that joins `style/` into one style sheet, because Trunk would ship each file separately, and copies the
//! script that starts the app. Removes the comments of both.

use std::fs;

use anyhow::{Context, Result};

use crate::process::root;

/// The style sheet that declares the order of the cascade layers, so it comes first.
const FIRST: &str = "main.css";

const BOOT: &str = "boot.js";

/// Called by Trunk before every build.
pub(crate) fn style() -> Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root().join("style")).context("style")? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "css") {
            files.push(path);
        }
    }
    // Sorted for reproducible builds: the order of a directory differs between machines.
    files.sort_by_key(|path| (!path.ends_with(FIRST), path.clone()));
    let mut joined = String::new();
    for path in files {
        joined += &strip_css_comments(&fs::read_to_string(&path).with_context(|| path.display().to_string())?);
    }
    let target = root().join("target/style");
    fs::create_dir_all(&target)?;
    fs::write(target.join(FIRST), joined)?;
    let boot = fs::read_to_string(root().join(BOOT)).context(BOOT)?;
    Ok(fs::write(target.join(BOOT), strip_script_comments(&boot))?)
}

/// Removes the comments, which are a quarter of the style sheets.
fn strip_css_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let before = parts.next().unwrap_or_default().to_owned();
    parts.fold(before, |kept, part| kept + part.split_once("*/").map_or("", |(_, after)| after.trim_start()))
}

/// Removes the comments of a script that has no comment after code and no string of several lines.
fn strip_script_comments(script: &str) -> String {
    let mut is_comment = false;
    let mut text = String::new();
    for line in script.lines().map(str::trim) {
        is_comment |= line.starts_with("/*");
        if !is_comment && !line.is_empty() && !line.starts_with("//") {
            text += line;
            text.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_removed_from_style_sheets() {
        assert_eq!(
            strip_css_comments("/* a */\n@layer b {\n  /* c */\n  d { e: f }\n}\n"),
            "@layer b {\n  d { e: f }\n}\n"
        );
        assert_eq!(strip_css_comments("a {} /* open"), "a {} ");
        assert_eq!(strip_css_comments("a {}"), "a {}");
    }

    #[test]
    fn comments_are_removed_from_scripts() {
        let script = "// a\n/** b */\nconst c = 'd // e';\n/**\n * f\n */\n  g();\n";
        assert_eq!(strip_script_comments(script), "const c = 'd // e';\ng();\n");
    }
}
