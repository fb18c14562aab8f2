//! What a person does on a page and sees on it. Every step waits until it can be done, and fails with what is there
//! instead.

use std::fmt::Display;
use std::time::{Duration, Instant};

use fantoccini::Client;
use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use sandbox::{Demo, Sandbox};
use serde_json::{Value, json};

use crate::harness::driver;

pub(crate) const FIND: &str = include_str!("find.js");
/// How long a step may wait for the page: longer than the app waits for the API.
const PATIENCE: Duration = Duration::from_secs(45);
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

#[derive(Debug)]
pub(crate) struct User {
    pub(crate) client: Client,
    pub(crate) sandbox: Sandbox,
}

impl User {
    pub(crate) fn new(client: Client, sandbox: Sandbox) -> Self {
        Self { client, sandbox }
    }

    pub(crate) async fn goto(&self, path: &str) {
        let url = format!("{}{path}", self.sandbox.origin());
        self.client.goto(&url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// Runs a script in every page from now on, before anything of its own.
    pub(crate) async fn before_each_page(&self, script: &str) {
        driver::devtools(&self.client, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    pub(crate) async fn reload(&self) {
        self.client.refresh().await.expect("the page reloads");
    }

    /// Signs in for as long as the page lives.
    pub(crate) async fn sign_in(&self, who: Demo) {
        self.sign_in_with(&self.sandbox.token(who)).await;
    }

    pub(crate) async fn sign_in_with(&self, token: &str) {
        self.paste("Token", token).await;
        self.press("Sign in").await;
    }

    /// Signs in for as long as the tab lives.
    pub(crate) async fn sign_in_to_stay(&self, token: &str) {
        self.paste("Token", token).await;
        // A session that was kept before is kept again without being asked.
        if self.ask("labelled('Stay signed in in this tab').checked").await != Some(json!(true)) {
            self.press_in("labelled", "Stay signed in in this tab").await;
        }
        self.press("Sign in").await;
    }

    /// Types into a control in place of what it holds.
    pub(crate) async fn fill(&self, label: &str, text: &str) {
        let keys = format!("{}a{}{text}", char::from(Key::Control), char::from(Key::Null));
        self.until(format!("type into “{label}”"), async || {
            let control = self.element(&format!("labelled({})", json!(label))).await?;
            control.send_keys(&keys).await.ok()
        })
        .await;
    }

    pub(crate) async fn clear(&self, label: &str) {
        self.fill(label, &Key::Backspace.to_string()).await;
    }

    /// Fills a control at once, as from the clipboard.
    pub(crate) async fn paste(&self, label: &str, text: &str) {
        self.focus(label).await;
        self.insert(text).await;
    }

    /// What an input method or the clipboard does at the focus.
    pub(crate) async fn insert(&self, text: &str) {
        driver::devtools(&self.client, "Input.insertText", json!({ "text": text })).await;
    }

    /// Chooses an option, and sees it chosen.
    pub(crate) async fn choose(&self, label: &str, option: &str) {
        self.click_option(label, option).await;
        self.expect(&format!("labelled({})?.selectedOptions[0]?.textContent", json!(label)), option).await;
    }

    /// Chooses an option by a click on it. From ChromeDriver it sends `change` and no `input`.
    pub(crate) async fn click_option(&self, label: &str, option: &str) {
        self.until(format!("click “{option}” in “{label}”"), async || {
            self.element(&format!("labelled({})", json!(label))).await?.select_by_label(option).await.ok()
        })
        .await;
    }

    /// Presses a button.
    pub(crate) async fn press(&self, name: &str) {
        self.press_in("button", name).await;
    }

    pub(crate) async fn follow(&self, name: &str) {
        self.press_in("link", name).await;
    }

    /// Puts the focus into a control with the mouse.
    pub(crate) async fn focus(&self, label: &str) {
        self.press_in("labelled", label).await;
    }

    async fn press_in(&self, kind: &str, name: &str) {
        self.until(format!("press the {kind} “{name}”"), async || {
            self.element(&format!("{kind}({})", json!(name))).await?.click().await.ok()
        })
        .await;
    }

    pub(crate) async fn double_click(&self, name: &str) {
        let button = self.until(format!("find “{name}”"), async || {
            let element = self.element(&format!("button({})", json!(name))).await?;
            self.run("arguments[0].scrollIntoView({ block: 'center' })", vec![json!(element)]).await?;
            Some(element)
        });
        let element = button.await;
        let click = |mouse: MouseActions| {
            let button = MOUSE_BUTTON_LEFT;
            mouse.then(PointerAction::Down { button }).then(PointerAction::Up { button })
        };
        let there = PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 };
        let mouse = click(click(MouseActions::new("mouse".to_owned()).then(there)));
        self.client.perform_actions(mouse).await.expect("a double click");
    }

    /// Strikes a key so many times, wherever the focus is.
    pub(crate) async fn strike(&self, key: Key, times: usize) {
        let value = char::from(key);
        let once = |keys: KeyActions, _| keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        let keys = (0..times).fold(KeyActions::new("keyboard".to_owned()), once);
        self.client.perform_actions(keys).await.expect("a key");
    }

    /// Strikes a key while another one is held.
    pub(crate) async fn strike_with(&self, held: Key, key: Key) {
        let (held, value) = (char::from(held), char::from(key));
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value })
            .then(KeyAction::Up { value: held });
        self.client.perform_actions(keys).await.expect("two keys");
    }

    /// Strikes the keys of a text, wherever the focus is.
    pub(crate) async fn strike_text(&self, text: &str) {
        let once = |keys: KeyActions, value| keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        let keys = text.chars().fold(KeyActions::new("keyboard".to_owned()), once);
        self.client.perform_actions(keys).await.expect("some keys");
    }

    /// Waits until this is written on the page.
    pub(crate) async fn see(&self, text: &str) {
        self.until(format!("see “{text}”"), async || {
            self.ask(&format!("written().includes({})", json!(text))).await?.as_bool()?.then_some(())
        })
        .await;
    }

    pub(crate) async fn see_no(&self, text: &str) {
        self.until(format!("no longer see “{text}”"), async || {
            (self.ask(&format!("written().includes({})", json!(text))).await? == false).then_some(())
        })
        .await;
    }

    /// Waits for the answer to a question about the page, in JavaScript with the words of `find.js`.
    pub(crate) async fn expect(&self, question: &str, answer: impl Into<Value>) {
        let answer = answer.into();
        self.until(format!("{question} to be {answer}"), async || (self.ask(question).await? == answer).then_some(()))
            .await;
    }

    pub(crate) async fn see_error(&self, label: &str, text: &str) {
        let text = if text.is_empty() { String::new() } else { format!("Error: {text}") };
        self.expect(&format!("errorAt({})", json!(label)), text).await;
    }

    pub(crate) async fn see_value(&self, label: &str, value: &str) {
        self.expect(&format!("labelled({})?.value", json!(label)), value).await;
    }

    /// Waits for a row of an account.
    pub(crate) async fn see_fact(&self, term: &str, text: &str) {
        self.expect(&format!("fact({})", json!(term)), text).await;
    }

    pub(crate) async fn see_heading(&self, text: &str) {
        self.expect("clean(document.querySelector('h1')?.textContent)", text).await;
    }

    /// Waits until the focus is on what is called this.
    pub(crate) async fn see_focus_on(&self, name: &str) {
        self.expect("nameOf(document.activeElement)", name).await;
    }

    pub(crate) async fn see_path(&self, path: &str) {
        self.expect("location.pathname", path).await;
    }

    /// The answer to a question about the page as it is now; `None` while it is being loaded.
    pub(crate) async fn ask(&self, question: &str) -> Option<Value> {
        self.run(&format!("{FIND}\nreturn {question};"), Vec::new()).await
    }

    /// What a script with the words of `find.js` hands to its last argument.
    pub(crate) async fn ask_and_wait(&self, script: &str) -> Value {
        let answer = self.client.execute_async(&format!("{FIND}\n{script}"), Vec::new()).await;
        answer.unwrap_or_else(|error| panic!("a script fails: {error}"))
    }

    pub(crate) async fn has_a_clean_console(&self) {
        let wrong: Vec<_> = driver::console(&self.client)
            .await
            .into_iter()
            .filter(|entry| entry["level"] == "SEVERE" && entry["source"] != "network")
            .collect();
        assert!(wrong.is_empty(), "the console has errors: {wrong:#?}");
        self.expect("window.breaches", json!([])).await;
    }

    /// Somebody else changes an account meanwhile.
    pub(crate) async fn meanwhile(&self, account: &str, change: Value) {
        let script = "const [url, token, change, done] = arguments;
            fetch(url, { method: 'PATCH', body: JSON.stringify(change),
                headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } })
                .then(reply => done(reply.status), error => done(String(error)));";
        let url = format!("/api{account}");
        let arguments = vec![json!(url), json!(self.sandbox.token(Demo::Admin)), change];
        let status = self.client.execute_async(script, arguments).await.expect("a script runs");
        assert_eq!(status, json!(200), "{account} is changed");
    }

    async fn run(&self, script: &str, arguments: Vec<Value>) -> Option<Value> {
        self.client.execute(script, arguments).await.ok()
    }

    async fn element(&self, question: &str) -> Option<Element> {
        let found = self.ask(question).await?;
        let id = found.get(ELEMENT)?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client.clone(), id.into()))
    }

    /// Looks until there is something to see.
    pub(crate) async fn until<T>(&self, wish: impl Display, look: impl AsyncFn() -> Option<T>) -> T {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look().await {
                return found;
            }
            if Instant::now() > end {
                panic!("cannot {wish}\n{}", self.situation().await);
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// The page and the requests, for a failure.
    async fn situation(&self) -> String {
        let page = self
            .ask("[location.href, document.title, nameOf(document.activeElement).slice(0, 80), written()].join('\\n')");
        let page = page.await.unwrap_or_default();
        let requests: Vec<_> = self
            .sandbox
            .requests()
            .iter()
            .map(|seen| format!("{} {} {:?}", seen.method, seen.path, seen.status))
            .collect();
        format!("{}\n{requests:#?}", page.as_str().unwrap_or("there is no page"))
    }

    pub(crate) async fn screen_is(&self, width: u32) {
        self.screen_is_high(width, &json!(800)).await;
    }

    pub(crate) async fn screen_is_high(&self, width: u32, height: &Value) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        driver::devtools(&self.client, "Emulation.setDeviceMetricsOverride", size).await;
    }
}
