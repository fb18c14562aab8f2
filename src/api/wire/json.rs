//! Writes JSON.

use serde::Serialize;

/// The JSON text of a body.
pub(super) fn to_json(body: &impl Serialize) -> String {
    // It fails only for maps whose keys are not strings; no body has one.
    serde_json::to_string(body).unwrap_or_default()
}
