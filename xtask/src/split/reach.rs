//! When each function of a module is needed, and each constant.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use anyhow::Result;
use rustc_demangle::demangle;

use super::linked::{Linked, Node};

/// When something is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// To draw the first page.
    First,
    /// Only the gates lead to it.
    Later,
    /// What led to it is gone: wasm-bindgen has functions that tell it of types, and takes them out.
    Never,
}

/// What was found out.
#[derive(Default)]
pub(super) struct Reach {
    /// The gates, by the names of their functions.
    pub(super) gates: HashSet<String>,
    /// The other functions, by names that one function has and no other.
    pub(super) functions: HashMap<String, When>,
    /// The constants that are not needed first, by their addresses: in order, and none twice.
    pub(super) data: Vec<(Range<u64>, When)>,
}

/// What wasm-bindgen has left of a module, by the names of the functions.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) functions: HashSet<String>,
    /// Those that are called from outside, or by functions of its own.
    pub(super) roots: HashSet<String>,
}

impl Reach {
    /// Reads a module as the linker wrote it. The gates are the functions of one module of Rust.
    pub(super) fn of(module: &[u8], gates: &str, kept: &Kept) -> Result<Self> {
        let linked = Linked::read(module)?;
        let name = |index: &u32| linked.names.get(index).copied().unwrap_or_default();
        let is_kept = |node: &Node| match node {
            Node::Function(index) => (*index as usize) < linked.imported || kept.functions.contains(name(index)),
            Node::Data(_) => true,
        };
        let within = format!("{gates}::");
        let is_gate = |index: &u32| {
            let path = format!("{:#}", demangle(name(index)));
            path.strip_prefix(&within).is_some_and(|rest| !rest.contains("::"))
        };
        let gates: HashSet<u32> = linked.names.keys().copied().filter(is_gate).collect();
        let named = linked.names.keys().filter(|index| kept.roots.contains(name(index)));
        let roots = linked.roots.iter().copied().chain(named.map(|index| Node::Function(*index)));
        let is_shut = |node: &Node| matches!(node, Node::Function(index) if gates.contains(index));
        let first = linked.from(roots, |node| is_kept(node) && !is_shut(node));
        let behind = gates.iter().map(|gate| Node::Function(*gate));
        let behind = linked.from(behind, |node| is_kept(node) && !first.contains(node));
        let when = |node: &Node| match (first.contains(node), behind.contains(node)) {
            (true, _) => When::First,
            (false, true) => When::Later,
            (false, false) => When::Never,
        };

        let mut times: HashMap<&str, u32> = HashMap::new();
        for name in linked.names.values() {
            *times.entry(name).or_default() += 1;
        }
        let own = linked.names.iter().filter(|(index, name)| !gates.contains(index) && times[*name] == 1);
        let functions = own.map(|(index, name)| ((*name).to_owned(), when(&Node::Function(*index)))).collect();
        let data = linked.data(when)?;
        Ok(Self { gates: gates.iter().map(|gate| name(gate).to_owned()).collect(), functions, data })
    }
}
