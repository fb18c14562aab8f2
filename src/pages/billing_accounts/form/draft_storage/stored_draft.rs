//! The stored state of a form as JSON: the draft and the unanswered saves. Pure.
//!
//! Other scripts may have written the text, so text of another version, of another user or in another shape is ignored.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::draft::Draft;
use crate::domain::{BillingAccountId, Field, SaveAttempt};
use crate::lenient;

/// The version of the stored shape. Other versions are ignored: version 1 recorded only the name and email of an
/// attempt, and let one user's form overwrite another's.
const VERSION: u32 = 2;
/// The maximum length of a stored text, in bytes: larger than any form, and far below the quota of a tab.
pub const MAX_BYTES: usize = 256 * 1024;

/// The stored state of a form.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StoredDraft {
    /// The draft.
    pub draft: Draft,
    /// The unanswered saves, oldest first.
    pub attempts: Vec<SaveAttempt>,
    /// The draft that was set aside for a duplicate; empty without one.
    pub set_aside: Draft,
    /// Whether a link filled in the form before the user typed.
    pub from_link: bool,
    /// The earliest time of the next save (`Retry-After`), in milliseconds since 1970.
    pub wait_until: Option<f64>,
}

impl StoredDraft {
    /// Parses the stored state of this user's form; `None` when the text is anything else.
    pub fn read(text: &str, user: &str) -> Option<Self> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let form: StoredForm = lenient::parse_object(text)?;
        if form.version != VERSION || form.user != user {
            return None;
        }
        let attempts = form.attempts.unwrap_or_default().into_iter().filter_map(StoredAttempt::into_attempt).collect();
        Some(Self {
            draft: draft(form.fields),
            attempts,
            set_aside: draft(form.set_aside),
            from_link: form.from_link.unwrap_or_default(),
            wait_until: form.wait_until.map(|at: i64| at as f64),
        })
    }

    /// Serializes the state; `None` when it is longer than [`MAX_BYTES`].
    pub fn write(&self, user: &str) -> Option<String> {
        let form = StoredForm {
            version: VERSION,
            user: user.to_owned(),
            fields: texts(&self.draft),
            attempts: Some(self.attempts.iter().map(StoredAttempt::of).collect()),
            set_aside: texts(&self.set_aside),
            from_link: Some(self.from_link),
            wait_until: self.wait_until.map(|at| at as i64),
        };
        serde_json::to_string(&form).ok().filter(|text| text.len() <= MAX_BYTES)
    }

    /// Whether there is nothing to store.
    pub fn is_empty(&self) -> bool {
        self.draft.is_empty() && self.attempts.is_empty() && self.set_aside.is_empty() && self.wait_until.is_none()
    }
}

/// The JSON of a form.
#[derive(Serialize, Deserialize)]
struct StoredForm {
    version: u32,
    user: String,
    /// Texts by the key of their field; empty ones are left out.
    #[serde(default, deserialize_with = "lenient::string_map")]
    fields: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "lenient::objects")]
    attempts: Option<Vec<StoredAttempt>>,
    #[serde(default, deserialize_with = "lenient::string_map")]
    set_aside: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    from_link: Option<bool>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    wait_until: Option<i64>,
}

/// The JSON of a save attempt.
#[derive(Serialize, Deserialize)]
struct StoredAttempt {
    at: i64,
    /// Texts by the key of their field.
    #[serde(default, deserialize_with = "lenient::string_map")]
    sent: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "lenient::strings")]
    known: Option<Vec<String>>,
}

impl StoredAttempt {
    fn of(attempt: &SaveAttempt) -> Self {
        Self {
            at: attempt.sent_at as i64,
            sent: by_key(attempt.sent.iter().map(|(field, text)| (*field, text.as_str()))),
            known: attempt.existing_ids.as_ref().map(|ids| ids.iter().map(BillingAccountId::to_string).collect()),
        }
    }

    /// The attempt; `None` when it has no fields, because no account can be compared with it.
    fn into_attempt(mut self) -> Option<SaveAttempt> {
        let sent: Vec<_> =
            Field::ALL.into_iter().filter_map(|field| Some((field, self.sent.remove(field.key())?))).collect();
        let existing_ids = self.known.map(|ids| ids.iter().filter_map(|id| BillingAccountId::parse(id)).collect());
        (!sent.is_empty()).then_some(SaveAttempt { sent_at: self.at as f64, sent, existing_ids })
    }
}

fn draft(mut texts: BTreeMap<String, String>) -> Draft {
    Draft::new(|field| texts.remove(field.key()).unwrap_or_default())
}

/// The texts of a draft by the key of their field, without the empty ones.
fn texts(draft: &Draft) -> BTreeMap<String, String> {
    let texts = Field::ALL.into_iter().map(|field| (field, draft.get(field)));
    by_key(texts.filter(|(_, text)| !text.is_empty()))
}

fn by_key<'a>(texts: impl Iterator<Item = (Field, &'a str)>) -> BTreeMap<String, String> {
    texts.map(|(field, text)| (field.key().to_owned(), text.to_owned())).collect()
}

#[cfg(test)]
// proptest runs on the host only.
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn stored() -> StoredDraft {
        let sent = vec![(Field::Name, "Acme".to_owned()), (Field::Phone, String::new())];
        let known = BillingAccountId::parse("cus_1").map(|id| vec![id]);
        StoredDraft {
            draft: Draft::new(|field| if field == Field::City { " Köln 👍\n".into() } else { String::new() }),
            attempts: vec![
                SaveAttempt { sent_at: 1500.0, sent: sent.clone(), existing_ids: known },
                SaveAttempt { sent_at: 2.0, sent, existing_ids: None },
            ],
            set_aside: Draft::new(|field| if field == Field::Name { "Earlier".into() } else { String::new() }),
            from_link: true,
            wait_until: Some(3000.0),
        }
    }

    #[test]
    fn a_stored_draft_is_read_only_by_the_same_user() {
        let text = stored().write("auth0|1").unwrap();
        assert_eq!(StoredDraft::read(&text, "auth0|1"), Some(stored()));
        assert_eq!(StoredDraft::read(&text, "auth0|2"), None);
        assert_eq!(StoredDraft::read(&text, ""), None);
    }

    #[test]
    fn other_versions_garbage_and_huge_texts_are_ignored() {
        let text = stored().write("u").unwrap();
        for other in ["1", "3", "\"2\"", "null", "[1]"] {
            assert_eq!(
                StoredDraft::read(&text.replace("\"version\":2", &format!("\"version\":{other}")), "u"),
                None,
                "{other}"
            );
        }
        let deep = "[".repeat(100_000);
        let huge = format!(r#"{{"version":2,"user":"u","fields":{{"name":"{}"}}}}"#, "x".repeat(MAX_BYTES));
        for garbage in ["", "null", "1", "\"\"", "[]", "{}", "{\"version\":2}", "\u{0}", "<p>", &deep, &huge] {
            assert_eq!(StoredDraft::read(garbage, "u"), None, "{}", &garbage[..garbage.len().min(20)]);
        }
        let large = StoredDraft { draft: Draft::new(|_| "x".repeat(MAX_BYTES / 4)), ..StoredDraft::default() };
        assert_eq!(large.write("u"), None);
    }

    #[test]
    fn parts_of_another_type_and_unknown_keys_are_ignored() {
        let text = r#"{"version":2,"user":"u","set_aside":[1],"from_link":1,"wait_until":"x","fields":{"name":7,"email":["a"],"phone":{"x":1},"city":"x","__proto__":"x"},
            "attempts":[1,null,{},{"at":"1","sent":{"name":"a"}},{"at":1,"sent":{"vat":"a"}},{"at":1,"sent":7},
            {"at":1,"sent":{"name":"a"},"known":[7,"","..","cus_1"]}]}"#;
        let read = StoredDraft::read(text, "u").unwrap();
        assert!(read.draft.is_empty() && read.set_aside.is_empty() && !read.from_link && read.wait_until.is_none());
        let known = BillingAccountId::parse("cus_1").map(|id| vec![id]);
        assert_eq!(
            read.attempts,
            [SaveAttempt { sent_at: 1.0, sent: vec![(Field::Name, "a".into())], existing_ids: known }]
        );
    }

    /// JSON with the right keys and arbitrary values.
    fn json_with_our_keys() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (0..2_000_000_000_000_i64).prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
            Just(json!(1)),
            Just(json!("u")),
        ];
        let key = prop_oneof![
            Just("version"),
            Just("user"),
            Just("fields"),
            Just("attempts"),
            Just("set_aside"),
            Just("from_link"),
            Just("wait_until"),
            Just("at"),
            Just("sent"),
            Just("known"),
            Just("name"),
            Just("address.city"),
            Just("x"),
        ];
        leaf.prop_recursive(4, 64, 6, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::vec((key.clone(), inner), 0..6).prop_map(|pairs| {
                    Value::Object(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
                }),
            ]
        })
    }

    fn attempt() -> impl Strategy<Value = SaveAttempt> {
        let sent = proptest::sample::subsequence(Field::ALL.to_vec(), 1..=Field::COUNT)
            .prop_flat_map(|fields| fields.into_iter().map(|field| (Just(field), ".{0,20}")).collect::<Vec<_>>());
        let known = proptest::option::of(proptest::collection::vec("cus_[a-z]{1,9}", 0..3));
        (0..=i64::from(u32::MAX) * 1000, sent, known).prop_map(|(at, sent, known)| SaveAttempt {
            sent_at: at as f64,
            sent,
            existing_ids: known.map(|ids| ids.iter().filter_map(|id| BillingAccountId::parse(id)).collect()),
        })
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in ".{0,200}", user in ".{0,5}", at in any::<prop::sample::Index>()) {
            StoredDraft::read(&text, &user);
            let stored_text = stored().write(&user).unwrap();
            let at = stored_text.floor_char_boundary(at.index(stored_text.len()));
            StoredDraft::read(&stored_text[..at], &user);
            StoredDraft::read(&format!("{}{text}{}", &stored_text[..at], &stored_text[at..]), &user);
        }

        #[test]
        fn json_with_our_keys_is_read_and_can_be_stored_again(json in json_with_our_keys()) {
            let mut json = json;
            if let Value::Object(parts) = &mut json {
                parts.insert("version".into(), VERSION.into());
                parts.insert("user".into(), "u".into());
            }
            if let Some(read) = StoredDraft::read(&json.to_string(), "u") {
                let reread = read.write("u").and_then(|text| StoredDraft::read(&text, "u"));
                prop_assert_eq!(reread, Some(read));
            }
        }

        #[test]
        fn a_stored_draft_is_read_unchanged(
            texts in proptest::collection::vec(".{0,20}", Field::COUNT),
            user in ".{0,9}",
            attempts in proptest::collection::vec(attempt(), 0..4),
        ) {
            let draft = || Draft::new(|field| texts[field as usize].clone());
            let stored = StoredDraft { draft: draft(), attempts, set_aside: draft(), ..StoredDraft::default() };
            prop_assert_eq!(StoredDraft::read(&stored.write(&user).unwrap(), &user), Some(stored));
        }
    }
}
