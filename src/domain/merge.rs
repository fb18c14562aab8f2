//! The three-way merge of a draft with concurrent changes by other users. Pure.

use crate::domain::changes::{is_stored, is_unchanged};
use crate::domain::{BillingAccount, Field};

/// The fields that differ between two versions of an account. Missing and empty values are equal.
fn differing(before: &BillingAccount, after: &BillingAccount) -> impl Iterator<Item = Field> {
    let text = |account: &BillingAccount, field| account.get(field).unwrap_or_default().to_owned();
    Field::ALL.into_iter().filter(move |&field| text(before, field) != text(after, field))
}

/// The changes that other users made to an account while it was edited.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConcurrentChanges {
    /// Fields that only other users changed. The draft takes their values.
    pub theirs: Vec<Field>,
    /// Fields that both changed to different values. The user chooses.
    pub conflicts: Vec<Field>,
}

impl ConcurrentChanges {
    /// Compares the loaded account with the current one and with the draft. `unanswered` lists the values of the user's
    /// saves that got no response. The server may have stored them, so they count as the user's own changes.
    pub fn between<'a>(
        loaded: &BillingAccount,
        current: &BillingAccount,
        typed: impl Fn(Field) -> &'a str,
        unanswered: &[(Field, String)],
    ) -> Self {
        let mut concurrent = Self::default();
        for field in differing(loaded, current) {
            let sent: Vec<&str> =
                unanswered.iter().filter(|(at, _)| *at == field).map(|(_, text)| text.as_str()).collect();
            if sent.iter().any(|text| is_stored(field, text, current.get(field))) {
                continue;
            }
            let user_changed = !sent.is_empty() || !is_unchanged(loaded.get(field), typed(field));
            if field == Field::Currency || !user_changed {
                concurrent.theirs.push(field);
            } else if !is_unchanged(current.get(field), typed(field)) {
                concurrent.conflicts.push(field);
            }
        }
        concurrent
    }
}

#[cfg(test)]
// proptest runs on the host only.
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Changes;
    use crate::domain::changes::tests::{account, applied, edit, some};
    use crate::domain::text::trim;

    proptest! {
        #[test]
        fn a_merge_keeps_the_changes_of_both_users(
            (stored, typed) in edit(),
            others in proptest::collection::vec(proptest::option::of("[a-z]{1,4}"), Field::COUNT),
        ) {
            let loaded = account(&stored);
            let current = BillingAccount::new(loaded.id.clone(), |field| {
                others[field as usize].clone().or_else(|| loaded.get(field).map(str::to_owned))
            });
            let concurrent = ConcurrentChanges::between(&loaded, &current, |field| &typed[field as usize], &[]);
            // The form takes the values that only other users changed.
            let merged: Vec<String> = Field::ALL.iter().map(|&field| {
                if concurrent.theirs.contains(&field) { current.get(field).unwrap_or_default().to_owned() } else { typed[field as usize].clone() }
            }).collect();
            let Ok(changes) = Changes::check(&current, |field| &merged[field as usize]) else { return Ok(()) };
            let after = applied(&current, &changes);
            for field in Field::ALL {
                if concurrent.theirs.contains(&field) {
                    prop_assert_eq!(after.get(field), current.get(field), "theirs: {}", field.key());
                }
                let mine = field != Field::Currency && !is_unchanged(loaded.get(field), &typed[field as usize]);
                if mine {
                    prop_assert_eq!(trim(after.get(field).unwrap_or_default()), trim(&typed[field as usize]), "mine: {}", field.key());
                }
                let both = mine && loaded.get(field).unwrap_or_default() != current.get(field).unwrap_or_default()
                    && !is_unchanged(current.get(field), &typed[field as usize]);
                prop_assert_eq!(concurrent.conflicts.contains(&field), both, "{}", field.key());
            }
        }
    }

    #[test]
    fn an_unanswered_save_is_the_users_own_change() {
        let at = |phone| some(&[(Field::Name, "A"), (Field::Phone, phone)]);
        let typed = |field| at("P0").get(field).map_or("", |text| if text == "A" { "A" } else { "P0" });
        let between =
            |current| ConcurrentChanges::between(&at("P0"), &at(current), typed, &[(Field::Phone, "P1".to_owned())]);
        assert_eq!(between("P1"), ConcurrentChanges::default(), "the user's own change, typed back");
        assert_eq!(between("P0"), ConcurrentChanges::default());
        let conflicts = vec![Field::Phone];
        assert_eq!(
            between("P2"),
            ConcurrentChanges { conflicts, ..ConcurrentChanges::default() },
            "and somebody else's over it"
        );
    }
}
