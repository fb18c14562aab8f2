//! The module in two: what the page for a new account needs before somebody can type, and the rest, which comes when
//! it is needed. The app names the gates between the two: the functions of `pages::lazy`. What only they lead to is the
//! rest.
//!
//! Tools that do this exist (`wasm_split_cli_support`, for one), and each wants its gates marked by unsafe code, which
//! the app forbids, and to be asked for each of them with a call that waits. Here they are plain functions: whoever has
//! the proof that the rest is there calls them.
//!
//! Both modules share one memory, one table and one stack, and call each other through the table: a function that is
//! exported costs its name, and an object at the start. A gate stays in the first as a call of a place of the table that
//! the second fills in when it is instantiated, as it fills in the places of its functions that are called by their
//! address.

mod first;
mod linked;
mod reach;
mod rest;
mod shared;
#[cfg(test)]
mod tests;
mod whole;

use anyhow::Result;

pub(crate) use linked::bare;
use reach::Reach;
use shared::Shared;
use whole::Whole;

/// Where the app has its gates.
const GATES: &str = "billing_admin::pages::lazy";

/// The two.
pub(crate) struct Split {
    pub(crate) first: Vec<u8>,
    pub(crate) rest: Vec<u8>,
    pub(crate) weights: Vec<Weight>,
}

/// What a function weighs.
pub(crate) struct Weight {
    pub(crate) is_late: bool,
    /// Bytes of code.
    pub(crate) bytes: usize,
    pub(crate) name: String,
}

/// Splits a module that wasm-bindgen has written, with the names of its functions as they are in the one that the linker
/// wrote.
pub(crate) fn split(linked: &[u8], module: &[u8]) -> Result<Split> {
    let mut whole = Whole::read(module)?;
    whole.put(&Reach::of(linked, GATES, &whole.kept()?)?)?;
    let shared = Shared::of(&whole)?;
    let (first, rest) = (first::write(&whole, &shared, module)?, rest::write(&whole, &shared)?);
    Ok(Split { first, rest, weights: whole.weights() })
}
