//! Completes the site that Trunk has built: adds the chunks, joins the two scripts into one with an integrity checksum,
//! and names the main module and the script by their content.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::digest::{hash, integrity};
use crate::files::files;
use crate::wasm_bindgen::CHUNKS_DIR;

/// The end of the main module's name, after the stem that it shares with wasm-bindgen's script.
const MODULE_SUFFIX: &str = "_bg.wasm";
/// The start of the name of the script that starts the app.
const BOOT_PREFIX: &str = "boot-";

/// Completes the `site`; `wasm_bindgen_output` is the folder that wasm-bindgen wrote to.
pub(crate) fn post_process(site: &Path, wasm_bindgen_output: &Path) -> Result<()> {
    for chunk in files(&wasm_bindgen_output.join(CHUNKS_DIR))? {
        fs::copy(&chunk, site.join(chunk.file_name().unwrap_or_default()))?;
    }
    let names = names(site)?;
    let stem = names.iter().find_map(|name| name.strip_suffix(MODULE_SUFFIX)).context("the site has no main module")?;
    let boot = names.iter().find(|name| name.starts_with(BOOT_PREFIX)).context("the site has no boot.js")?;
    let [module, script, boot] =
        [&format!("{stem}{MODULE_SUFFIX}"), &format!("{stem}.js"), boot].map(|name| site.join(name));
    let script_text = concat_scripts(&fs::read_to_string(&script)?, &fs::read_to_string(&boot)?);
    // Trunk hashes the linked module. Other tool versions turn it into other bytes, which need another name, because
    // browsers cache these files permanently.
    let (app, _) = stem.rsplit_once('-').context("the main module has no hash in its name")?;
    let named = format!("{app}-{}", hash(&[&fs::read(&module)?, script_text.as_bytes()].concat()));
    let page = site.join("index.html");
    let html = link_script(&fs::read_to_string(&page)?, &format!("{named}.js"), &integrity(script_text.as_bytes()))?;
    fs::write(page, html.replace(stem, &named))?;
    fs::rename(module, site.join(format!("{named}{MODULE_SUFFIX}")))?;
    fs::write(site.join(format!("{named}.js")), script_text)?;
    fs::remove_file(script)?;
    Ok(fs::remove_file(boot)?)
}

/// The names of a site's files.
fn names(site: &Path) -> Result<Vec<String>> {
    let name = |path: &std::path::PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
    Ok(files(site)?.iter().filter_map(name).collect())
}

/// Appends the script that starts the app to wasm-bindgen's, in a block with its own scope.
///
/// One script, because browsers check the integrity of a script with its own tag but not of an imported one: if the
/// checksum of a `modulepreload` is wrong, Chromium fetches the script again without checking.
fn concat_scripts(script: &str, boot: &str) -> String {
    format!("{script}{{\n{boot}}}\n")
}

/// Replaces the tags of the two scripts by one for the joined script.
fn link_script(page: &str, name: &str, integrity: &str) -> Result<String> {
    let tag = format!(r#"<script type="module" src="/{name}" integrity="{integrity}">"#);
    let page = replace_tag(page, &format!(r#"<script src="/{BOOT_PREFIX}"#), &tag)
        .context("index.html does not load boot.js")?;
    replace_tag(&page, r#"<link rel="modulepreload""#, "").context("index.html does not preload wasm-bindgen's script")
}

/// Replaces the first tag that starts with `begin`.
fn replace_tag(page: &str, begin: &str, tag: &str) -> Option<String> {
    let (before, rest) = page.split_once(begin)?;
    let (_, after) = rest.split_once('>')?;
    Some(format!("{before}{tag}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<script src="/boot-0a.js" integrity="sha384-a" type="module"></script>
<link rel="modulepreload" href="/app-0123456789abcdef.js" integrity="sha384-b">
<link href="/app-0123456789abcdef_bg.wasm">"#;

    #[test]
    fn the_page_loads_one_script_with_integrity() {
        let page = link_script(PAGE, "app-1.js", "sha384-c").unwrap();
        let expected = r#"<script type="module" src="/app-1.js" integrity="sha384-c"></script>

<link href="/app-0123456789abcdef_bg.wasm">"#;
        assert_eq!(page, expected);
        assert!(link_script(&page, "app-1.js", "sha384-c").is_err());
    }

    /// The names and contents of a site's files, where `module` is the content of the main module.
    fn site_with(module: &str) -> Vec<(String, String)> {
        let home = std::env::temp_dir().join(format!("xtask-post-process-{}-{module}", std::process::id()));
        let (site, chunks) = (home.join("site"), home.join(CHUNKS_DIR));
        fs::create_dir_all(&site).unwrap();
        fs::create_dir_all(&chunks).unwrap();
        for (name, content) in [
            ("app-0123456789abcdef_bg.wasm", module),
            ("app-0123456789abcdef.js", "const a = 1;\n"),
            ("boot-0a.js", "const a = 2;\n"),
            ("index.html", PAGE),
        ] {
            fs::write(site.join(name), content).unwrap();
        }
        fs::write(chunks.join("split_second-0a.wasm"), "chunk").unwrap();
        post_process(&site, &home).unwrap();
        let all = names(&site).unwrap();
        let read = |name: String| (fs::read_to_string(site.join(&name)).map(|content| (name, content))).unwrap();
        let all = all.into_iter().map(read).collect();
        fs::remove_dir_all(&home).unwrap();
        all
    }

    #[test]
    fn module_and_script_are_named_by_their_content() {
        let files = site_with("module");
        let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
        let stem = names[0].strip_suffix(".js").unwrap();
        assert_eq!(names[1..], [&format!("{stem}_bg.wasm"), "index.html", "split_second-0a.wasm"]);
        assert_eq!(files[0].1, "const a = 1;\n{\nconst a = 2;\n}\n");
        let page = &files[2].1;
        assert!(page.contains(&format!(r#"src="/{}" integrity="{}""#, names[0], integrity(files[0].1.as_bytes()))));
        assert!(page.contains(&format!(r#"<link href="/{stem}_bg.wasm">"#)) && !page.contains("0123456789abcdef"));
        assert_eq!(site_with("module"), files);
        assert_ne!(site_with("another")[0].0, files[0].0);
    }
}
