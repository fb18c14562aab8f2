//! Replies with missing parts or parts of another type, truncated replies, and bodies that are no reply.

use billing_admin::api::transport::Method;
use billing_admin::api::wire::{self, ListPage};
use billing_admin::api::{ApiError, ErrorKind};
use billing_admin::domain::Field;
use serde_json::{Value, json};

use crate::{RECORDED, account, assert_same, json_of, recorded, run_every_parser};

#[test]
fn an_account_with_missing_fields_is_parsed() {
    let id = json!({ "id": "cus_1" });
    assert_same(&account(&id).unwrap(), &id);
    let whole = json_of("billing_account");
    let paths = [
        "/name",
        "/email",
        "/currency",
        "/address",
        "/address/city",
        "/address/postal_code",
        "/created_at",
        "/updated_at",
    ];
    for path in paths {
        for odd in [Value::Null, json!(5), json!(true), json!([]), json!({}), json!(["x"])] {
            let mut changed = whole.clone();
            *changed.pointer_mut(path).unwrap() = odd;
            assert_same(&account(&changed).unwrap(), &changed);
        }
    }
    let mut unknown = whole;
    unknown["tax"] = json!({ "ids": [1, 2] });
    unknown["address"]["planet"] = json!("Earth");
    assert_same(&account(&unknown).unwrap(), &unknown);
}

#[test]
fn an_unreadable_field_does_not_hide_the_account() {
    let whole = recorded("billing_account");
    let expected = wire::billing_account(&whole).unwrap();
    let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
    // JSON that is not a text: a lone surrogate, a number beyond the range of floats, too deep nesting.
    for odd in [r#""\ud83d""#, "[1e999]", "{\"a\":-1e999}", &deep, "[\"x\"]", "{}", "null", "true"] {
        for field in Field::ALL {
            let key = field.key().rsplit('.').next().unwrap_or_default();
            let stored = expected.get(field).expect("the recorded account has every field");
            let body = whole.replace(&format!(r#""{key}": "{stored}""#), &format!(r#""{key}": {odd}"#));
            assert_ne!(body, whole, "{key}");
            let read = wire::billing_account(&body).unwrap_or_else(|| panic!("{key}: {odd}"));
            for other in Field::ALL {
                assert_eq!(read.get(other), expected.get(other).filter(|_| other != field), "{key}: {odd}");
            }
            let list = format!(r#"{{"data":[{body},{odd},{whole}],"has_more":{odd}}}"#);
            assert_eq!(wire::billing_accounts(&list).unwrap().items, [read, expected.clone()], "{key}: {odd}");
        }
        let body = whole.replacen('{', &format!(r#"{{"tax":{odd},"created_at":{odd},"address":{odd},"#), 1);
        assert_eq!(wire::billing_account(&body).as_ref(), Some(&expected), "the last of repeated keys counts");
    }
}

#[test]
fn a_body_without_an_id_is_not_an_account() {
    for id in [Value::Null, json!(""), json!(" "), json!(".."), json!(7), json!({}), json!(["cus_1"])] {
        assert_eq!(account(&json!({ "id": id, "name": "x" })), None, "{id}");
    }
    for body in
        ["", " ", "<!doctype html><h1>502</h1>", "[]", "null", "7", "\"cus_1\"", "[{\"id\":\"cus_1\"}]", "\u{FEFF}{}"]
            .into_iter()
            // The fields of an account as an array, which serde's derive would accept.
            .chain([r#"[{},null,null,null,null,"cus_1",null,null,null]"#])
    {
        assert_eq!(wire::billing_account(body), None, "{body}");
        assert_eq!(wire::billing_accounts(body), None, "{body}");
        assert_eq!(wire::workspaces(body), None, "{body}");
        assert_eq!(wire::error_response(500, body), wire::error_response(500, ""), "{body}");
    }
}

#[test]
fn only_a_json_object_is_a_reply() {
    for body in ["{}", r#"{"deleted":true}"#, " {\"a\":{\"b\":[1e999]}} "] {
        assert!(wire::is_object(body), "{body}");
    }
    for body in ["", "[]", "null", "7", "\"{}\"", "<html>{}</html>", "{", r#"{"id":"cus_1""#, "{}{}", "\u{FEFF}{}"] {
        assert!(!wire::is_object(body), "{body}");
    }
}

#[test]
fn only_the_api_code_says_that_an_account_is_gone() {
    let says_so = |status, body: Value| {
        let answer = wire::error_response(status, &body.to_string());
        let error =
            ApiError { method: Method::Get, path: String::new(), failed_at: 0.0, kind: ErrorKind::Status(answer) };
        error.says_no_such_account()
    };
    let documented = |code: &str| json!({ "type": "not_found", "code": code, "message": "No such account." });
    assert!(says_so(404, documented("billing_account_not_found")));
    assert!(!says_so(410, documented("billing_account_not_found")));
    for code in ["workspace_not_found", "route_not_found", "not_found", ""] {
        assert!(!says_so(404, documented(code)), "{code}");
    }
    for body in [json!({}), json!({ "message": "Not Found" }), json!({ "code": "billing_account_not_found" })] {
        assert!(!says_so(404, body.clone()), "{body}");
    }
}

#[test]
fn items_that_are_not_accounts_are_skipped() {
    let array = json!([{}, null, null, null, null, "cus_2", null, null, null]);
    let body = json!({ "data": [null, 1, "cus_0", {}, { "id": 3 }, { "id": "cus_1" }, [], array], "has_more": "yes" });
    let ListPage { items, has_more } = wire::billing_accounts(&body.to_string()).unwrap();
    assert_eq!((items.len(), items[0].id.as_str(), has_more), (1, "cus_1", false));
    for no_list in [json!({ "data": null }), json!({ "data": {} }), json!({ "items": [] })] {
        assert_eq!(wire::billing_accounts(&no_list.to_string()), None, "{no_list}");
    }
}

#[test]
fn a_truncated_body_is_neither_an_account_nor_a_list() {
    for name in RECORDED {
        let whole = recorded(name);
        let whole = whole.trim_end();
        for (end, _) in whole.char_indices() {
            let cut = &whole[..end];
            run_every_parser(cut);
            assert!(wire::billing_account(cut).is_none() && wire::billing_accounts(cut).is_none(), "{cut}");
        }
    }
}

#[test]
fn deep_nesting_does_not_overflow_the_stack() {
    let depth = 200_000;
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"address\":", "}")] {
        let nested = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        run_every_parser(&nested);
        run_every_parser(&format!(r#"{{"id":"cus_1","name":{nested}}}"#));
        run_every_parser(&nested[..nested.len() / 2]);
    }
}
