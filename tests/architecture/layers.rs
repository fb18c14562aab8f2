//! The layers of `src`, lowest first, and the imports that break a rule: those against their order, and those between
//! test files.

use crate::graph::{Crate, Edge, is_below};

/// The modules of each layer. A module uses its own layer and those before it; the longest path that fits a file counts.
pub(crate) const LAYERS: [&[&str]; 11] = [
    &["domain", "form", "route"],
    &["browser", "config", "lenient"],
    &["session"],
    &["api"],
    &["navigation"],
    &["ui"],
    &["pages::shared"],
    &["context"],
    &["pages"],
    &["app"],
    &["main"],
];

/// Modules of one layer that must not use each other: the first the second.
const BARRED: [(&str, &str); 5] =
    [("domain", "form"), ("domain", "route"), ("form", "domain"), ("form", "route"), ("route", "form")];

/// The layer of a module, as an index of [`LAYERS`].
pub(crate) fn layer_of(module: &str) -> Option<usize> {
    let all = LAYERS.iter().enumerate().flat_map(|(at, modules)| modules.iter().map(move |module| (at, *module)));
    let fitting = all.filter(|(_, parent)| is_below(module, parent));
    fitting.max_by_key(|(_, parent)| parent.len()).map(|(at, _)| at)
}

/// Every import against the order of the layers.
pub(crate) fn violations(source: &Crate) -> Vec<String> {
    source.edges().iter().filter_map(|edge| violation(source, edge)).collect()
}

/// Every import of one test file by another. Shared helpers stand in `harness`.
pub(crate) fn imports_of_tests(tests: &Crate) -> Vec<String> {
    let mut between_tests = tests.edges();
    between_tests.retain(|edge| !tests.files[edge.to].is_in("harness"));
    // One name of each file is enough to find the import.
    between_tests.dedup_by_key(|edge| (edge.from, edge.to));
    between_tests.iter().map(|edge| tests.describe(edge)).collect()
}

fn violation(source: &Crate, edge: &Edge) -> Option<String> {
    let [from, to] = [edge.from, edge.to].map(|at| source.files[at].module_path());
    // `every_file_belongs_to_a_layer` reports a file without one.
    let (lower, upper) = (layer_of(&from)?, layer_of(&to)?);
    let is_barred = BARRED.iter().any(|(user, used)| is_below(&from, user) && is_below(&to, used));
    let name = |layer: usize| LAYERS[layer].join(", ");
    let reason = if lower < upper {
        format!("the layer of {} is below that of {}", name(lower), name(upper))
    } else {
        is_barred.then(|| "they are independent of each other".to_owned())?
    };
    Some(format!("{}: {reason}", source.describe(edge)))
}
