//! Hundreds of odd replies to each page. None of them breaks the page. The seed is fixed, so a failure is reproducible.

use billing_admin::api::transport::Response;
use serde_json::{Map, Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, allow_any_get, on_get, on_patch, on_post};
use crate::harness::app::{TestApp, open};
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, NEW_PATH, SAVE_CHANGES, edit_path};
use crate::harness::form::fill_required_fields;
use crate::harness::page::{page_text, query};
use crate::harness::user::{fill, press, see_page};
use crate::harness::wait::wait_for;

const LIST: &str = include_str!("../../../sandbox/fixtures/billing_accounts.json");
const VALIDATION_ERROR: &str = include_str!("../../../sandbox/fixtures/error_validation.json");
const ROUNDS: usize = 50;
/// Without the transient failures, after which a `GET` is retried.
const STATUSES: [u16; 14] = [200, 200, 200, 200, 201, 204, 304, 400, 401, 403, 404, 422, 429, 500];

/// A pseudo-random generator: Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// Any JSON of limited depth.
    fn json(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 7 } else { 10 }) {
            0 => Value::Null,
            1 => json!(self.below(2) == 0),
            2 => self.pick(&[json!(0), json!(-1), json!(u64::MAX), json!(i64::MIN), json!(1e308), json!(0.1)]),
            3..=6 => self.text().into(),
            7 => (0..self.below(4)).map(|_| self.json(depth - 1)).collect(),
            _ => Value::Object((0..self.below(4)).map(|_| (self.text(), self.json(depth - 1))).collect::<Map<_, _>>()),
        }
    }

    fn text(&mut self) -> String {
        let odd = [
            "",
            " ",
            "\u{0}",
            "\u{FEFF}\u{200B}\u{AD}",
            "\u{202E}desrever",
            "<img src=x onerror=alert(1)>",
            "</script><script>alert(1)</script>",
            "👨‍👩‍👧‍👦🇬🇧e\u{301}",
            "..",
            "../../x?y#z",
            "%2f%00",
            "javascript:alert(1)",
            "https://",
            "9999-99-99T99:99:99Z",
            "-271821-04-20T00:00:00Z",
            "ZZ",
            "us",
            "USDT",
            "name",
            "address.city",
            "data",
            "id",
        ];
        let text = self.pick(&odd);
        if self.below(20) == 0 { text.repeat(5000) } else { text.to_owned() }
    }

    /// Replaces some parts of a JSON by odd values.
    fn corrupt(&mut self, json: &mut Value) {
        if self.below(5) == 0 {
            *json = self.json(3);
            return;
        }
        match json {
            Value::Array(items) => items.iter_mut().for_each(|item| self.corrupt(item)),
            Value::Object(parts) => {
                parts.values_mut().for_each(|part| self.corrupt(part));
                if self.below(8) == 0 {
                    let (key, value) = (self.text(), self.json(2));
                    parts.insert(key, value);
                }
            }
            _ => {}
        }
    }

    fn body(&mut self, whole: &str) -> String {
        match self.below(12) {
            0 => self.text(),
            1 => whole.chars().take(self.below(whole.len())).collect(),
            2 => "[".repeat(100_000),
            3 => format!(r#"{{"id":"cus_1","name":{}"#, "{\"a\":".repeat(100_000)),
            4 => r#"{"id":"\ud800","name":"\udfff"}"#.to_owned(),
            _ => {
                let mut json = serde_json::from_str(whole).expect("a fixture is JSON");
                self.corrupt(&mut json);
                json.to_string()
            }
        }
    }

    fn reply(&mut self, whole: &str) -> MockResponse {
        let odd = ["", "-5", "0", "7", "99999999999999999999", "soon", "NaN", "Fri, 31 Dec 9999 23:59:59 GMT", "1e400"];
        let retry_after = (self.below(2) == 0).then(|| self.pick(&odd).to_owned());
        let status = self.pick(&STATUSES);
        let whole = if status < 400 { whole } else { self.pick(&[whole, VALIDATION_ERROR, VALIDATION_ERROR]) };
        MockResponse::Immediate(Ok(Response { status, retry_after, body: self.body(whole) }))
    }
}

/// Checks that the page shows a result and that the user can sign out.
async fn assert_page_works(app: TestApp) {
    let is_busy = || query("main .loading, main [aria-busy=true]").is_some();
    wait_for("a result", || query("h1").is_some() && !is_busy()).await;
    assert!(!page_text().is_empty());
    press("Sign out").await;
    if query("dialog").is_some() {
        press("Sign out").await;
    }
    see_page("Sign in").await;
    drop(app);
}

#[wasm_bindgen_test]
async fn no_reply_breaks_the_list_page() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..ROUNDS {
        let app = open(ACCOUNTS_PATH);
        on_get(ACCOUNTS_PATH, random.reply(LIST));
        assert_page_works(app).await;
    }
}

#[wasm_bindgen_test]
async fn no_reply_breaks_the_account_page() {
    let mut random = Random(0xD1B5_4A32_D192_ED03);
    for _ in 0..ROUNDS {
        let app = open(ACCOUNT_PATH);
        on_get(ACCOUNT_PATH, random.reply(ACCOUNT));
        assert_page_works(app).await;
    }
}

#[wasm_bindgen_test]
async fn no_reply_breaks_the_edit_page() {
    let mut random = Random(0x94D0_49BB_1331_11EB);
    for _ in 0..ROUNDS {
        let app = open(&edit_path());
        on_get(ACCOUNT_PATH, random.reply(ACCOUNT));
        assert_page_works(app).await;
    }
}

#[wasm_bindgen_test]
async fn no_reply_breaks_an_update() {
    let mut random = Random(0xBF58_476D_1CE4_E5B9);
    for _ in 0..ROUNDS {
        let app = open(&edit_path());
        on_get(
            ACCOUNT_PATH,
            MockResponse::Immediate(Ok(Response { status: 200, body: ACCOUNT.into(), ..Response::default() })),
        );
        fill("Name", "Mine").await;
        on_get(
            ACCOUNT_PATH,
            MockResponse::Immediate(Ok(Response { status: 200, body: ACCOUNT.into(), ..Response::default() })),
        );
        on_patch(ACCOUNT_PATH, random.reply(ACCOUNT));
        allow_any_get();
        press(SAVE_CHANGES).await;
        assert_page_works(app).await;
    }
}

#[wasm_bindgen_test]
async fn no_reply_breaks_a_create() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for _ in 0..ROUNDS {
        let app = open(NEW_PATH);
        fill_required_fields().await;
        on_post(ACCOUNTS_PATH, random.reply(ACCOUNT));
        allow_any_get();
        press(CREATE).await;
        assert_page_works(app).await;
    }
}
