use sandbox::{DefaultAddress, Options};
use serde_json::{Value, json};

use crate::harness::{ASSIGNED, POOLED, SINGLE, SOUTH_AFRICA, SUBSCRIBED, TestServer, fixture};

fn named(name: &str) -> Value {
    json!({ "name": name, "email": "a@example.com" })
}

#[tokio::test]
async fn the_three_workspaces_are_listed_one_for_each_billing_mode() {
    let server = TestServer::start().await;
    let reply = server.get("/api/workspaces").await;
    assert_eq!((reply.status, reply.json()), (200, fixture("workspaces")));
    assert_eq!(server.get(POOLED).await.json(), fixture("workspace_pooled"));
    assert_eq!(server.get(ASSIGNED).await.json(), fixture("workspace_assigned"));
    assert_eq!(server.get(SINGLE).await.json(), fixture("workspace_single"));
}

#[tokio::test]
async fn members_are_listed_with_the_id_of_their_own_workspace() {
    let server = TestServer::start().await;
    assert_eq!(server.get(&format!("{POOLED}/members")).await.json(), fixture("members"));
    let single = server.get(&format!("{SINGLE}/members")).await.json();
    assert_eq!(single["data"][2]["workspace_id"], "ws_s0l0c0n5ult1ng42");
    assert_eq!(single["data"][2]["role"], "viewer");
}

#[tokio::test]
async fn accounts_are_listed_and_read_one_by_one_as_recorded() {
    let server = TestServer::start().await;
    assert_eq!(server.get(&format!("{POOLED}/billing-accounts")).await.json(), fixture("billing_accounts"));
    assert_eq!(server.get(&format!("{ASSIGNED}/billing-accounts")).await.json(), fixture("billing_accounts_empty"));
    assert_eq!(server.get(&format!("{SINGLE}/billing-accounts")).await.json(), fixture("billing_accounts_single"));
    let one = server.get(&format!("{POOLED}/billing-accounts/{SUBSCRIBED}")).await;
    assert_eq!((one.status, one.json()), (200, fixture("billing_account")));
}

#[tokio::test]
async fn the_documented_example_is_created_and_stored() {
    let server = TestServer::start().await;
    let sent = fixture("create_request");
    let reply = server.post(POOLED, sent.clone()).await;
    let made = reply.json();
    assert_eq!(reply.status, 201);
    for field in ["name", "email", "phone", "description", "currency", "address"] {
        assert_eq!(made[field], sent[field]);
    }
    assert_eq!(made["workspace_id"], "ws_a1b2c3d4e5f6g7h8");
    assert_eq!(made.as_object().map(|fields| fields.len()), Some(10));
    assert_eq!(server.sandbox.accounts("ws_a1b2c3d4e5f6g7h8").last(), Some(&made));
    let id = made["id"].as_str().expect("an id");
    assert_eq!(server.get(&format!("{POOLED}/billing-accounts/{id}")).await.json(), made);
}

#[tokio::test]
async fn ids_and_times_look_like_the_real_ones() {
    let server = TestServer::start().await;
    let (one, two) =
        (server.post(ASSIGNED, named("One")).await.json(), server.post(ASSIGNED, named("Two")).await.json());
    let id = one["id"].as_str().and_then(|id| id.strip_prefix("cus_")).expect("cus_ in front");
    assert!(id.len() == 16 && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{id}");
    assert_ne!(one["id"], two["id"]);
    assert_eq!(one["created_at"], one["updated_at"]);
    let time = one["created_at"].as_str().expect("a time");
    let shape: String = time.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    assert_eq!(shape, "0000-00-00T00:00:00.000000Z");
}

#[tokio::test]
async fn omitted_fields_are_null_and_the_address_is_an_object() {
    let options = Options { default_address: DefaultAddress::NONE, ..Options::default() };
    let server = TestServer::with_options(options).await;
    let made = server.post(POOLED, named("Bare")).await.json();
    assert_eq!((&made["phone"], &made["description"]), (&Value::Null, &Value::Null));
    assert_eq!(made["address"]["country"], Value::Null);
    assert_eq!(made["address"].as_object().map(|fields| fields.len()), Some(6));
}

#[tokio::test]
async fn an_account_without_an_address_gets_the_default_one() {
    let server = TestServer::start().await;
    let made = server.post(POOLED, named("Bare")).await.json();
    assert_eq!((&made["address"]["country"], &made["address"]["city"]), (&json!("ZA"), &json!("Johannesburg")));
    let mut own = named("Own");
    own["address"] = json!({ "country": "DE" });
    let made = server.post(POOLED, own).await.json();
    assert_eq!((&made["address"]["country"], &made["address"]["city"]), (&json!("DE"), &Value::Null));
    let id = made["id"].as_str().expect("an ID");
    let cleared = server.patch(id, json!({ "address": { "country": null } })).await.json();
    assert_eq!(cleared["address"]["country"], Value::Null, "a patch fills in nothing");
}

#[tokio::test]
async fn the_currency_defaults_to_the_workspace_s_or_usd() {
    let server = TestServer::start().await;
    assert_eq!(server.post(POOLED, named("Acme")).await.json()["currency"], "usd");
    assert_eq!(server.post(ASSIGNED, named("Northwind")).await.json()["currency"], "zar");
}

#[tokio::test]
async fn a_patch_changes_only_the_fields_it_names() {
    let server = TestServer::start().await;
    let before = fixture("billing_account");
    let reply = server.patch(SUBSCRIBED, json!({ "name": "Renamed", "phone": null })).await;
    let after = reply.json();
    assert_eq!((reply.status, &after["name"], &after["phone"]), (200, &json!("Renamed"), &Value::Null));
    for field in ["id", "email", "description", "currency", "address", "created_at"] {
        assert_eq!(after[field], before[field]);
    }
    assert_ne!(after["updated_at"], before["updated_at"]);
    assert_eq!(server.sandbox.accounts("ws_a1b2c3d4e5f6g7h8")[0], after);
}

#[tokio::test]
async fn the_documented_update_changes_every_field_it_names() {
    let server = TestServer::start().await;
    let sent = fixture("update_request");
    let after = server.patch(SOUTH_AFRICA, sent.clone()).await.json();
    for field in ["name", "email", "phone", "description", "address"] {
        assert_eq!(after[field], sent[field]);
    }
    assert_eq!(after["currency"], "zar");
}

#[tokio::test]
async fn an_address_in_a_patch_replaces_the_whole_address() {
    let server = TestServer::start().await;
    let after = server.patch(SUBSCRIBED, json!({ "address": { "country": "US", "city": "Oakland" } })).await.json();
    let nothing = Value::Null;
    assert_eq!(
        after["address"],
        json!({ "country": "US", "city": "Oakland", "line1": nothing, "line2": nothing, "state": nothing, "postal_code": nothing })
    );
}

#[tokio::test]
async fn a_patch_without_a_change_keeps_updated_at() {
    let server = TestServer::start().await;
    let before = fixture("billing_account");
    assert_eq!(server.patch(SUBSCRIBED, json!({})).await.json(), before);
    assert_eq!(server.patch(SUBSCRIBED, json!({ "name": before["name"] })).await.json(), before);
}

#[tokio::test]
async fn a_deleted_account_is_gone() {
    let server = TestServer::start().await;
    let path = format!("{POOLED}/billing-accounts/{SOUTH_AFRICA}");
    let reply = server.delete(&path).await;
    assert_eq!((reply.status, reply.text().as_str()), (204, ""));
    server.get(&path).await.assert_error(404, "billing_account_not_found");
    server.delete(&path).await.assert_error(404, "billing_account_not_found");
}

#[tokio::test]
async fn an_account_with_an_active_subscription_cannot_be_deleted() {
    let server = TestServer::start().await;
    let reply = server.delete(&format!("{POOLED}/billing-accounts/{SUBSCRIBED}")).await;
    assert_eq!((reply.status, reply.json()), (422, fixture("error_active_subscriptions_exist")));
    assert_eq!(server.sandbox.accounts("ws_a1b2c3d4e5f6g7h8").len(), 3);
}
