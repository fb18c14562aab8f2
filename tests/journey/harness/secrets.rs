//! Secrets, such as tokens, and the search for them everywhere on a page, in the console and in the network.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::driver;
use super::user::{FIND, User};

const PLACES: &str = include_str!("secrets.js");
/// The number of places that the script searches.
const PLACE_COUNT: usize = 16;
/// Texts whose appearance anywhere is a leak.
#[derive(Debug)]
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    /// The secrets of these texts: of a JWT its payload and its signature, for any of them may appear alone.
    pub(crate) fn new(texts: impl IntoIterator<Item = String>) -> Self {
        let parts = |text: String| match text.split('.').collect::<Vec<_>>()[..] {
            [_, payload, signature] => vec![payload.to_owned(), signature.to_owned()],
            _ => vec![text],
        };
        Self(texts.into_iter().flat_map(parts).collect())
    }

    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.0.iter().any(|secret| text.contains(secret.as_str()))
    }

    /// The places of the page that contain a secret. The tab's storage may contain it under one of these keys.
    pub(crate) async fn places(&self, user: &User, may_be_stored: &[&str]) -> Vec<String> {
        let found = user.client.execute_async(&format!("{FIND}\n{PLACES}"), vec![json!(may_be_stored)]).await;
        let found = found.expect("the page can be searched");
        let places = found.as_object().filter(|places| places.len() == PLACE_COUNT);
        let named = |(place, text): (&String, &Value)| {
            let text = text.as_str().unwrap_or_else(|| panic!("{place} cannot be searched: {text}"));
            self.is_in(text).then(|| place.clone())
        };
        let mut places: Vec<_> = places.unwrap_or_else(|| panic!("{found}")).iter().filter_map(named).collect();
        if user.client.get_all_cookies().await.expect("cookies can be read").iter().any(|it| self.is_in(it.value())) {
            places.push("HTTP-only cookies".to_owned());
        }
        places
    }

    /// Whether an entry of the console contains a secret. Its first word is the address of the script or document; a warning
    /// of the browser about a callback's page has the address that the page was opened with.
    pub(crate) async fn is_in_console(&self, user: &User) -> bool {
        let is_leak = |entry: &Value| {
            let message = entry["message"].as_str().unwrap_or_else(|| panic!("an entry has a message: {entry}"));
            self.is_in(message.split_once(' ').map_or(message, |(_, text)| text))
        };
        driver::console_log(&user.client).await.iter().any(is_leak)
    }

    /// The network events that leak a secret, and the number of requests to the API that carry `Authorization`.
    pub(crate) async fn sent(&self, user: &User) -> (Vec<Value>, usize) {
        let api = format!("{}/api/", user.sandbox.origin());
        let mut events = driver::network_log(&user.client).await;
        let id = |event: &Value| event["params"]["requestId"].as_str().map(str::to_owned);
        let urls: HashMap<_, _> = events
            .iter()
            .filter_map(|event| Some((id(event)?, event["params"]["request"]["url"].as_str()?.to_owned())))
            .collect();
        let mut authorized = 0;
        for event in &mut events {
            if id(event).and_then(|id| urls.get(&id)).is_some_and(|url| url.starts_with(&api)) {
                authorized += remove_authorization(event);
            }
        }
        (events.into_iter().filter(|event| self.is_in(&event.to_string())).collect(), authorized)
    }
}

/// Removes every `Authorization` header, and counts them.
pub(crate) fn remove_authorization(value: &mut Value) -> usize {
    match value {
        Value::Object(object) => {
            let before = object.len();
            object.retain(|key, _| !key.eq_ignore_ascii_case("authorization"));
            before - object.len() + object.values_mut().map(remove_authorization).sum::<usize>()
        }
        Value::Array(list) => list.iter_mut().map(remove_authorization).sum(),
        _ => 0,
    }
}
