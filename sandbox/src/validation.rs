//! Request validation as in Laravel: trimmed strings, then each documented rule with Laravel's message.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use crate::accounts::{Address, Changes, Draft};
use crate::countries::is_country;
use crate::problem::Problem;

pub(crate) const CURRENCIES: [&str; 5] = ["usd", "zar", "eur", "gbp", "aud"];

/// Parses a JSON body into its fields, with trimmed strings and null for empty strings. JSON that is not an object has
/// no fields.
pub(crate) fn read(headers: &HeaderMap, body: &[u8]) -> Result<Map<String, Value>, Problem> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(Problem::not_json());
    }
    if body.is_empty() {
        return Ok(Map::new());
    }
    match clean(serde_json::from_slice(body).map_err(|_| Problem::malformed())?) {
        Value::Object(fields) => Ok(fields),
        _ => Ok(Map::new()),
    }
}

/// Validates a new account, which needs a name and an email.
pub(crate) fn draft(fields: &Map<String, Value>) -> Result<Draft, Problem> {
    let mut rules = Rules { fields, prefix: "", faults: Vec::new() };
    let name = rules.required("name", Some(100));
    let email = rules.email();
    let phone = rules.nullable("phone", Some(50)).flatten();
    let description = rules.nullable("description", Some(200)).flatten();
    let currency = rules.currency();
    let address = rules.address();
    match (name, email) {
        (Some(name), Some(email)) if rules.faults.is_empty() => {
            Ok(Draft { name, email, phone, description, currency, address: address.unwrap_or_default() })
        }
        _ => Err(Problem::invalid(rules.faults)),
    }
}

/// Validates a patch of an account. Omitted fields keep their values.
pub(crate) fn changes(fields: &Map<String, Value>) -> Result<Changes, Problem> {
    let mut rules = Rules { fields, prefix: "", faults: Vec::new() };
    let changes = Changes {
        name: rules.has("name").then(|| rules.required("name", Some(100))).flatten(),
        email: rules.has("email").then(|| rules.email()).flatten(),
        phone: rules.nullable("phone", Some(50)),
        description: rules.nullable("description", Some(200)),
        address: rules.address(),
    };
    if rules.has("currency") {
        rules.say("currency", "The currency field must be missing.");
    }
    if rules.faults.is_empty() { Ok(changes) } else { Err(Problem::invalid(rules.faults)) }
}

/// Applies rules to the fields of an object and collects the errors.
struct Rules<'a> {
    fields: &'a Map<String, Value>,
    prefix: &'static str,
    faults: Vec<(String, String)>,
}

impl Rules<'_> {
    fn has(&self, key: &str) -> bool {
        self.fields.contains_key(key)
    }

    fn say(&mut self, key: &str, message: impl Into<String>) {
        self.faults.push((format!("{}{key}", self.prefix), message.into()));
    }

    /// The name of a field in messages. Laravel replaces underscores and keeps the dot of a nested field.
    fn label(&self, key: &str) -> String {
        format!("{}{key}", self.prefix).replace('_', " ")
    }

    fn text(&mut self, key: &str, value: &Value, max: Option<usize>) -> Option<String> {
        let label = self.label(key);
        let Value::String(text) = value else {
            self.say(key, format!("The {label} field must be a string."));
            return None;
        };
        // PHP's mb_strlen counts code points.
        if let Some(max) = max.filter(|max| text.chars().count() > *max) {
            self.say(key, format!("The {label} field must not be greater than {max} characters."));
        }
        Some(text.clone())
    }

    fn required(&mut self, key: &str, max: Option<usize>) -> Option<String> {
        match self.fields.get(key) {
            None | Some(Value::Null) => {
                self.say(key, format!("The {} field is required.", self.label(key)));
                None
            }
            Some(value) => self.text(key, value, max),
        }
    }

    fn nullable(&mut self, key: &str, max: Option<usize>) -> Option<Option<String>> {
        match self.fields.get(key)? {
            Value::Null => Some(None),
            value => self.text(key, value, max).map(Some),
        }
    }

    fn email(&mut self) -> Option<String> {
        if let Some(Value::String(email)) = self.fields.get("email")
            && !looks_like_email(email)
        {
            self.say("email", "The email field must be a valid email address.");
        }
        self.required("email", Some(150))
    }

    fn currency(&mut self) -> Option<String> {
        let currency = self.text("currency", self.fields.get("currency")?, None)?;
        if !CURRENCIES.contains(&currency.as_str()) {
            self.say("currency", "The selected currency is invalid.");
        }
        Some(currency)
    }

    fn address(&mut self) -> Option<Address> {
        let Value::Object(fields) = self.fields.get("address")? else {
            self.say("address", "The address field must be an array.");
            return None;
        };
        let mut rules = Rules { fields, prefix: "address.", faults: Vec::new() };
        let country = rules.nullable("country", None).flatten();
        if country.as_deref().is_some_and(|code| !is_country(code)) {
            rules.say("country", "The selected address.country is invalid.");
        }
        let mut line = |key| rules.nullable(key, None).flatten();
        let address = Address {
            country,
            line1: line("line1"),
            line2: line("line2"),
            city: line("city"),
            state: line("state"),
            postal_code: line("postal_code"),
        };
        self.faults.append(&mut rules.faults);
        Some(address)
    }
}

/// Laravel's RFC rule without quoted local parts. It accepts `a@b`, while the app requires a dot.
fn looks_like_email(email: &str) -> bool {
    let dotted = |part: &str| part.split('.').all(|atom| !atom.is_empty());
    let Some((local, domain)) = email.rsplit_once('@') else {
        return false;
    };
    let is_forbidden = |c: char| c.is_whitespace() || c.is_control() || "()<>[]:;@\\,\"".contains(c);
    let labels = domain.split('.').all(|label| {
        !label.starts_with('-') && !label.ends_with('-') && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    });
    dotted(local) && dotted(domain) && labels && !local.contains(is_forbidden) && local.chars().count() <= 64
}

/// Trims every string in a value and turns empty strings into null.
fn clean(value: Value) -> Value {
    match value {
        Value::String(text) => match text.trim_matches(is_blank) {
            "" => Value::Null,
            trimmed => trimmed.into(),
        },
        Value::Array(values) => values.into_iter().map(clean).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, clean(value))).collect(),
        other => other,
    }
}

/// Whether Laravel's `Str::trim` removes a character: white space, NUL and invisible characters.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\0' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
                | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{2800}'
                | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{1D159}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0020}'
        )
}
