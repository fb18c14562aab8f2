//! The app's JSON is held to `serde_json`: on what that writes, on what is nearly JSON, and on anything.

use billing_admin::domain::json::{number, read, write};
use proptest::prelude::*;
use serde_json::Value;

/// As [`read`] gives it: what is not whole is its text, which is compared by its value.
fn is_same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| is_same(ours, theirs))
        }
        (Value::Object(ours), Value::Object(theirs)) => {
            let members = || ours.iter().zip(theirs);
            ours.len() == theirs.len() && members().all(|((a, ours), (b, theirs))| a == b && is_same(ours, theirs))
        }
        (_, Value::Number(n)) if n.is_f64() => {
            let (ours, theirs) = (number(ours).unwrap_or(f64::NAN), n.as_f64().unwrap_or_default());
            (ours - theirs).abs() <= theirs.abs() * 1e-12
        }
        _ => ours == theirs,
    }
}

fn agrees(text: &str) -> Result<(), TestCaseError> {
    match (read(text), serde_json::from_str::<Value>(text)) {
        (Some(ours), Ok(theirs)) => prop_assert!(is_same(&ours, &theirs), "{text:?}: {ours} for {theirs}"),
        (None, Err(_)) => {}
        // A number that serde_json cannot hold is a text here.
        (Some(_), Err(error)) => prop_assert!(error.to_string().contains("out of range"), "{text:?}: {error}"),
        (None, Ok(_)) => prop_assert!(false, "{text:?} is JSON"),
    }
    Ok(())
}

fn json(floats: bool) -> impl Strategy<Value = Value> {
    let number = if floats {
        prop_oneof![
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            (-1e200..1e200).prop_map(Value::from)
        ]
        .boxed()
    } else {
        prop_oneof![any::<i64>().prop_map(Value::from), any::<u64>().prop_map(Value::from)].boxed()
    };
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number,
        any::<String>().prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

#[test]
fn what_is_nearly_json_is_read_as_serde_json_reads_it() {
    for text in [
        "",
        " ",
        "nul",
        "nulll",
        "truefalse",
        "[",
        "]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,\"a\":2}",
        "{\"__proto__\":1}",
        " \t\n\r[ ] ",
        "\u{a0}1",
        "\u{feff}1",
        "'a'",
        "\"",
        "\"\\",
        "\"a\nb\"",
        "\"\\x\"",
        "\"\\é\"",
        "\"\\u12\"",
        "\"\\u12é\"",
        "\"\\u+123\"",
        "\"\\ud83d\\udc4d\"",
        "\"\\ud83d\"",
        "\"\\udc4d\"",
        "\"\\ud83d\\u0041\"",
        "\"\\ud83dx\"",
        "\"\\u0000\"",
        "\"\u{7f}\u{2028}👍\"",
        "-",
        "+1",
        "01",
        "-01",
        "00",
        "0",
        "-0",
        "1.",
        ".5",
        "1.e1",
        "1e",
        "1e+",
        "1E-2",
        "0.1e+10",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775809",
        "1e400",
        "1 1",
        "[1]x",
        "//",
        "NaN",
        "Infinity",
        "[\"a\",{\"b\":[true,false,null]}]",
    ] {
        agrees(text).unwrap();
    }
    for depth in [1, 127, 128, 129, 100_000] {
        let (lists, objects) =
            ("[".repeat(depth) + &"]".repeat(depth), "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth));
        agrees(&lists).unwrap();
        agrees(&objects).unwrap();
        assert_eq!(read(&lists).is_some(), depth < 128, "{depth}");
    }
}

/// Generated texts hold none.
#[test]
fn control_characters_are_written_and_read_as_by_serde_json() {
    for c in ('\0'..='\u{a0}').chain(['\u{2028}', '\u{feff}', '👍']) {
        let json = Value::from(format!("a{c}b"));
        assert_eq!(write(&json), json.to_string());
        assert_eq!(read(&json.to_string()), Some(json));
    }
}

#[test]
fn what_is_no_number_is_none_and_what_is_too_large_is_infinite() {
    let of = |text: &str| number(&read(text).unwrap());
    for text in ["null", "\"1 \"", "\"x\"", "\".5\"", "\"\"", "[1]", "{}", "true"] {
        assert_eq!(of(text), None, "{text}");
    }
    for text in ["1e400", "12e999999999", "1e99999999999999999999"] {
        assert_eq!(of(text), Some(f64::INFINITY), "{text}");
        assert_eq!(of(&format!("-{text}")), Some(f64::NEG_INFINITY), "-{text}");
    }
    for text in ["0e999999999", "0.000", "-0", "1e-400", "1e-99999999999999999999"] {
        assert_eq!(of(text), Some(0.0), "{text}");
    }
    assert_eq!([of("1.5e3"), of("1.5E+3"), of("25e-1")], [Some(1500.0), Some(1500.0), Some(2.5)]);
}

proptest! {
    #[test]
    fn whole_numbers_are_exact(n in -(1i64 << 53)..(1i64 << 53)) {
        for text in [format!("{n}"), format!("{n}.0"), format!("{n}e0")] {
            prop_assert_eq!(number(&read(&text).unwrap()), Some(n as f64));
        }
    }

    #[test]
    fn what_serde_json_writes_is_read_the_same(json in json(true)) {
        agrees(&json.to_string())?;
        agrees(&serde_json::to_string_pretty(&json).unwrap())?;
    }

    #[test]
    fn what_is_written_is_what_serde_json_writes(json in json(false)) {
        prop_assert_eq!(write(&json), json.to_string());
    }

    #[test]
    fn what_was_cut_or_changed_is_read_the_same(json in json(true), at in any::<prop::sample::Index>(), put in ".{0,2}") {
        let text: Vec<char> = json.to_string().chars().collect();
        let at = at.index(text.len());
        let (before, behind) = text.split_at(at);
        let text = |parts: &[&[char]]| parts.concat().into_iter().collect::<String>();
        agrees(&text(&[before]))?;
        agrees(&text(&[before, &put.chars().collect::<Vec<_>>(), behind]))?;
        agrees(&text(&[before, &behind[1..]]))?;
    }

    #[test]
    fn anything_is_read_the_same(text in "[\\[\\]{}:,\"\\\\ntrue0-9.eE+u a-f-]{0,20}") {
        agrees(&text)?;
    }
}
