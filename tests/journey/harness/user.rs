//! The actions of a person on a page. Every action waits until it is possible.

use fantoccini::Client;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use sandbox::{Demo, Sandbox};
use serde_json::{Value, json};

use super::driver;

/// Functions for the scripts that [`User::evaluate`] runs.
pub(crate) const FIND: &str = include_str!("find.js");
/// The key of an element in a WebDriver reply (WebDriver, "Elements").
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

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

    pub(crate) async fn reload(&self) {
        self.client.refresh().await.expect("the page reloads");
    }

    pub(crate) async fn go_back(&self) {
        self.client.back().await.expect("there is a page to go back to");
    }

    pub(crate) async fn go_forward(&self) {
        self.client.forward().await.expect("there is a page to go forward to");
    }

    /// Opens a page and signs in there as the owner, until the tab closes.
    pub(crate) async fn open_signed_in(&self, path: &str) {
        self.open_signed_in_as(Demo::Owner, path).await;
    }

    pub(crate) async fn open_signed_in_as(&self, who: Demo, path: &str) {
        self.goto(path).await;
        self.sign_in_and_stay(&self.sandbox.token(who)).await;
    }

    /// Signs in until the page is reloaded.
    pub(crate) async fn sign_in(&self, who: Demo) {
        self.sign_in_with(&self.sandbox.token(who)).await;
    }

    pub(crate) async fn sign_in_with(&self, token: &str) {
        self.paste("Token", token).await;
        self.press("Sign in").await;
    }

    /// Signs in until the tab closes.
    pub(crate) async fn sign_in_and_stay(&self, token: &str) {
        self.paste("Token", token).await;
        // The box is already ticked if the previous session was stored.
        if self.evaluate("control('Stay signed in in this tab').checked").await != Some(json!(true)) {
            self.click("control", "Stay signed in in this tab").await;
        }
        self.press("Sign in").await;
    }

    /// Replaces the value of a control by typing.
    pub(crate) async fn fill(&self, label: &str, text: &str) {
        let keys = format!("{}a{}{text}", char::from(Key::Control), char::from(Key::Null));
        self.wait_until(format!("type into “{label}”"), async || {
            let control = self.element(&format!("control({})", json!(label))).await?;
            control.send_keys(&keys).await.ok()
        })
        .await;
    }

    /// Fills in the two required fields of a new account.
    pub(crate) async fn fill_required(&self) {
        self.fill("Name", "Karoo Broadband").await;
        self.fill("Email", "billing@karoo.example.com").await;
    }

    pub(crate) async fn clear(&self, label: &str) {
        self.fill(label, &Key::Backspace.to_string()).await;
    }

    /// Inserts a text into a control at once, as from the clipboard.
    pub(crate) async fn paste(&self, label: &str, text: &str) {
        self.focus(label).await;
        self.insert_text(text).await;
    }

    /// Chooses an option, and waits until it is the chosen one.
    pub(crate) async fn choose(&self, label: &str, option: &str) {
        self.click_option(label, option).await;
        self.expect(&format!("control({})?.selectedOptions[0]?.textContent", json!(label)), option).await;
    }

    /// Clicks an option. ChromeDriver then fires `change` but no `input` event.
    pub(crate) async fn click_option(&self, label: &str, option: &str) {
        self.wait_until(format!("click “{option}” in “{label}”"), async || {
            self.element(&format!("control({})", json!(label))).await?.select_by_label(option).await.ok()
        })
        .await;
    }

    /// Presses a button.
    pub(crate) async fn press(&self, name: &str) {
        self.click("button", name).await;
    }

    /// Follows a link.
    pub(crate) async fn follow(&self, name: &str) {
        self.click("link", name).await;
    }

    /// Clicks a control, which gives it the focus.
    pub(crate) async fn focus(&self, label: &str) {
        self.click("control", label).await;
    }

    async fn click(&self, kind: &str, name: &str) {
        self.wait_until(format!("click the {kind} “{name}”"), async || {
            let element = self.find(kind, name).await?;
            if element.clone().click().await.is_err() {
                // The form's bar may cover it.
                self.scroll_to(&element).await?;
                return None;
            }
            Some(())
        })
        .await;
    }

    pub(crate) async fn double_click(&self, name: &str) {
        let button = self.wait_until(format!("find “{name}”"), async || {
            let element = self.find("button", name).await?;
            self.scroll_to(&element).await?;
            Some(element)
        });
        let element = button.await;
        let click = |mouse: MouseActions| {
            let button = MOUSE_BUTTON_LEFT;
            mouse.then(PointerAction::Down { button }).then(PointerAction::Up { button })
        };
        let move_to = PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 };
        let mouse = click(click(MouseActions::new("mouse".to_owned()).then(move_to)));
        self.client.perform_actions(mouse).await.expect("a double click");
    }

    async fn scroll_to(&self, element: &Element) -> Option<Value> {
        self.run("arguments[0].scrollIntoView({ block: 'center' })", vec![json!(element)]).await
    }

    /// A visible element. Opens the closed menu that contains it, and returns `None` until the menu is open.
    async fn find(&self, kind: &str, name: &str) -> Option<Element> {
        let element = self.element(&format!("{kind}({})", json!(name))).await;
        if element.is_none()
            && kind != "control"
            && let Some(opener) = self.element(&format!("openerOf({})", json!(name))).await
        {
            opener.click().await.ok()?;
        }
        element
    }

    /// Runs a script in every page from now on, before the page's own scripts.
    pub(crate) async fn run_before_each_page(&self, script: &str) {
        driver::devtools(&self.client, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// Changes an account as the workspace's admin, without the app.
    pub(crate) async fn patch_as_other_user(&self, account: &str, change: Value) {
        let script = "const [url, token, change, done] = arguments;
            fetch(url, { method: 'PATCH', body: JSON.stringify(change),
                headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } })
                .then(reply => done(reply.status), error => done(String(error)));";
        let url = format!("/api{account}");
        let arguments = vec![json!(url), json!(self.sandbox.token(Demo::Admin)), change];
        let status = self.client.execute_async(script, arguments).await.expect("a script runs");
        assert_eq!(status, json!(200), "{account} is changed");
    }

    /// The value of a JavaScript expression, which may use the functions of `find.js`; `None` while the page loads.
    pub(crate) async fn evaluate(&self, expression: &str) -> Option<Value> {
        self.run(&format!("{FIND}\nreturn {expression};"), Vec::new()).await
    }

    /// The value that a script passes to its last argument. The script may use the functions of `find.js`.
    pub(crate) async fn evaluate_async(&self, script: &str) -> Value {
        let value = self.client.execute_async(&format!("{FIND}\n{script}"), Vec::new()).await;
        value.unwrap_or_else(|error| panic!("a script fails: {error}"))
    }

    async fn run(&self, script: &str, arguments: Vec<Value>) -> Option<Value> {
        self.client.execute(script, arguments).await.ok()
    }

    async fn element(&self, expression: &str) -> Option<Element> {
        let found = self.evaluate(expression).await?;
        let id = found.get(ELEMENT_KEY)?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client.clone(), id.into()))
    }
}
