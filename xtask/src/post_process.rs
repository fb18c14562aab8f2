//! What is left to do on a site that Trunk has built: one script in place of two, names after what its files hold, and the
//! module that comes later, of which Trunk does not know.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

use crate::bundle_size::files;

/// With what the name of the second module begins.
const LAZY: &str = "lazy-";
/// With what the name of the first ends, behind what its glue is called too.
const FIRST: &str = "_bg.wasm";
/// With what the script begins that starts the app, behind its slash.
const BOOT: &str = "boot-";

/// Does it; `lazy` is what `bind` has written.
pub(crate) fn finish(site: &Path, lazy: &Path) -> Result<()> {
    let page = site.join("index.html");
    let mut text = fs::read_to_string(&page).with_context(|| page.display().to_string())?;
    join_scripts(site, &mut text)?;
    rename_first(site, &mut text)?;
    let lazy = fs::read(lazy).with_context(|| lazy.display().to_string())?;
    let name = format!("{LAZY}{}.wasm", short(&Sha384::digest(&lazy)));
    // No link: a browser would load it at once. `boot.js` looks for this.
    let meta = format!(r#"<meta name="lazy-module" content="/{name}" data-integrity="{}">"#, integrity(&lazy));
    fs::write(site.join(name), lazy)?;
    let (head, body) = text.split_once("</head>").context("a page without a head")?;
    Ok(fs::write(page, format!("{head}{meta}</head>{body}"))?)
}

/// The glue with the script that starts the app behind it, in place of the two: a request less, at which a browser, its
/// network and a server have work. A block, so that no name of the one is one of the other.
fn join_scripts(site: &Path, page: &mut String) -> Result<()> {
    let all = files(site)?;
    let named = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let boot = all.iter().find(|path| named(path).starts_with(BOOT)).context("a site without what starts it")?;
    let glue = first_module(&all)?.1;
    let joined = format!("{}{{\n{}}}\n", fs::read_to_string(&glue)?, fs::read_to_string(boot)?);
    fs::write(&glue, &joined)?;
    fs::remove_file(boot)?;
    let (name, integrity) = (named(&glue), integrity(joined.as_bytes()));
    let tag = format!(r#"<script type="module" src="/{name}" integrity="{integrity}">"#);
    *page = with_tag(page, &format!(r#"<script src="/{BOOT}"#), &tag).context("a page without its script")?;
    *page = with_tag(page, r#"<link rel="modulepreload""#, "").context("a page without its glue")?;
    Ok(())
}

/// The first module, and its glue.
fn first_module(all: &[PathBuf]) -> Result<(&PathBuf, PathBuf)> {
    let module = all.iter().find(|path| path.to_string_lossy().ends_with(FIRST)).context("a site without a module")?;
    let stem = module.to_string_lossy();
    Ok((module, PathBuf::from(format!("{}.js", stem.strip_suffix(FIRST).unwrap_or_default()))))
}

/// Trunk names them after what the linker wrote. What `bind` makes of it may be another, and a browser keeps a file by
/// its name for ever.
fn rename_first(site: &Path, page: &mut String) -> Result<()> {
    let all = files(site)?;
    let (module, script) = first_module(&all)?;
    let stem = script.file_stem().unwrap_or_default().to_string_lossy();
    let hash = Sha384::new().chain_update(fs::read(module)?).chain_update(fs::read(&script)?).finalize();
    let (app, _) = stem.rsplit_once('-').context("a module without a hash in its name")?;
    let named = format!("{app}-{}", short(&hash));
    fs::rename(module, module.with_file_name(format!("{named}{FIRST}")))?;
    fs::rename(&script, module.with_file_name(format!("{named}.js")))?;
    *page = page.replace(&*stem, &named);
    Ok(())
}

/// Puts a tag in the place of the one that begins so.
fn with_tag(page: &str, begin: &str, tag: &str) -> Option<String> {
    let (before, rest) = page.split_once(begin)?;
    let (_, after) = rest.split_once('>')?;
    Some(format!("{before}{tag}{after}"))
}

fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

fn short(hash: &[u8]) -> String {
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a file of a site is the module that comes later.
pub(crate) fn is_lazy(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(LAZY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_after_what_they_hold_and_the_page_knows_them() {
        let site = std::env::temp_dir().join(format!("xtask-finish-{}", std::process::id()));
        let lazy = site.with_extension("wasm");
        let built = |module: &str| {
            fs::create_dir_all(&site).unwrap();
            fs::write(site.join("app-0123456789abcdef_bg.wasm"), module).unwrap();
            fs::write(site.join("app-0123456789abcdef.js"), "const a = 1;\n").unwrap();
            fs::write(site.join("boot-fedcba9876543210.js"), "const a = 2;\n").unwrap();
            let page = r#"<head><script src="/boot-fedcba9876543210.js" integrity="sha384-a" type="module"></script>
                <link rel="modulepreload" href="/app-0123456789abcdef.js" integrity="sha384-b">
                <link href="/app-0123456789abcdef_bg.wasm"></head>"#;
            fs::write(site.join("index.html"), page).unwrap();
            fs::write(&lazy, "abc").unwrap();
            finish(&site, &lazy).unwrap();
            let all = files(&site).unwrap();
            let names = all.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
            let page = fs::read_to_string(site.join("index.html")).unwrap();
            let script = fs::read_to_string(&all[0]).unwrap();
            fs::remove_dir_all(&site).unwrap();
            (names, page, script)
        };
        let (names, page, script): (Vec<String>, _, _) = built("module");
        let (others, ..): (Vec<String>, _, _) = built("another");
        fs::remove_file(&lazy).unwrap();
        assert_eq!(names[2..], ["index.html", "lazy-cb00753f45a35e8b.wasm"]);
        assert!(others[..2].iter().all(|name| !names.contains(name)));
        assert_eq!(script, "const a = 1;\n{\nconst a = 2;\n}\n", "the glue, and behind it what starts the app");
        let integrity = "sha384-e2ORyCobMjgngAA2DwoxndxJ/BPlOq2tOF5KDKVUu5HTaaAdbAAJFbLVL2190h1h";
        let tag = format!(r#"<head><script type="module" src="/{}" integrity="{integrity}"></script>"#, names[0]);
        assert!(page.starts_with(&tag) && page.contains(&format!(r#"<link href="/{}">"#, names[1])), "{page}");
        assert!(!page.contains("modulepreload") && !page.contains("0123456789abcdef"), "{page}");
        let meta = "<meta name=\"lazy-module\" content=\"/lazy-cb00753f45a35e8b.wasm\" data-integrity=\"sha384-\
                    ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn\"></head>";
        assert!(page.ends_with(meta), "{page}");
    }
}
