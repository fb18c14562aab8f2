//! JSON serialisation.

use serde::Serialize;

/// Serialises a body.
pub(super) fn to_json(body: &impl Serialize) -> String {
    // Serialising fails only for maps whose keys are not strings, and no body has one.
    serde_json::to_string(body).unwrap_or_default()
}
