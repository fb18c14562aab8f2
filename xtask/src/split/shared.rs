//! What the two modules have in common.

use std::collections::{BTreeSet, HashMap};

use anyhow::Result;
use wasmparser::Operator;

use super::whole::{Place, Whole, placed};

/// What the first module calls itself to the second.
pub(super) const SHARED: &str = "$";

/// What the second module takes from the first.
pub(super) struct Shared {
    /// The places in the table of the functions.
    pub(super) places: HashMap<u32, u64>,
    /// Those that stood nowhere in the table, in the order of their places, which are the last ones.
    pub(super) added: Vec<u32>,
    /// The variables of the module: where its stack is.
    pub(super) globals: Vec<u32>,
    /// The functions of JavaScript, which the second imports as the first does: in the table each would be wrapped at the
    /// start.
    pub(super) imported: Vec<u32>,
    /// How many places the table has: first those that it had, then one for each gate, then the added.
    pub(super) table: u64,
}

impl Shared {
    pub(super) fn of(whole: &Whole<'_>) -> Result<Self> {
        let mut places = HashMap::new();
        for element in &whole.elements {
            let (offset, functions) = placed(element)?;
            for (place, function) in (offset..).zip(functions) {
                places.entry(function).or_insert(place);
            }
        }
        let mut table = whole.table + whole.gates().count() as u64;
        let (mut added, mut globals, mut imported) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        for (_, body) in whole.defined().filter(|(index, _)| whole.place(*index).is_in_rest()) {
            for operator in body.get_operators_reader()? {
                match operator? {
                    Operator::Call { function_index } if function_index < whole.imported => {
                        imported.insert(function_index);
                    }
                    Operator::Call { function_index } if whole.place(function_index) == Place::First => {
                        places.entry(function_index).or_insert_with(|| {
                            added.push(function_index);
                            table += 1;
                            table - 1
                        });
                    }
                    Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index } => {
                        globals.insert(global_index);
                    }
                    _ => {}
                }
            }
        }
        let [globals, imported] = [globals, imported].map(|set| set.into_iter().collect());
        Ok(Self { places, added, globals, imported, table })
    }
}

/// What the first module calls what the second imports of it, short and like no name of wasm-bindgen's.
pub(super) fn global_name(index: usize) -> String {
    format!("$g{index}")
}

pub(super) const MEMORY: &str = "$m";
pub(super) const TABLE: &str = "$t";
