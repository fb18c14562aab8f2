//! The rules that the sources keep: layers, no import cycles, and what may stand where (`docs/architecture.md`).

#![cfg(not(target_arch = "wasm32"))]

#[path = "architecture/graph.rs"]
mod graph;
#[path = "architecture/layers.rs"]
mod layers;
#[path = "architecture/planted.rs"]
mod planted;
#[path = "architecture/source.rs"]
mod source;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use graph::{Crate, SourceFile};

const MAX_LINES: usize = 300;
/// The modules that are tested on the host: they use nothing of the browser.
const PURE: [&str; 6] = [
    "domain",
    "route",
    "lenient",
    "form::error_visibility",
    "form::errors",
    "pages::billing_accounts::form::draft_storage::stored_draft",
];
/// The crates that reach the browser.
const BROWSER: [&str; 6] = ["leptos", "web_sys", "js_sys", "gloo_net", "wasm_bindgen", "wasm_bindgen_futures"];
/// What converts to and from JSON.
const JSON: [&str; 3] = ["serde", "serde_json", "lenient"];
/// What gives a component the context of the app.
const APP_CONTEXT: [&str; 2] = ["use_app", "AppContext"];
/// Ways to turn text into markup.
const MARKUP: [&str; 6] =
    ["inner_html", "innerHTML", "outer_html", "insert_adjacent_html", "insertAdjacentHTML", "document.write"];
/// The modules that spell URLs: those of the API, and those of the pages.
const SPELLS_URLS: [&str; 2] = ["api::endpoint", "route"];
const URLS: [&str; 2] = ["/billing-accounts", "/workspaces"];
/// The modules that may spell the API's address.
const SPELLS_API_BASE: [&str; 2] = ["api::endpoint", "config"];
const API_BASE: &str = "https://v1.api";
/// The storage key of the token.
const TOKEN_KEY: &str = "altostrat.jwt";

static APP: LazyLock<Crate> = LazyLock::new(|| Crate::read("billing_admin", "src"));

/// Fails with every breach, not only the first.
#[track_caller]
fn none(breaches: impl IntoIterator<Item = String>) {
    let breaches: Vec<_> = breaches.into_iter().collect();
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

/// Fails with every breach of every file of the app.
#[track_caller]
fn none_in_app(breaches: impl Fn(&SourceFile) -> Vec<String>) {
    none(APP.files.iter().flat_map(|file| {
        let name = file.file.clone();
        breaches(file).into_iter().map(move |breach| format!("{name}: {breach}"))
    }));
}

/// Which of these words the code of a file uses.
fn used<'a>(file: &SourceFile, words: &'a [&str]) -> impl Iterator<Item = &'a str> {
    words.iter().copied().filter(|word| file.source.names.contains(*word))
}

/// Which of these parts a text holds.
fn found(text: &str, parts: &[&str]) -> Vec<String> {
    parts.iter().filter(|part| text.contains(**part)).map(|part| (*part).to_owned()).collect()
}

#[track_caller]
fn has_no_cycles(source: &Crate) {
    none(source.cycles().iter().map(|cycle| source.describe_cycle(cycle)));
}

#[test]
fn no_file_of_the_app_imports_itself_through_others() {
    has_no_cycles(&APP);
}

#[test]
fn no_file_of_the_sandbox_imports_itself_through_others() {
    has_no_cycles(&Crate::read("sandbox", "sandbox/src"));
}

#[test]
fn no_file_of_xtask_imports_itself_through_others() {
    has_no_cycles(&Crate::read("xtask", "xtask/src"));
}

#[test]
fn layers_use_only_lower_layers() {
    none(layers::violations(&APP));
}

#[test]
fn tests_import_their_harness_and_no_other_test() {
    for (name, folder) in [("web", "tests/web"), ("journey", "tests/journey")] {
        none(layers::imports_of_tests(&Crate::read(name, folder)));
    }
}

#[test]
fn every_file_belongs_to_a_layer() {
    none_in_app(|file| {
        let is_known = file.source.is_facade || layers::layer_of(&file.module_path()).is_some();
        if is_known { Vec::new() } else { vec!["has no layer in tests/architecture/layers.rs".to_owned()] }
    });
}

#[test]
fn shared_page_code_never_asks_for_the_app_context() {
    none_in_app(|file| {
        let is_shared = file.is_in("pages::shared");
        used(file, &APP_CONTEXT).filter(|_| is_shared).map(|name| format!("uses {name}")).collect()
    });
}

#[test]
fn pure_modules_use_nothing_of_the_browser() {
    none(
        PURE.iter()
            .filter(|module| !APP.files.iter().any(|file| file.is_in(module)))
            .map(|module| format!("There is no {module}: correct the list of pure modules.")),
    );
    none_in_app(|file| {
        let is_pure = PURE.iter().any(|module| file.is_in(module));
        used(file, &BROWSER).filter(|_| is_pure).map(|name| format!("uses {name}")).collect()
    });
}

#[test]
fn the_domain_knows_no_json() {
    none_in_app(|file| {
        let is_domain = file.is_in("domain");
        used(file, &JSON).filter(|_| is_domain).map(|name| format!("uses {name}")).collect()
    });
}

#[test]
fn nothing_panics_on_purpose() {
    none_in_app(|file| file.source.panics.clone());
}

#[test]
fn server_text_is_never_markup() {
    none_in_app(|file| found(&file.text, &MARKUP));
}

#[test]
fn urls_are_spelt_in_two_places() {
    none_in_app(|file| {
        let module = file.module_path();
        let urls: Vec<_> = [(&SPELLS_URLS, &URLS[..]), (&SPELLS_API_BASE, &[API_BASE][..])]
            .into_iter()
            .filter(|(modules, _)| !modules.contains(&module.as_str()))
            .flat_map(|(_, urls)| urls.iter().copied())
            .collect();
        file.source.strings.iter().flat_map(|text| found(text, &urls)).collect()
    });
}

#[test]
fn only_the_session_names_the_storage_key_of_the_token() {
    let naming: Vec<_> = APP
        .files
        .iter()
        .flat_map(|file| file.source.strings.iter().map(move |text| (file, text)))
        .filter(|(_, text)| text.contains(TOKEN_KEY))
        .collect();
    none(naming.iter().filter(|(file, _)| !file.is_in("session")).map(|(file, text)| format!("{}: {text}", file.file)));
    assert_eq!(naming.len(), 1, "the key stands in one constant");
}

#[test]
fn styles_stand_in_the_style_sheets() {
    none_in_app(|file| file.source.inline_styles.clone());
}

#[test]
fn every_file_is_short_and_says_what_belongs_in_it() {
    none_in_app(|file| {
        let lines = file.text.lines().count();
        let long = (lines > MAX_LINES).then(|| format!("{lines} lines"));
        let silent = (!file.text.starts_with("//! ")).then(|| "does not begin with //!".to_owned());
        long.into_iter().chain(silent).collect()
    });
}

#[test]
fn the_tests_that_hold_an_invariant_exist() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_to_string(project.join("docs/architecture.md")).expect("docs/architecture.md");
    let invariants = docs.split("\n- ").filter(|item| item.starts_with("**Invariant: "));
    // The last parentheses of each one name its tests.
    let tests =
        invariants.filter_map(|item| item.rsplit_once('(')).flat_map(|(_, tests)| tests.split('`').skip(1).step_by(2));
    let missing: Vec<_> = tests
        .filter(|test| {
            let files = ["tests", "src"].map(|folder| project.join(folder).join(test));
            !files.iter().any(|file| file.is_dir() || file.with_extension("rs").is_file())
        })
        .map(|test| format!("docs/architecture.md names {test}, which is no file of tests or src"))
        .collect();
    assert!(docs.contains("(`architecture`)"), "the docs name the tests of each invariant");
    none(missing);
}
