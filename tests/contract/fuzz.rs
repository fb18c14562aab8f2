//! Properties of the wire types for any JSON, any text, any account and any draft.

use billing_admin::api::wire;
use billing_admin::domain::billing_account::NewBillingAccount;
use billing_admin::domain::text::trim;
use billing_admin::domain::{Changes, Field};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::{RECORDED, account, at, json_of, recorded, run_every_parser};

/// Any JSON, often with keys and IDs of the API.
fn any_json() -> impl Strategy<Value = Value> {
    let key = prop_oneof![
        proptest::sample::select(vec![
            "id",
            "name",
            "email",
            "address",
            "country",
            "city",
            "data",
            "has_more",
            "errors",
            "message",
            "code",
            "doc_url",
            "billing_mode",
            "archived",
            "created_at",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(json!("cus_1")),
    ];
    leaf.prop_recursive(4, 24, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((key.clone(), inner), 0..6).prop_map(|pairs| Map::from_iter(pairs).into()),
        ]
    })
}

/// A recorded reply with some parts replaced by any JSON.
fn spoilt_reply() -> impl Strategy<Value = Value> {
    let spoils = proptest::collection::vec((any::<proptest::sample::Index>(), any_json()), 1..4);
    (proptest::sample::select(RECORDED.to_vec()), spoils).prop_map(|(name, spoils)| {
        let mut reply = json_of(name);
        for (at, odd) in spoils {
            let mut pointers = Vec::new();
            collect_pointers(&reply, String::new(), &mut pointers);
            if let Some(part) = reply.pointer_mut(&pointers[at.index(pointers.len())]) {
                *part = odd;
            }
        }
        reply
    })
}

/// Collects the JSON pointers to all parts of a JSON, itself included.
fn collect_pointers(json: &Value, pointer: String, pointers: &mut Vec<String>) {
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match json {
        Value::Array(items) => (0..)
            .zip(items)
            .for_each(|(at, item): (usize, _)| collect_pointers(item, format!("{pointer}/{at}"), pointers)),
        Value::Object(parts) => {
            parts.iter().for_each(|(key, part)| collect_pointers(part, format!("{pointer}/{}", escaped(key)), pointers))
        }
        _ => {}
    }
    pointers.push(pointer);
}

/// Checks the invariants of everything that the parsers return.
fn check_invariants(body: &str) -> Result<(), TestCaseError> {
    let is_id = |id: &str| !matches!(trim(id), "" | "." | "..") && trim(id) == id;
    let accounts = wire::billing_accounts(body).map(|page| page.items).unwrap_or_default();
    for account in accounts.iter().chain(&wire::billing_account(body)) {
        prop_assert!(is_id(account.id.as_str()));
        prop_assert!(!account.title().is_empty());
        prop_assert!(account.created_at.as_deref().is_none_or(|at| !at.is_empty() && trim(at) == at));
    }
    let workspaces = wire::workspaces(body).map(|page| page.items).unwrap_or_default();
    for workspace in workspaces.iter().chain(&wire::workspace(body)) {
        prop_assert!(is_id(workspace.id.as_str()) && !workspace.name.is_empty());
    }
    let members = wire::members(body).map(|page| page.items).unwrap_or_default();
    prop_assert!(members.iter().all(|(user, _)| !user.is_empty()));
    for status in [400, 422, 500] {
        let answer = wire::error_response(status, body);
        prop_assert_eq!(answer.status, status);
        prop_assert!(answer.doc_url.is_none_or(|url| url.starts_with("https://")));
        prop_assert!(
            answer.errors.iter().all(|(_, words)| !words.is_empty() && words.iter().all(|word| !word.is_empty()))
        );
        prop_assert!([answer.message, answer.code].iter().flatten().all(|text| !text.is_empty() && trim(text) == text));
    }
    Ok(())
}

fn put(account: &mut Value, field: Field, value: Value) {
    match field.key().split_once('.') {
        Some((outer, inner)) => account[outer][inner] = value,
        None => account[field.key()] = value,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_keeps_the_pages_invariants(json in any_json()) {
        check_invariants(&json.to_string())?;
    }

    #[test]
    fn any_spoilt_reply_keeps_the_pages_invariants(reply in spoilt_reply()) {
        check_invariants(&reply.to_string())?;
    }

    #[test]
    fn any_text_keeps_the_pages_invariants(body in any::<String>(), cut in any::<proptest::sample::Index>()) {
        run_every_parser(&body);
        let reply = recorded(RECORDED[cut.index(RECORDED.len())]);
        let cut = reply.floor_char_boundary(cut.index(reply.len()));
        check_invariants(&format!("{}{body}{}", &reply[..cut], &reply[cut..]))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_account_keeps_every_string_of_its_json(
        id in any::<String>(),
        texts in proptest::array::uniform11(any::<Option<String>>()),
    ) {
        let mut json = json!({ "id": id });
        for (field, text) in Field::ALL.into_iter().zip(&texts) {
            put(&mut json, field, json!(text));
        }
        let names_something = !matches!(trim(&id), "" | "." | "..");
        let read = account(&json);
        prop_assert_eq!(read.is_some(), names_something);
        if let Some(account) = read {
            prop_assert_eq!(account.id.as_str(), trim(&id));
            for (field, text) in Field::ALL.into_iter().zip(&texts) {
                prop_assert_eq!(account.get(field), text.as_deref(), "{}", field.key());
            }
        }
    }

    #[test]
    fn a_postal_code_sent_as_a_number_keeps_its_digits(
        number in "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,6})?",
    ) {
        let body = format!(r#"{{"id":"cus_1","address":{{"city":"Bonn","postal_code": {number} }}}}"#);
        let account = wire::billing_account(&body).expect("it has an id");
        prop_assert_eq!(account.get(Field::PostalCode), Some(number.as_str()));
        prop_assert_eq!(account.get(Field::City), Some("Bonn"));
    }

    #[test]
    fn an_unchanged_account_sends_nothing(texts in proptest::array::uniform11(any::<Option<String>>())) {
        let mut json = json!({ "id": "cus_1" });
        for (field, text) in Field::ALL.into_iter().zip(&texts) {
            put(&mut json, field, json!(text));
        }
        let stored = account(&json).expect("it has an id");
        let changes = Changes::check(&stored, |field| stored.get(field).unwrap_or_default());
        prop_assert!(changes.is_ok_and(|changes| changes.is_empty()));
    }

    #[test]
    fn a_create_body_has_the_trimmed_draft_and_nothing_else(
        texts in proptest::array::uniform9(any::<String>()),
    ) {
        let mut texts = texts.iter();
        let typed = Field::ALL.map(|field| match field {
            Field::Email => "a@b.c".to_owned(),
            Field::Currency => "zar".to_owned(),
            Field::Country => "ZA".to_owned(),
            _ => texts.next().cloned().unwrap_or_default(),
        });
        if let Ok(account) = NewBillingAccount::check(|field| &typed[field as usize]) {
            let body: Value = serde_json::from_str(&wire::create_body(&account)).expect("a body is JSON");
            for field in Field::ALL {
                let text = trim(&typed[field as usize]);
                prop_assert_eq!(at(&body, field).as_str(), (!text.is_empty()).then_some(text), "{}", field.key());
            }
        }
    }
}
