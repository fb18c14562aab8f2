//! `cargo xtask dist`: the release site in `dist/`, pointed at its API, packed, and held to a budget.
//!
//! What was tried to make it small, in KB of brotli 11, the last first. `cargo xtask size` shows what a change does. What
//! opens the page for a new account:
//!
//! | what | gave |
//! |---|---|
//! | the choices of a select as one text, not as hundreds of pairs (`ui::select`) | 0.2 of 87 |
//! | one script in place of two, without the loader that wasm-bindgen writes and nobody calls (`finish`, `glue`) | 0.8 of 88 |
//! | what helps waits for the paint by a signal, not by a promise of its own (`ui::paint`) | 0.2 of 88 |
//! | functions in the order of their types and sizes: those that are alike stand side by side | 1.2 of 77, and 0.6 of the rest |
//! | both modules call each other through the table, not by names that are exported | 0.5 of 76 |
//! | how countries write addresses, copying, what links and drafts are told of: later (`pages::lazy`) | 2.9 of 79 |
//! | constants that only the rest leads to: with the rest | 3.5 of 85 |
//! | the module in two (`split`): all but the form, and what becomes of a save, later | 37 of 122 |
//!
//! The whole site grows by 10 for it. Before, of the whole site:
//!
//! | what | gave |
//! |---|---|
//! | references to the browser's things kept by the glue again, not by the browser: 100 functions less before the page is there | 1 of 133 |
//! | what waits and what failed drawn by code that is not generic (`pages::load`); a request without gloo-net's builder | 1.3 of 135 |
//! | three members of an object put in one by one, not by `json!` and `collect`; no remainder and no duration of a float | 2.7 of 137 |
//! | what is known of an element as one text (`view::element`) | 1 of 138 |
//! | owners and the graph under the signals our own (`src/reactive`), for one thread, without tables of hashes | 9 of 147 |
//! | JSON by a page of our own in place of serde_json's (`domain::json`), no float read by Rust: 16 of the 22 were tables | 22 of 168 |
//! | short names in the glue, and in the module for it (`glue`) | 4 of 172 |
//! | `patches/wasm-streams`: classes that are exported are kept, whoever calls them | 5 of 177 |
//! | signals, memos and stored values in boxes (`src/reactive`) | 10 of 187 |
//! | markup of one type, made by functions that are not generic (`src/view`), in place of Leptos' renderer | 64 of 203 |
//! | a standard library built for size, a panic one instruction (`small`) | about 10 of 200 |
//! | no router crate | 30 to 40 |
//! | the names of functions stripped | 37 |
//! | `opt-level = "z"`, fat LTO, one codegen unit | the smallest of `z`, `s`, `2` and `3` |
//!
//! And what was tried to make it start sooner: the browser's names of countries take 5 ms, so they come behind the
//! first paint, and so do the requests that only help: a third of the time that the page kept the browser for. Effects
//! that are our own, a form that is followed by one signal, and no timer at each key: a keystroke takes two thirds of
//! what it took. It takes half of that since the graph is our own too, and since the turn is taken in the event itself.
//! A browser compiles a function when it is first called: some 40 µs here for each, whatever its size, and 70 for each
//! KB. 1,120 were called until the page rested, 750 are now, so that small ones are better inlined: an inline threshold
//! of 10 makes nothing larger; 20 makes the site 1.4 larger for a 20th fewer functions, 35 makes it 6 larger for a 7th.
//! And what the browser lends the module it compiles for the module when that has called it a thousand times, at once and
//! with its slowest compiler: 5 ms before the page was there. It was the one that lets go of things,
//! called 3,400 times for the form; it is 650 (`tests/journey/calls.rs`), since an element has one handle (`view`), a
//! node is put in its place by calls that answer nothing, and countries are named and sorted by a dozen calls (`intl`).
//! A request less is worth as much: with two cores a browser, its network and a server are in each other's way.
//! While tools watch the network, as where it is measured, a request that the script makes as it is first run is dearer:
//! they ask for its stack, for which all of the script is read once more (`boot.js`; a twentieth of all CPU time).
//! References that the browser keeps (`data-reference-types`) cost a function for each of its functions, and so does a
//! function of JavaScript that stands in the table: each is wrapped at the start. And the app comes when the page has
//! loaded (`boot.js`): a browser lays out what is there before it says so, 20 ms for the form, a tenth of the time
//! until somebody can type. The functions of the glue are compiled with it, aside (`glue`).
//!
//! What is painted first waits for no style sheet: it is drawn in `index.html`, and stands where the page will. That is a
//! round trip sooner (1.1 of the static page's time in place of 1.6 on Slow 4G), and a frame more for whoever has the
//! style sheet at once: some 10 ms, where nothing is throttled, until somebody can type.
//!
//! From the answer to a save to the account on the page, two thirds of the time went by waiting for one of two cores: the
//! browser was still drawing the eleven fields that said at once that they take no input. They say it a fifth of a
//! second later (`ui::control::Locked`), by a class: an animation in each field took 2 ms of the press itself, and 7 where
//! what it changed was inherited, by 780 options. And the account's page begins with its name and its id, which wait for
//! nothing else (`pages::billing_accounts::detail`): all of it at once was 5 ms later. Each page is a function apart, so
//! that no other is compiled with it (`ui::lazy::apart`, 0.4 ms of 12). What a page held that goes is let go of behind the
//! next one (`reactive::ended`). What is left is 60 functions that are compiled then and the new URL.
//!
//! Of the memory of the page's process, 20 MB here, 10 are there without the app; what the app runs takes most of the
//! rest, the module itself half a MB, and the browser's names and their order 1. A date would be half a MB more, and
//! 18 ms: the header says how long a session lasts (`pages::session_left`). A function that is called some thousand times
//! is compiled again for speed, aside, in half a MB. It was the allocator, with two texts and a handle for each of 249
//! countries: the texts are one now (`ui::select`). Each font is 80 KB, a size in a weight: there is one bold weight. An
//! icon as SVG is a document of its own there, so it is pixels.
//!
//! Not worth it: `wasm-opt -Os` (half a per cent, for one more tool); a minified `index.html` (0.2); scripts without
//! their spaces and long names (1.3, for a minifier to build: Trunk's own cannot read them); the text that an element
//! begins with in its markup too (0.1); small functions of signals and memos always inlined (1 larger, 35 functions
//! less); another allocator (`rlsf`, `talc`: nothing); functions ordered by how alike their bytes are (0.5 more than by
//! type and size, for 18 s); the account's page drawn once aside, so that its 60 functions are compiled before the
//! answer comes (2 of 13 ms, and work for whoever saves nothing); `boot.js` that does not wait for the style sheet, and
//! no bones under what is painted first, no text in it (all within the noise); hints of what to compile aside, which
//! Chromium 156 passes over without a switch. Not done: the style sheet in the page, since every change of it would be
//! a change of the policy that servers send; values of signals without their 16 random bytes for each type (1 to 1.5,
//! for unsafe code).
//!
//! What is left is the app itself: half of the code is its pages. Beware of floats: `parse::<f64>()` and `{}` of one
//! bring 12 KB and 5 KB of tables that no compression makes smaller.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::api_base::ApiBase;
use crate::bundle_size::{Sizes, files};
use crate::wasm::custom_sections;
use crate::{app, build_std, compress};

/// What opening the page for a new account for the first time may transfer, in bytes of brotli: what was reached and 2 %.
const FIRST: usize = 88_900;
/// The same of all of `dist/`, which any other page loads.
const TOTAL: usize = 145_200;

/// The site with what is to be sent in place of its files.
pub(crate) fn build() -> Result<()> {
    app::build()?;
    compress::compress(&app::dist())
}

pub(crate) fn dist(api: Option<&ApiBase>) -> Result<()> {
    build()?;
    if let Some(api) = api {
        let page = app::dist().join("index.html");
        fs::write(&page, api.set_in(&fs::read_to_string(&page)?)?)?;
    }
    refuse_names()?;
    let sizes = Sizes::of(&app::dist())?;
    println!("\n{sizes}");
    for (what, size, budget) in [("first", sizes.first(), FIRST), ("total", sizes.total(), TOTAL)] {
        match budget.checked_sub(size.brotli) {
            Some(left) => println!("{what} may be {budget:>27}, {left} left"),
            None if !build_std::is_possible() => {
                println!("{what}: no budget, the standard library is not built for size")
            }
            None => bail!("{what}: {} bytes of brotli over the budget of {budget}", size.brotli - budget),
        }
    }
    Ok(())
}

/// The names of all functions would be a third more to transfer.
fn refuse_names() -> Result<()> {
    let modules: Vec<_> =
        files(&app::dist())?.into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "wasm")).collect();
    if modules.is_empty() {
        bail!("dist/ has no .wasm");
    }
    for path in modules {
        let sections = custom_sections(&fs::read(&path)?).with_context(|| format!("{} is damaged", path.display()))?;
        if sections.iter().any(|(name, _)| name == "name") {
            bail!("{} holds the names of its functions; does `glue` no longer take them out?", path.display());
        }
    }
    Ok(())
}
