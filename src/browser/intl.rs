//! Names, numbers and dates in the user's language, from the browser's `Intl`.

use js_sys::{Array, Date, Intl, JsString, Object, Reflect, RegExp};
use wasm_bindgen::JsValue;

use crate::domain::country;
use crate::domain::country::Country;
use crate::domain::currency::Currency;
use crate::domain::text::INVISIBLE;

/// An empty list of locales, which means the user's.
fn default_locale() -> Array {
    Array::new()
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (key, value) in pairs {
        // A plain object takes any property.
        _ = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    options
}

thread_local! {
    // Kept, because constructing them and sorting the names is slow.
    static REGIONS: Intl::DisplayNames = display_names("region");
    static CURRENCIES: Intl::DisplayNames = display_names("currency");
    static COUNTRIES: Vec<(&'static str, String)> = sorted_countries();
}

fn display_names(display_type: &str) -> Intl::DisplayNames {
    Intl::DisplayNames::new(&default_locale(), &options(&[("type", display_type)]))
}

/// A country's name. Text that is not a country code is returned unchanged, because `Intl` would throw.
pub fn country_name(code: &str) -> String {
    Country::parse(code)
        .and_then(|country| REGIONS.with(|names| names.of(country.code())))
        .map_or_else(|| code.to_owned(), String::from)
}

/// A currency's code and name, "EUR – Euro". Text that is not a currency code is returned unchanged.
pub fn currency_name(code: &str) -> String {
    let upper = code.to_ascii_uppercase();
    if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_alphabetic()) {
        return code.to_owned();
    }
    match CURRENCIES.with(|names| names.of(&upper)).map(String::from) {
        Some(name) if name != upper => format!("{upper} – {name}"),
        _ => upper,
    }
}

/// The code and name of every country, sorted by name in the user's language.
pub fn countries() -> Vec<(&'static str, String)> {
    COUNTRIES.with(Vec::clone)
}

fn sorted_countries() -> Vec<(&'static str, String)> {
    let mut all: Vec<_> = country::all().map(|country| (country.code(), country_name(country.code()))).collect();
    let compare = Intl::Collator::new(&default_locale(), &Object::new()).compare();
    all.sort_by(|(_, a), (_, b)| {
        let sign = compare.call2(&JsValue::UNDEFINED, &a.into(), &b.into());
        sign.ok().and_then(|sign| sign.as_f64()).unwrap_or_default().total_cmp(&0.0)
    });
    all
}

/// The code and name of every currency that the API accepts.
pub fn currencies() -> Vec<(&'static str, String)> {
    Currency::ALL.into_iter().map(|Currency { code }| (code, currency_name(code))).collect()
}

/// A number in the user's format, "5,000".
pub fn number(number: usize) -> String {
    let format = Intl::NumberFormat::new(&default_locale(), &Object::new()).format();
    let formatted = format.call1(&JsValue::UNDEFINED, &JsValue::from_f64(number as f64));
    formatted.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Text without the differences that a search ignores: case, accents, and letters such as "ø" that count as accented.
pub fn normalize_for_search(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // NFKD separates accents into combining characters.
    let decomposed = String::from(JsString::from(text).normalize("NFKD").to_lower_case());
    let letters = decomposed.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c));
    letters
        .map(|c| match c {
            'ł' => 'l',
            'ø' => 'o',
            'đ' => 'd',
            'ı' => 'i',
            other => other,
        })
        .collect()
}

/// The first letter or digit of a text, in capitals.
pub fn initial(text: &str) -> Option<String> {
    let letter = RegExp::new(r"[\p{L}\p{N}]", "u").exec(text)?.get(0).as_string()?;
    Some(uppercase(&letter))
}

/// Text as a keyboard types it: compatibility characters, curly quotes and long dashes become plain ones, white space
/// becomes single spaces, and invisible characters are removed. Case and accents are kept.
pub fn as_typed(text: &str) -> String {
    let composed = String::from(JsString::from(text).normalize("NFKC"));
    let visible: String = composed.chars().filter(|c| !INVISIBLE.contains(c)).map(keyboard_character).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn keyboard_character(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | 'ʼ' => '\'',
        '“' | '”' | '„' => '"',
        '‐' | '‑' | '–' | '—' => '-',
        other => other,
    }
}

/// An RFC 3339 timestamp in milliseconds since 1970; `None` if it is not a date.
pub fn timestamp(rfc3339: &str) -> Option<f64> {
    let at = Date::parse(rfc3339);
    (!at.is_nan()).then_some(at)
}

/// The date and time of an RFC 3339 timestamp, in the user's language and time zone; `None` if it is not a date.
pub fn date_time(rfc3339: &str) -> Option<String> {
    let date = Date::new(&JsValue::from_str(rfc3339));
    (!date.get_time().is_nan()).then(|| format(&date, &[("dateStyle", "long"), ("timeStyle", "short")]))
}

/// The date of an RFC 3339 timestamp, in the user's language and time zone; `None` if it is not a date.
pub fn date(rfc3339: &str) -> Option<String> {
    let date = Date::new(&JsValue::from_str(rfc3339));
    (!date.get_time().is_nan()).then(|| format(&date, &[("dateStyle", "medium")]))
}

/// The date and time of `at` (milliseconds since 1970), in the user's language and time zone, without seconds.
pub fn format_datetime(at: f64) -> String {
    format(&Date::new(&JsValue::from_f64(at)), &[("dateStyle", "medium"), ("timeStyle", "short")])
}

/// The time of day of `at` if it is on the same day as `now` (both in milliseconds since 1970), else `None`.
pub fn time_today(at: f64, now: f64) -> Option<String> {
    let [at, now] = [at, now].map(|moment| Date::new(&JsValue::from_f64(moment)));
    let is_today = at.to_date_string().eq(&now.to_date_string()) && !at.get_time().is_nan();
    is_today.then(|| format(&at, &[("timeStyle", "short")]))
}

/// The time of day of `at` if it is on the same day as `now` (both in milliseconds since 1970), else its date and time.
pub fn time_or_date(at: f64, now: f64) -> String {
    time_today(at, now).unwrap_or_else(|| format_datetime(at))
}

/// The time or date of [`time_or_date`] in a sentence: "today at 5:53 PM", "on Nov 28, 2026, 5:53 PM".
pub fn time_in_sentence(at: f64, now: f64) -> String {
    match time_today(at, now) {
        Some(time) => format!("today at {time}"),
        None => format!("on {}", format_datetime(at)),
    }
}

/// The date of `at` (milliseconds since 1970) without its year, "Nov 30".
pub fn short_day(at: f64) -> String {
    format(&Date::new(&JsValue::from_f64(at)), &[("day", "numeric"), ("month", "short")])
}

/// `at` (milliseconds since 1970) as an RFC 3339 timestamp; empty if it is out of range.
pub fn rfc3339(at: f64) -> String {
    let date = Date::new(&JsValue::from_f64(at));
    // `toISOString` throws for a date out of JavaScript's range.
    if date.get_time().is_nan() { String::new() } else { date.to_iso_string().into() }
}

fn format(date: &Date, style: &[(&str, &str)]) -> String {
    if date.get_time().is_nan() {
        return String::new();
    }
    let formatted =
        Intl::DateTimeFormat::new(&default_locale(), &options(style)).format().call1(&JsValue::UNDEFINED, date);
    formatted.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// "Today", or the day in the user's language and time zone; `None` for a text that is not a date.
pub fn day(rfc3339: &str) -> Option<String> {
    let is_today = timestamp(rfc3339).and_then(|at| time_today(at, Date::now())).is_some();
    if is_today { Some("Today".to_owned()) } else { date(rfc3339) }
}

/// A text in capitals, by the rules of Unicode.
pub fn uppercase(text: &str) -> String {
    JsString::from(text).to_upper_case().into()
}
