//! Who may use whom, and other rules that the sources keep: read from `src/lib.rs`, held by reading the sources.

#![cfg(not(target_arch = "wasm32"))]

#[path = "structure/source.rs"]
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use source::Source;

const MOST_LINES: usize = 300;
/// What a module that knows no browser does not name.
const BROWSER: [&str; 6] = ["leptos", "web_sys", "js_sys", "gloo_net", "wasm_bindgen", "wasm_bindgen_futures"];
/// What converts to and from JSON: the domain knows none.
const JSON: [&str; 3] = ["serde", "serde_json", "lenient"];
/// The one page module that is as pure as the domain.
const DRAFT: &str = "pages::billing_accounts::draft";
const DRAFT_USES: [&str; 2] = ["domain", "form"];
/// A panic is a dead page.
const PANICS: [&str; 6] = [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!("];
/// Where a URL of the API, or one of ours that looks like it, may be spelt.
const SPELLS_URLS: [&str; 2] = ["api::endpoint", "route"];
const URLS: [&str; 3] = ["/billing-accounts", "/workspaces", "https://v1.api"];
const TOKEN_KEY: &str = "altostrat.jwt";

/// A file of `src`.
struct Module {
    /// `api::client`; empty for `lib.rs` and `main.rs`.
    path: String,
    file: PathBuf,
    text: String,
    source: Source,
}

impl Module {
    fn top(&self) -> &str {
        self.path.split("::").next().unwrap_or_default()
    }

    fn depth(&self) -> usize {
        self.path.split("::").count()
    }
}

/// Where a module stands in the crate: `src/api/mod.rs` is `api`.
fn module_path(file: &Path) -> String {
    let path = file.with_extension("");
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    match parts.iter().map(AsRef::as_ref).collect::<Vec<&str>>()[..] {
        ["lib" | "main"] => String::new(),
        [ref outer @ .., "mod"] => outer.join("::"),
        ref all => all.join("::"),
    }
}

fn modules() -> Vec<Module> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut modules) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src can be read") {
            let file = entry.expect("src can be read").path();
            if file.is_dir() {
                folders.push(file);
            } else if file.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&file).expect("a source is text");
                let path = module_path(file.strip_prefix(&root).expect("it is in src"));
                modules.push(Module { path, source: Source::read(&text), text, file });
            }
        }
    }
    assert!(modules.len() > 10, "the sources are not where this test looks for them");
    modules
}

/// The docs of `src/lib.rs`.
fn docs() -> String {
    let modules = modules();
    let lib = modules.iter().find(|module| module.file.ends_with("src/lib.rs")).expect("src/lib.rs");
    lib.text.lines().map_while(|line| line.strip_prefix("//!")).map(|line| line.trim().to_owned() + "\n").collect()
}

/// What stands in backticks, without the brackets of a link.
fn quoted(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The table of the docs: each module, and which others it may use.
fn table(docs: &str) -> BTreeMap<String, Vec<String>> {
    let mut table = BTreeMap::new();
    let mut above = Vec::new();
    for line in docs.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [module, _, may_use] = cells[..] else { continue };
        let Some(module) = quoted(module).pop() else { continue };
        let allowed = match may_use {
            "nothing of ours" => Vec::new(),
            "all of the above" => above.clone(),
            named => quoted(named),
        };
        table.insert(module.clone(), allowed);
        above.push(module);
    }
    table
}

/// The modules that the docs call free of the browser.
fn pure(docs: &str) -> Vec<String> {
    let joined = docs.replace('\n', " ");
    let sentence = joined.split(". ").find(|sentence| sentence.contains("know no browser"));
    quoted(sentence.expect("the docs say which modules know no browser"))
}

fn is_in(module: &Module, parent: &str) -> bool {
    module.path == parent || module.path.starts_with(&format!("{parent}::"))
}

/// Fails with every breach, not only the first.
#[track_caller]
fn none(breaches: impl IntoIterator<Item = String>) {
    let breaches: Vec<_> = breaches.into_iter().collect();
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

/// Every module with each of its breaches.
#[track_caller]
fn none_in_src(breaches: impl Fn(&Module) -> Vec<String>) {
    none(modules().iter().flat_map(|module| {
        let file = module.file.display();
        breaches(module).into_iter().map(move |breach| format!("{file}: {breach}"))
    }));
}

/// Which of these words stand in the code.
fn found(code: &str, words: &[&str]) -> Vec<String> {
    words.iter().filter(|word| code.contains(**word)).map(|word| (*word).to_owned()).collect()
}

/// Attributes and directives that put style into markup.
fn inline_styles(code: &str) -> Vec<String> {
    let glued = |(at, _): (usize, &str)| {
        let before = code[..at].chars().next_back();
        let after = code[at + "style".len()..].chars().take(2).collect::<String>();
        let attribute = after.starts_with('=') && after != "=="
            || after.starts_with(':') && after.chars().nth(1).is_some_and(char::is_alphabetic);
        (before.is_none_or(char::is_whitespace) && attribute).then(|| format!("style{after}"))
    };
    code.match_indices("style").filter_map(glued).collect()
}

#[test]
fn modules_use_only_what_the_docs_allow() {
    let table = table(&docs());
    assert!(table.len() > 5 && table.contains_key("domain"), "the docs of lib.rs have a table: {table:?}");
    none_in_src(|module| {
        let used = if module.path.is_empty() { Vec::new() } else { module.source.used(module.depth()) };
        let allowed = table.get(module.top()).cloned().unwrap_or_default();
        let ours = |other: &&String| other.as_str() == module.top() || allowed.contains(other);
        used.iter().filter(|other| !ours(other)).map(|other| format!("uses {other}")).collect()
    });
}

#[test]
fn every_module_is_in_the_docs() {
    let table = table(&docs());
    none_in_src(|module| {
        let known = module.path.is_empty() || table.contains_key(module.top());
        if known { Vec::new() } else { vec![format!("{} is not in the table of lib.rs", module.top())] }
    });
}

#[test]
fn the_draft_uses_the_domain_and_the_form_alone() {
    let modules = modules();
    let draft = modules.iter().find(|module| module.path == DRAFT).expect(DRAFT);
    let used = draft.source.used(draft.depth());
    none(used.into_iter().filter(|other| !DRAFT_USES.contains(&other.as_str())));
}

#[test]
fn what_is_pure_knows_no_browser() {
    let pure = pure(&docs());
    for name in ["domain", "form", "route", "lenient", DRAFT] {
        assert!(pure.iter().any(|module| module == name), "{name} is not called pure: {pure:?}");
    }
    let modules = modules();
    for name in &pure {
        assert!(modules.iter().any(|module| is_in(module, name)), "there is no {name}");
    }
    none_in_src(|module| {
        let is_pure = pure.iter().any(|name| is_in(module, name));
        BROWSER.iter().filter(|name| is_pure && module.source.names(name)).map(|name| (*name).to_owned()).collect()
    });
}

#[test]
fn the_domain_knows_no_json() {
    none_in_src(|module| {
        let is_domain = is_in(module, "domain");
        JSON.iter().filter(|name| is_domain && module.source.names(name)).map(|name| (*name).to_owned()).collect()
    });
}

#[test]
fn nothing_panics_on_purpose() {
    none_in_src(|module| found(&module.source.code, &PANICS));
}

#[test]
fn server_text_is_never_markup() {
    let ways =
        ["inner_html", "innerHTML", "outer_html", "insert_adjacent_html", "insertAdjacentHTML", "document.write"];
    none_in_src(|module| found(&module.text, &ways));
}

#[test]
fn urls_are_spelt_in_two_places() {
    none_in_src(|module| {
        let elsewhere = !SPELLS_URLS.contains(&module.path.as_str());
        module.source.strings.iter().filter(|_| elsewhere).flat_map(|text| found(text, &URLS)).collect()
    });
}

#[test]
fn the_name_under_which_a_token_is_kept_stands_in_the_session_alone() {
    none_in_src(|module| {
        let strings = module.source.strings.iter().filter(|_| module.top() != "session");
        strings.filter(|text| text.contains(TOKEN_KEY)).cloned().collect()
    });
    let session = modules().into_iter().filter(|module| module.top() == "session");
    assert_eq!(session.flat_map(|module| module.source.strings).filter(|text| text == TOKEN_KEY).count(), 1);
}

#[test]
fn looks_stand_in_the_style_sheets() {
    none_in_src(|module| inline_styles(&module.source.code));
}

#[test]
fn every_file_is_short_and_says_what_belongs_in_it() {
    none_in_src(|module| {
        let lines = module.text.lines().count();
        let long = (lines > MOST_LINES).then(|| format!("{lines} lines"));
        let silent = (!module.text.starts_with("//! ")).then(|| "does not begin with //!".to_owned());
        long.into_iter().chain(silent).collect()
    });
}

#[test]
fn breaches_are_seen() {
    let used = |text: &str, depth| Source::read(text).used(depth);
    assert_eq!(
        used(
            "use crate::api::Client;\nuse crate::domain::Field;
use crate::domain::x;
use crate::form;
use crate::ui as u;",
            1
        ),
        ["api", "domain", "form", "ui"]
    );
    assert_eq!(used("fn f() -> crate::session::User { super::super::intl::moment(0.0) }", 2), ["intl", "session"]);
    assert_eq!(used("use super::{api, route::Route};", 1), ["api", "route"]);
    assert_eq!(found(".expect(\"x\") todo!()", &PANICS), [".expect(", "todo!("]);
    assert_eq!(inline_styles("<p style=x> <p style:color=red>"), ["style=x", "style:c"]);
    assert_eq!(Source::read("f(\"a\", r#\"b\"c\"#, b\"d\\\"e\", 'f')").strings, ["a", "b\"c", "d\\\"e"]);
    assert_eq!(
        table("| m | w | u |\n|---|---|---|\n| [`a`] | x | `b`, `c` |\n| [`d`] | x | all of the above |")["d"],
        ["a"]
    );
    assert_eq!(module_path(Path::new("pages/billing_accounts/mod.rs")), "pages::billing_accounts");
}

#[test]
fn comments_tests_and_neighbours_are_no_breaches() {
    let source = Source::read(
        "//! crate::api\n/* crate::ui /* x */ crate::form */\npub(crate) fn f<'a>(s: &'a str) -> char { super::near(); '\\'' }\n\
         #[cfg(test)]\nuse crate::browser::storage;\n#[cfg(test)]\nmod tests { use crate::app; fn t() { x().unwrap(); \"}\"; '{' } }\n\
         const KEPT: &str = \"crate::session // no comment\";",
    );
    assert!(source.used(2).is_empty(), "{:?}", source.used(2));
    assert!(found(&source.code, &PANICS).is_empty() && source.code.contains("KEPT"), "{}", source.code);
    assert_eq!(source.strings, ["crate::session // no comment"]);
    assert!(source.names("KEPT") && !source.names("KEP"));
    assert!(inline_styles("let style = 1; f(style: &str, date_style=x, style == y)").is_empty());
}
